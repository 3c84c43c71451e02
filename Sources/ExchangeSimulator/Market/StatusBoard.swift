import NIOCore

/// What `system.status` and the status call say: maintenance that is planned, going on or done.
final class StatusBoard {
    static let entriesMax = 50

    enum State: String {
        case scheduled, ongoing, completed, canceled
    }

    struct Entry: Equatable {
        let number: Int
        var state: State
        let beginMs: Int64
        var endMs: Int64
    }

    private(set) var entries: [Entry] = []
    private let desk: SubscriptionDesk

    init(desk: SubscriptionDesk) {
        self.desk = desk
    }

    /// Announces maintenance that begins now; returns the number to end it with.
    func begin(atMs timeMs: Int64, lengthMs: Int64) -> Int {
        let entry = Entry(
            number: (entries.last?.number ?? 0) + 1,
            state: .ongoing,
            beginMs: timeMs,
            endMs: timeMs + lengthMs
        )
        entries.append(entry)
        if entries.count > StatusBoard.entriesMax { entries.removeFirst() }
        publish([entry], timeMs: timeMs)
        return entry.number
    }

    func complete(_ number: Int, atMs timeMs: Int64) {
        guard let index = entries.firstIndex(where: { $0.number == number }) else { return }
        (entries[index].state, entries[index].endMs) = (.completed, timeMs)
        publish([entries[index]], timeMs: timeMs)
    }

    func opening(timeMs: Int64) -> ByteBuffer? {
        entries.isEmpty ? nil : message(entries, timeMs: timeMs)
    }

    /// The entries as a JSON list, newest first.
    func list() -> ByteBuffer { StatusBoard.list(entries.reversed()) }

    private func publish(_ changed: [Entry], timeMs: Int64) {
        let audience = desk.audience(Subscription(.status, category: .linear))
        guard !audience.isEmpty else { return }
        desk.counts.others += UInt64(audience.count)
        audience.publish(message(changed, timeMs: timeMs))
    }

    private func message(_ entries: [Entry], timeMs: Int64) -> ByteBuffer {
        var out = ByteBuffer(string: "{\"topic\":\"system.status\",\"ts\":\(timeMs),\"data\":")
        out.writeImmutableBuffer(StatusBoard.list(entries))
        out.write("}")
        return out
    }

    private static func list(_ entries: [Entry]) -> ByteBuffer {
        var out = ByteBuffer(string: "[")
        for (index, entry) in entries.enumerated() {
            if index > 0 { out.write(",") }
            out.writeString(
                "{\"id\":\"sim-\(entry.number)\",\"title\":\"Simulated maintenance \(entry.number)\","
                    + "\"state\":\"\(entry.state.rawValue)\",\"begin\":\"\(entry.beginMs)\",\"end\":\"\(entry.endMs)\","
                    + "\"href\":\"\",\"serviceTypes\":[1,2,3,4,5],\"product\":[1,2,3,4],\"uidSuffix\":[],"
                    + "\"maintainType\":\"1\",\"env\":\"1\"}"
            )
        }
        out.write("]")
        return out
    }
}
