import Contracts
import Logging
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
        do {
            try StateFolder.make(configuration.stateFolder)
            let lock = try StateLock(path: configuration.stateFolder + "/lock")
            let system = try await LiveSystem(configuration, output: output, notifier: notifier)
            let report = ServiceReport(notifier: notifier, instance: configuration.instance)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await system.run() }
                tasks.addTask { await report.follow(system.lifecycle, then: system.finish) }
                tasks.addTask { await Self.stopOnSignal(system) }
                // The signals' task ends only when it is cancelled; the other two end with the run.
                try await tasks.next()
                try await tasks.next()
                tasks.cancelAll()
            }
            withExtendedLifetime(lock) {}  // held to the last write
            return 0
        } catch {
            let status = ExitStatusOf(error).status
            logger.critical("tradebotd ends: \(error)", metadata: ["plane": "control"])
            _ = output.flush()
            return status
        }
    }

    private static func stopOnSignal(_ system: LiveSystem) async {
        for await signal in await UnixSignalsSequence(trapping: .sigterm, .sigint) {
            system.requestStop(reason: signal == .sigint ? "interrupted" : "asked by the service manager")
        }
    }
}
