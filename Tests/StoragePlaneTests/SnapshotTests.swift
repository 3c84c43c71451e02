import Contracts
import FoundationEssentials
import GRDB
import StoragePlane
import TestKit
import Testing

@Suite struct `Snapshots of one request` {
    let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private let parts = Set(StatefulPart.allCases)

    private func request(_ number: UInt64, day: Int64 = 0) -> AnyEvent {
        SnapshotRequest(
            meta: EventMeta(source: .system, ts: time(day), correlationID: .snapshot(number)),
            why: "the interval has passed"
        ).erased
    }

    private func answer(_ part: StatefulPart, to number: UInt64?, _ body: String, day: Int64 = 0) -> AnyEvent
    {
        StateSnapshot(
            meta: EventMeta(
                source: .system,
                ts: time(day),
                correlationID: number.map(CorrelationID.snapshot)
            ),
            part: part,
            version: 1,
            body: body
        ).erased
    }

    private func time(_ day: Int64) -> UnixMilliseconds { dayStart + day * dayMilliseconds }

    /// A request with the number that it will have, and an answer of each part.
    private func set(
        after head: UInt64,
        _ body: String,
        day: Int64 = 0,
        without: StatefulPart? = nil
    ) -> [AnyEvent] {
        let number = head + 1
        return [request(number, day: day)]
            + StatefulPart.allCases.filter { $0 != without }.map { answer($0, to: number, body, day: day) }
    }

    private func order(_ id: String, _ state: OrderState, reduces: Bool = false, at ts: Int64) -> AnyEvent {
        OrderEvent(
            meta: EventMeta(source: .trading, ts: time(0) + ts, correlationID: .intent(3)),
            orderID: OrderID(rawValue: id),
            instrument: Story.instrument,
            strategy: StrategyID("alpha"),
            state: state,
            side: .buy,
            type: .limit,
            timeInForce: .goodTillCancelled,
            limitPrice: 100,
            quantity: 1,
            filledQuantity: state == .filled ? 1 : 0,
            isReduceOnly: reduces
        ).erased
    }

    @Test func `tell which orders are lost where what came after them is not heard again`() throws {
        let before = [order("old", .submitting, at: 1), order("kept", .submitting, at: 1)]
        let set = set(after: 2, "{}")
        let after = [
            order("old", .filled, at: 2), order("short", .submitting, at: 3),
            order("short", .cancelled, at: 4),
            order("exit", .submitting, reduces: true, at: 5), order("late", .submitting, at: 6),
            order("late", .open, at: 7),
        ]
        try scratch.write([numbered(before + set + after)])
        let point = try JournalReader(path: scratch.journal).restartPoint()
        let lost = try #require(point.lost)
        #expect(
            lost.newest.map { "\($0.orderID) \($0.state)" } == ["old filled", "exit submitting", "late open"]
        )
        #expect(lost.placed == [3, 6].map { time(0) + $0 })
        #expect(point.asOf == nil && point.snapshots.contains { $0.part == .execution })
        #expect(!point.snapshots.contains { $0.part == .paperVenue || $0.part == .strategies })
    }

    @Test func `lose no order where nothing has happened since`() throws {
        try scratch.write([numbered([order("old", .submitting, at: 1)] + set(after: 1, "{}"))])
        let point = try JournalReader(path: scratch.journal).restartPoint()
        #expect(point.lost == nil && point.asOf == 2)
    }

    private func point() throws -> RecoveryPoint { try JournalReader(path: scratch.journal).recoveryPoint() }

    @Test func `are a point to go on from`() throws {
        let first = set(after: 0, #"{"n":1}"#)
        let second = set(after: UInt64(first.count), #"{"n":2}"#)
        try scratch.write([numbered(first + second)])
        let point = try point()
        #expect(point.asOf == UInt64(first.count) + 1 && point.passedOver.isEmpty)
        #expect(point.snapshots.map(\.part) == StatefulPart.allCases)
        #expect(point.snapshots.allSatisfy { $0.body == #"{"n":2}"# && $0.asOf == point.asOf })
    }

    @Test func `that lack a part give way to the ones before`() throws {
        let first = set(after: 0, #"{"n":1}"#)
        let second = set(after: UInt64(first.count), #"{"n":2}"#, without: .risk)
        try scratch.write([numbered(first + second)])
        #expect(try point().asOf == 1)
        // Where risk is not expected, the newer ones are complete.
        let reader = try JournalReader(path: scratch.journal)
        #expect(
            try reader.recoveryPoint(expected: parts.subtracting([.risk])).asOf == UInt64(first.count) + 1
        )
    }

    @Test(arguments: [#"'{"n":9}'"#, "'no json'", "substr(payload, 1, 40)"])
    func `one of which is damaged give way to the ones before, and say so`(payload: String) throws {
        let first = set(after: 0, #"{"n":1}"#)
        let second = set(after: UInt64(first.count), #"{"n":2}"#)
        try scratch.write([numbered(first + second)])
        let damaged = first.count + 4
        let file = try DatabaseQueue(path: scratch.segment())
        try file.write {
            try $0.execute(sql: "UPDATE entries SET payload = \(payload) WHERE seq = \(damaged)")
        }
        try file.close()
        let point = try point()
        #expect(point.asOf == 1 && point.snapshots.allSatisfy { $0.body == #"{"n":1}"# })
        #expect(point.passedOver.count == 1 && point.passedOver.first?.contains("\(damaged)") == true)
    }

    @Test func `are found in the segments before, compressed ones too`() throws {
        let first = set(after: 0, #"{"n":1}"#)
        var settings = JournalSettings()
        settings.compressAfterDays = 0
        let writer = try JournalWriter(path: scratch.journal, settings: settings)
        writer.append(numbered(first))
        for day in 1..<4 {
            writer.append(
                mixed(50, after: UInt64(first.count) + UInt64(day - 1) * 50, at: time(Int64(day)))
            )
        }
        try writer.flush()
        writer.finishHousekeeping()
        try writer.close()
        #expect(try scratch.segmentFiles.filter { $0.hasSuffix(".gz") }.count == 3)
        #expect(try point().asOf == 1)
    }

    @Test func `are none where none was ever complete; then the newest of each part is`() throws {
        let events = [
            answer(.portfolio, to: nil, #"{"n":1}"#), answer(.risk, to: nil, #"{"n":2}"#),
            answer(.portfolio, to: nil, #"{"n":3}"#),
        ]
        try scratch.write([numbered(events)])
        let point = try point()
        #expect(point.asOf == nil)
        #expect(point.snapshots.map(\.part) == [.risk, .portfolio])
        #expect(point.snapshots.map(\.asOf) == [2, 3])
    }

    @Test func `are not mixed with what a part kept by itself later`() throws {
        let first = set(after: 0, #"{"n":1}"#)
        let later = answer(.orchestrator, to: nil, #"{"paused":true}"#)
        try scratch.write([numbered(first + [later])])
        let reader = try JournalReader(path: scratch.journal)
        #expect(try reader.recoveryPoint().snapshots.first?.body == #"{"n":1}"#)
        #expect(try reader.newestSnapshots().snapshots.first?.body == #"{"paused":true}"#)
    }
}
