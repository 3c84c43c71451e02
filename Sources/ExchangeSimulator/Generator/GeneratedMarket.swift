/// An invented market of several symbols: the same options give the same events, whatever the wall clock says.
struct GeneratedMarket: MarketSource, Sendable {
    private var generators: [SymbolGenerator]
    private var nextNs: [Int64]
    private var queue: [TimedEvent] = []
    private var queueAt = 0
    private let messageNs: Int64

    /// `rate` is the number of book and trade messages per second and symbol.
    init(seed: UInt64, symbols: [String], rate: Double, startMs: Int64) {
        let startNs = startMs * 1_000_000
        let messageNs = max(1, Int64(1_000_000_000 / rate))
        self.messageNs = messageNs
        generators = symbols.map { SymbolGenerator(symbol: $0, seed: seed, startNs: startNs) }
        let count = Int64(max(1, symbols.count))
        nextNs = symbols.indices.map { startNs + messageNs + messageNs * Int64($0) / count }
        for index in generators.indices {
            queue += generators[index].opening(atNs: startNs).map { TimedEvent(dueNs: startNs, event: $0) }
        }
    }

    mutating func next() -> TimedEvent? {
        if queueAt == queue.count { refill() }
        guard queueAt < queue.count else { return nil }
        defer { queueAt += 1 }
        return queue[queueAt]
    }

    private mutating func refill() {
        queue.removeAll(keepingCapacity: true)
        queueAt = 0
        guard let index = nextNs.indices.min(by: { nextNs[$0] < nextNs[$1] }) else { return }
        let now = nextNs[index]
        let (events, messages) = generators[index].step(
            atNs: now,
            secondsPerMessage: Double(messageNs) / 1_000_000_000
        )
        nextNs[index] = now + messages * messageNs
        queue += events.map { TimedEvent(dueNs: now, event: $0) }
    }
}
