import Contracts
import Glibc
import Logging
import StoragePlane
import Synchronization
import Systemd
import TradingSystem
import UnixSignals

/// One run of the daemon: from the lock on the state folder to the exit status.
struct DaemonRun {
    let configuration: Configuration
    let output: LogOutput

    /// Runs until STOPPED and gives the exit status.
    func run() async -> Int32 {
        let logger = Logger(label: "tradebot")
        let notifier = ServiceNotifier()
        let wasSignalled = SignalNote()
        do {
            try StateFolder.make(configuration.stateFolder)
            let lock = try StateLock(path: configuration.stateFolder + "/lock")
            let system = try await LiveSystem(
                configuration,
                output: output,
                notifier: notifier,
                onJournalLost: { end(after: $0, logger) }
            )
            let report = ServiceReport(notifier: notifier, instance: configuration.instance)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await system.run() }
                tasks.addTask { await report.follow(system.lifecycle, then: system.finish) }
                tasks.addTask { await Self.stopOnSignal(system, wasSignalled) }
                // The signals' task ends only when it is cancelled; the other two end with the run.
                try await tasks.next()
                try await tasks.next()
                tasks.cancelAll()
            }
            withExtendedLifetime(lock) {}  // held to the last write
            // An operator's `botctl stop` is no job of systemd's: the unit closes the socket when it finds this note.
            if !wasSignalled.isSet { RuntimeFolder.note("stop") }
            return 0
        } catch {
            let status = ExitStatusOf(error).status
            logger.critical("tradebotd ends: \(error)", metadata: ["plane": "control"])
            _ = output.flush()
            return status
        }
    }

    /// Ends the process at once.
    ///
    /// What the disk has not kept must not be acted on, and the kernel may wait for that disk. The next start goes on
    /// from what is there.
    private func end(after health: JournalHealth, _ logger: Logger) {
        guard let status = health.exitStatus else { return }
        logger.critical(
            "tradebotd ends with status \(status): \(health.why); nothing is traded, and the next start goes on from what the disk has",
            metadata: ["plane": "storage"]
        )
        _ = output.flush()
        _exit(status)
    }

    private static func stopOnSignal(_ system: LiveSystem, _ note: SignalNote) async {
        for await signal in await UnixSignalsSequence(trapping: .sigterm, .sigint) {
            note.isSet = true
            system.requestStop(reason: signal == .sigint ? "interrupted" : "asked by the service manager")
        }
    }
}

/// Whether a signal asked for the stop.
private final class SignalNote: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool {
        get { flag.load(ordering: .acquiring) }
        set { flag.store(newValue, ordering: .releasing) }
    }
}
