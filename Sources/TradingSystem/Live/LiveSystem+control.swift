import BybitProtocol
import Contracts
import ControlPlane
import ControlProtocol
import EventKernel
import Glibc
import Logging
import MarketPlane
import NIOCore
import OpenSSL
import ResearchPlane
import StoragePlane
import Systemd

extension LiveSystem {
    static func serveControl(
        _ configuration: Configuration,
        host: KernelHost<LiveWorld>,
        feed: EventFeed,
        journal: JournalWriter,
        research: ResearchWorker,
        output: LogOutput,
        logger: Logger,
        clock: any HostClock,
        loop: any EventLoop
    ) async throws -> ControlServerHandle {
        let socket: ControlSocket
        if let inherited = try ListenDescriptors()["control"] {
            socket = ControlSocket(inherited: inherited)
        } else {
            socket = try ControlSocket(binding: configuration.socketPath)
        }
        let services = ControlServices(
            post: { command in host.inlet.post(command.erased) },
            status: { await host.inspect { _, world in world.planes.bridge.status } },
            outside: {
                let market = await host.inspect { _, world in world.market.feed }
                var figures = Self.outside(journal: journal, research: research, inlet: host.inlet)
                figures.connections = await Self.connections(market)
                return figures
            },
            logsTail: { count in output.controls.tail(count).map(\.rendered) },
            history: { from, topics, limit in
                try Self.history(journal, from: from, topics: topics, limit: limit)
            },
            whenKept: { sequence, tell in
                DurabilityGate(writer: journal).release(after: sequence) {
                    tell(true)
                } lost: { _ in
                    tell(false)
                }
            },
            explain: { name in try Self.explain(name, in: journal) },
            now: { clock.now },
            makeKey: { CommandKey.drawn() }
        )
        return try await ControlServer.start(
            socket: socket,
            policy: RolePolicy(ownUser: getuid(), isPrivateSocket: socket.isPrivate),
            feed: feed,
            identity: ControlIdentity(
                version: ProgramVersion.current,
                mode: configuration.mode.rawValue,
                instance: configuration.instance,
                schema: "sha256:" + WireSchema.digest
            ),
            services: services,
            logger: logger,
            loop: loop
        )
    }

    private static func outside(
        journal: JournalWriter,
        research: ResearchWorker,
        inlet: Inlet
    ) -> OutsideFigures {
        let (written, found) = (journal.status, research.status)
        return OutsideFigures(
            journal: .init(
                written: written.head,
                queued: written.queuedCount,
                path: journal.path,
                failure: written.failure
                    ?? (written.health.allowsTrading ? nil : written.health.why)
            ),
            research: .init(
                vectors: found.vectorCount,
                outcomes: found.outcomeCount,
                drifts: found.driftCount
            ),
            refusedEvents: inlet.refusedCount
        )
    }

    private static func connections(_ feed: BybitMarketFeed) async -> [OutsideFigures.Connection] {
        await feed.figures().map { connection, figures in
            OutsideFigures.Connection(
                id: connection.id,
                counts: [
                    ("topics", UInt64(figures.topicCount)), ("tries", UInt64(figures.tryCount)),
                    ("opened", UInt64(figures.openCount)), ("frames", figures.wire.frames),
                    ("bytes", figures.byteCount), ("events", figures.wire.events),
                    ("malformed", figures.wire.malformed), ("unknownTopics", figures.wire.unknownTopics),
                    ("refused", figures.refusedCount), ("waiting", UInt64(figures.waitingCount)),
                    ("conflated", figures.conflatedCount), ("droppedTrades", figures.droppedTradeCount),
                    ("droppedBooks", figures.droppedBookCount), ("droppedOther", figures.droppedOtherCount),
                    ("gaps", figures.gapCount), ("resyncs", figures.resyncCount),
                    ("booksChecked", figures.checkedBookCount), ("booksWrong", figures.wrongBookCount),
                ]
            )
        }
    }

    /// Waits for what is on its way to the disk, so that nothing lies between the history and the live events.
    private static func history(
        _ journal: JournalWriter,
        from: UInt64,
        topics: [Topic],
        limit: Int
    ) throws -> HistoryPage {
        try journal.flush()
        let reader = try JournalReader(path: journal.path)
        var rows: [HistoryRow] = []
        let wanted = Set(topics.map(\.rawValue))
        var next = max(from, 1)
        let head = try reader.head()
        while next <= head, rows.count < limit {
            let page = try reader.rows(in: next...head, limit: limit)
            guard let last = page.last else { break }
            rows += page.lazy.filter { wanted.contains($0.topic) }.map { row in
                HistoryRow(sequence: row.sequence, topic: row.topic, payload: Array(row.payload.utf8))
            }
            next = last.sequence + 1
        }
        try reader.close()
        return HistoryPage(
            rows: rows,
            through: max(next - 1, from > 0 ? from - 1 : 0),
            isComplete: next > head
        )
    }
}

extension CommandKey {
    /// A key that nobody has drawn before.
    static func drawn() -> CommandKey {
        var random = SystemRandomNumberGenerator()
        return CommandKey(high: random.next(), low: random.next())
    }
}

/// What the wire speaks, as one figure: every topic with the fields of its payload's version.
enum WireSchema {
    /// SHA-256 of the protocol's version and all topic names.
    static var digest: String {
        let text = (["api \(ProtocolVersion.current)"] + Topic.allCases.map(\.rawValue)).joined(
            separator: "\n"
        )
        return SHA256Digest.hex(of: text.utf8)
    }
}
