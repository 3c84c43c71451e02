import Contracts
import ControlProtocol
import FoundationEssentials
import Glibc
import Logging
import NIOCore
import NIOPosix
import Synchronization

@testable import ControlPlane

/// A control server on a socket of its own, before a kernel that only answers.
final class RunningServer: Sendable {
    let path: String
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let folder: String
    private let feed = EventFeed()
    private let handle: Mutex<ControlServerHandle?> = Mutex(nil)
    private let state = Mutex(State())

    private struct State {
        var sequence: UInt64 = 100
        var commands: [Contracts.ControlCommand] = []
        var holdsAnswers = false
        var held: [@Sendable (Bool) -> Void] = []
    }

    init(history: [HistoryRow] = []) async throws {
        folder = FileManager.default.temporaryDirectory.path + "/tb-" + UUID().uuidString.prefix(8)
        path = folder + "/c.sock"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let services = ControlServices(
            post: { [unowned self] command in act(on: command) },
            status: { StatusReport(board: StatusBoard(), sequence: 100, now: 5) },
            outside: {
                OutsideFigures(
                    journal: .init(written: 100, queued: 0, path: "journal.db", failure: nil),
                    research: .init(vectors: 0, outcomes: 0, drifts: 0),
                    refusedEvents: 0
                )
            },
            logsTail: { count in (0..<count).map { "line \($0)" } },
            history: { from, _, limit in
                let rows = Array(history.filter { $0.sequence >= from }.prefix(limit))
                return HistoryPage(rows: rows, through: rows.last?.sequence ?? 0, isComplete: true)
            },
            whenKept: { [unowned self] _, tell in
                let isHeld = state.withLock { state in
                    if state.holdsAnswers { state.held.append(tell) }
                    return state.holdsAnswers
                }
                if !isHeld { tell(true) }
            },
            explain: { name in
                guard name == "intent-7" else { return nil }
                let step = ChainReport.Step(
                    sequence: 7,
                    ts: 1_700_000_000_000,
                    topic: "strategy:intent",
                    isRoot: false,
                    text: "wants \"1\""
                )
                return ChainReport(id: name, steps: [step], ending: "It ends here.", isCut: false)
            },
            now: { 1_700_000_000_000 },
            makeKey: { CommandKey(high: 1, low: UInt64.random(in: 1...UInt64.max)) }
        )
        let started = try await ControlServer.start(
            socket: try ControlSocket(binding: path),
            policy: RolePolicy(groups: [], ownUser: getuid(), isPrivateSocket: true),
            feed: feed,
            identity: ControlIdentity(version: "0.1.0", mode: "paper", instance: "main", schema: "sha256:00"),
            services: services,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            loop: group.next()
        )
        handle.withLock { $0 = started }
    }

    var commands: [Contracts.ControlCommand] { state.withLock { $0.commands } }

    /// From here on the disk takes its time.
    func holdDisk() { state.withLock { $0.holdsAnswers = true } }

    /// How many answers wait for the disk.
    var heldCount: Int { state.withLock { $0.held.count } }

    /// The disk has taken, or lost, what waits.
    func letDisk(keep isKept: Bool) {
        let held = state.withLock { state in
            defer { state.held = [] }
            return state.held
        }
        for tell in held { tell(isKept) }
    }

    /// A greeted client.
    func client() async throws -> ControlClient {
        let opening = ClientFrame(id: "opening", .unsubscribe).encodedLine()
        let client = try await ControlClient(path, on: group, opening: opening)
        _ = try await client.next()
        _ = try await client.answer()
        return client
    }

    /// Publishes events as the kernel does, with the next numbers.
    func publish(_ events: [AnyEvent]) {
        state.withLock { state in
            var batch: [AnyEvent] = events.map { event in
                state.sequence += 1
                return numbered(event, state.sequence)
            }
            feed.push(&batch, sequence: state.sequence)
        }
    }

    func stop() async throws {
        try await handle.withLock { $0 }?.stop()
        try await group.shutdownGracefully()
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func act(on command: Contracts.ControlCommand) {
        state.withLock { $0.commands.append(command) }
        let outcome = CommandOutcome(answering: command, isAccepted: true, changed: true, message: "Done.")
        publish([outcome.erased])
    }

    private func numbered(_ event: AnyEvent, _ sequence: UInt64) -> AnyEvent {
        event.encodePayload { payload in
            var payload = payload
            payload.meta.seq = sequence
            return payload.erased
        }
    }
}
