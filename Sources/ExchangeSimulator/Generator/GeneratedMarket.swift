/// An invented market of several symbols: the same options give the same events, whatever the wall clock says.
struct GeneratedMarket: Sendable {
    static let empty = GeneratedMarket(seed: 0, listings: [], rate: 1, startMs: 0)

    /// Options trade so many times less often than other symbols.
    private static let optionPause: Int64 = 5

    private var symbols: [SymbolGenerator] = []
    private var options: [OptionGenerator] = []
    private var nextNs: [Int64] = []
    private var queue: [TimedHappening] = []
    private var queueAt = 0
    private let messageNs: Int64
    private var outages: OutageSchedule?

    /// `rate` is the number of book and trade messages per second and symbol.
    init(seed: UInt64, listings: [Listing], rate: Double, startMs: Int64, hasOutages: Bool = false) {
        let startNs = startMs * 1_000_000
        let messageNs = max(1, Int64(1_000_000_000 / rate))
        self.messageNs = messageNs
        if hasOutages { outages = OutageSchedule(seed: seed, startNs: startNs) }
        for listing in listings where listing.category != .option {
            symbols.append(SymbolGenerator(listing, seed: seed, startNs: startNs))
        }
        for listing in listings where listing.category == .option {
            guard let made = OptionGenerator(listing.symbol, seed: seed, startNs: startNs) else { continue }
            options.append(made)
        }
        let count = Int64(max(1, listings.count))
        nextNs = (0..<(symbols.count + options.count)).map { index in
            startNs + messageNs + messageNs * Int64(index) / count
        }
        for index in symbols.indices {
            queue += symbols[index].opening(atNs: startNs).map {
                TimedHappening(dueNs: startNs, happening: $0)
            }
        }
        for index in options.indices {
            queue += options[index].opening(atNs: startNs).map {
                TimedHappening(dueNs: startNs, happening: .market($0))
            }
        }
    }

    mutating func next() -> TimedHappening? {
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
        if let outage = outages?.due(atNs: now) { return goDown(for: outage, atNs: now) }
        let seconds = Double(messageNs) / 1_000_000_000
        if index < symbols.count {
            let messages = symbols[index].step(atNs: now, secondsPerMessage: seconds) { happening in
                queue.append(TimedHappening(dueNs: now, happening: happening))
            }
            nextNs[index] = now + messages * messageNs
        } else {
            options[index - symbols.count].step(atNs: now) { event in
                queue.append(TimedHappening(dueNs: now, happening: .market(event)))
            }
            nextNs[index] = now + GeneratedMarket.optionPause * messageNs
        }
    }

    /// Nothing happens on an exchange that is down.
    private mutating func goDown(for lengthNs: Int64, atNs now: Int64) {
        let outage = Happening.outage(lengthMs: lengthNs / 1_000_000, timeMs: now / 1_000_000)
        queue.append(TimedHappening(dueNs: now, happening: outage))
        for index in nextNs.indices { nextNs[index] += lengthNs }
    }
}

/// When the service goes down, and for how long: every ten to forty minutes, for two to twenty seconds.
struct OutageSchedule: Sendable {
    private static let secondNs: Int64 = 1_000_000_000

    private var random: SeededRandom
    private var nextNs: Int64

    init(seed: UInt64, startNs: Int64) {
        random = SeededRandom(seed: SeededRandom.seed(seed, for: "outages"))
        nextNs = startNs
        nextNs += pause()
    }

    /// The length of an outage that begins by now; the next one is drawn with it.
    mutating func due(atNs now: Int64) -> Int64? {
        guard now >= nextNs else { return nil }
        let length = (2 + random.below(19)) * OutageSchedule.secondNs
        nextNs = now + length + pause()
        return length
    }

    private mutating func pause() -> Int64 {
        (600 + random.below(1801)) * OutageSchedule.secondNs
    }
}
