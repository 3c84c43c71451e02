import Contracts
import ControlProtocol
import FoundationEssentials
import Testing

@testable import ControlPlane

@Suite(.timeLimit(.minutes(1))) struct `The control server` {
    private let key = "01234567-89ab-cdef-0123-456789abcdef"

    private func serving(
        history: [HistoryRow] = [],
        _ body: (RunningServer) async throws -> Void
    ) async throws {
        let server = try await RunningServer(history: history)
        do {
            try await body(server)
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
        #expect(!FileManager.default.fileExists(atPath: server.path))
    }

    private func code(of frame: ServerFrame) -> String? {
        if case .error(_, let error) = frame { error.code.rawValue } else { nil }
    }

    private func ok(_ frame: ServerFrame) throws -> JSONValue {
        guard case .ok(_, let payload) = frame else { throw ControlClient.Ended() }
        return try payload.tree()
    }

    @Test func `greets with who it is and what the client may do`() async throws {
        try await serving { server in
            let client = try await ControlClient(server.path, on: server.group)
            guard case .greeting(let greeting)? = try await client.next() else {
                Issue.record("the first line is no greeting")
                return
            }
            #expect(greeting.role == "admin" && greeting.mode == "paper" && greeting.instance == "main")
        }
    }

    @Test func `makes an event of a command and answers with its outcome`() async throws {
        try await serving { server in
            let client = try await server.client()
            try await client.send(ClientFrame(id: "7", .command(.init(.pause, reason: "news", key: key))))
            let answer = try ok(try await client.answer())
            #expect(answer["seq"]?.unsigned == 101)
            #expect(answer["command"]?.string == "pause" && answer["changed"]?.bool == true)
            let command = try #require(server.commands.first)
            #expect(command.command == .pause && command.reason == "news" && command.actor.role == .admin)
            #expect(command.meta.correlationID?.description == key)
            #expect(command.meta.ts == 1_700_000_000_000 && command.meta.source == .cli)
        }
    }

    @Test func `answers only what the disk has, and says so where it never will`() async throws {
        try await serving { server in
            server.holdDisk()
            let client = try await server.client()
            try await client.send(ClientFrame(id: "1", .command(.init(.pause, key: key))))
            while server.heldCount == 0 { await Task.yield() }
            // A query passes the answer that waits.
            try await client.send(ClientFrame(id: "2", .unsubscribe))
            guard case .ok(let id, _) = try await client.answer() else { throw ControlClient.Ended() }
            #expect(id == "2")
            server.letDisk(keep: true)
            #expect(try ok(try await client.answer())["command"]?.string == "pause")
            try await client.send(ClientFrame(id: "3", .command(.init(.resume))))
            while server.heldCount == 0 { await Task.yield() }
            server.letDisk(keep: false)
            #expect(code(of: try await client.answer()) == "internal")
        }
    }

    @Test func `acts once for a key, and repeats its first answer`() async throws {
        try await serving { server in
            let client = try await server.client()
            try await client.send(ClientFrame(id: "1", .command(.init(.pause, key: key))))
            let first = try ok(try await client.answer())
            try await client.send(ClientFrame(id: "2", .command(.init(.pause, key: key))))
            #expect(try ok(try await client.answer()) == first)
            try await client.send(ClientFrame(id: "3", .command(.init(.resume, key: key))))
            #expect(code(of: try await client.answer()) == "usage.key_reused")
            #expect(server.commands.count == 1)
        }
    }

    @Test func `answers queries`() async throws {
        try await serving { server in
            let client = try await server.client()
            try await client.send(ClientFrame(id: "1", .query(.status)))
            let status = try ok(try await client.answer())
            #expect(status["lifecycle"]?.string == "STARTING" && status["seq"]?.unsigned == 100)
            try await client.send(ClientFrame(id: "2", .query(.positions)))
            #expect(try ok(try await client.answer())["positions"]?.array == [])
            try await client.send(ClientFrame(id: "3", .query(.logsTail(count: 2))))
            #expect(try ok(try await client.answer())["lines"]?.array == ["line 0", "line 1"])
        }
    }

    @Test func `tells a chain of events, or that there is none`() async throws {
        try await serving { server in
            let client = try await server.client()
            try await client.send(ClientFrame(id: "1", .query(.explain("intent-7"))))
            let chain = try ok(try await client.answer())
            #expect(chain["chain"]?.string == "intent-7" && chain["cut"]?.bool == false)
            #expect(chain["steps"]?.array?.first?["text"]?.string == "wants \"1\"")
            // More than may be looked up at a time, one after the other.
            for number in 2...6 {
                try await client.send(ClientFrame(id: "\(number)", .query(.explain("intent-8"))))
                #expect(code(of: try await client.answer()) == "not_found")
            }
        }
    }

    @Test(arguments: [
        (#"{"id":"1","query":{"what":"status","colour":1}}"#, "usage.unknown_field"),
        (#"{"id":"1","query":{"what":"weather"}}"#, "usage.unknown_query"),
        (#"{"id":"1","topic":"control:command","payload":{"command":"fly"}}"#, "usage.unknown_command"),
        (#"{"id":"1","topic":"control:command","payload":{"command":"pause","key":"k"}}"#, "usage.bad_value"),
        (#"{"id":"1","topic":"risk:state","payload":{}}"#, "usage.bad_value"),
        (#"{"id":"1","subscribe":{"topics":[]}}"#, "usage.bad_value"),
    ])
    func `refuses what it does not know, and goes on`(line: String, wanted: String) async throws {
        try await serving { server in
            let client = try await server.client()
            try await client.send(line + "\n")
            #expect(code(of: try await client.answer()) == wanted)
            try await client.send(ClientFrame(id: "2", .query(.positions)))
            _ = try ok(try await client.answer())
            #expect(server.commands.isEmpty)
        }
    }

    @Test(arguments: ["nonsense\n", "[]\n", "{\"id\":7}\n"])
    func `closes after a line that is no request`(line: String) async throws {
        try await serving { server in
            let client = try await server.client()
            try await client.send(line)
            #expect(code(of: try await client.answer())?.hasPrefix("usage.") == true)
            #expect(try await client.next() == nil)
        }
    }

    @Test func `closes on a line longer than its bound, ended or not`() async throws {
        try await serving { server in
            let client = try await server.client()
            try await client.send([UInt8](repeating: 0x20, count: ControlLimits.lineInBytesMax + 1))
            #expect(code(of: try await client.answer()) == "usage.line_too_long")
            #expect(try await client.next() == nil)
        }
    }

    @Test func `limits how often it is asked, but never a pause`() async throws {
        try await serving { server in
            let client = try await server.client()
            for index in 0..<60 {
                try await client.send(ClientFrame(id: "\(index)", .command(.init(.resume))))
            }
            var codes: [String?] = []
            for _ in 0..<60 { codes.append(code(of: try await client.answer())) }
            #expect(codes.contains("busy") && codes.contains(nil))
            for index in 0..<60 {
                try await client.send(ClientFrame(id: "p\(index)", .command(.init(.pause))))
            }
            for _ in 0..<60 { #expect(code(of: try await client.answer()) == nil) }
        }
    }

    @Test func `streams what is subscribed to, and says where something is missing`() async throws {
        try await serving { server in
            let client = try await server.client()
            let patterns = try [#require(TopicPattern("risk:*"))]
            try await client.send(ClientFrame(id: "1", .subscribe(.init(topics: patterns))))
            _ = try ok(try await client.answer())
            server.publish([event("a"), ClockEvent(meta: EventMeta(source: .system)).erased, event("b")])
            #expect(try await numbers(client, 2) == [101, 103])
            // More at once than the feed holds: the oldest go, and the client is told.
            let most = 16_384
            server.publish((0..<most + 10).map { _ in event("c") })
            var next = try await client.next()
            while case .heartbeat? = next { next = try await client.next() }
            #expect(next == .gap(from: 104, to: 113))
            try await client.send(ClientFrame(id: "2", .unsubscribe))
        }
    }

    @Test func `sends the journal's events first, then goes on without a seam`() async throws {
        let rows = (90...100 as ClosedRange<UInt64>).map {
            HistoryRow(sequence: $0, topic: "risk:state", payload: Array("{}".utf8))
        }
        try await serving(history: rows) { server in
            let client = try await server.client()
            let patterns = try [#require(TopicPattern("risk:state"))]
            try await client.send(ClientFrame(id: "1", .subscribe(.init(topics: patterns, from: 95))))
            _ = try ok(try await client.answer())
            server.publish([event("a")])
            #expect(try await numbers(client, 7) == Array(95...101))
        }
    }

    @Test func `takes so many connections of one user`() async throws {
        try await serving { server in
            var clients: [ControlClient] = []
            for _ in 0..<ControlLimits.connectionsPerUserMax { clients.append(try await server.client()) }
            let extra = try await ControlClient(server.path, on: server.group)
            #expect(code(of: try #require(try await extra.next())) == "busy")
            #expect(try await extra.next() == nil)
            try await clients.removeLast().close()
        }
    }

    private func event(_ reason: String) -> AnyEvent {
        RiskState(
            meta: EventMeta(source: .risk),
            halts: [RiskHalt(kind: .drawdown, why: reason, since: 0)],
            grossNotional: 0,
            grossNotionalMax: 1,
            rejections: []
        ).erased
    }

    /// The numbers of the next `count` events.
    private func numbers(_ client: ControlClient, _ count: Int) async throws -> [UInt64] {
        var numbers: [UInt64] = []
        while numbers.count < count, let frame = try await client.next() {
            if case .event(let sequence, _, _) = frame { numbers.append(sequence) }
        }
        return numbers
    }
}
