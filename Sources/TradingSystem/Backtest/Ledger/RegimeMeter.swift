import Contracts

/// How long each regime lasted, all instruments together.
struct RegimeMeter {
    private struct Current {
        var name: String
        var since: UnixMilliseconds
    }

    private var current = InstrumentTable<Current>()
    private var times: [String: Int64] = [:]

    mutating func note(_ context: borrowing MarketContext) {
        let name = "\(context.trend.rawValue), \(context.volatility.rawValue) volatility"
        let now = context.meta.ts
        let place = current.place(of: context.instrument, orAdd: Current(name: name, since: now))
        times[current[place].name, default: 0] += now - current[place].since
        current[place] = Current(name: name, since: now)
    }

    /// The regime of an instrument now; empty where none was named.
    func name(of instrument: Instrument) -> String { current.value(of: instrument)?.name ?? "" }

    /// The share of each regime in the time until `end`, by name.
    func shares(until end: UnixMilliseconds) -> [(name: String, share: Double)] {
        var times = times
        for entry in current.values { times[entry.name, default: 0] += max(0, end - entry.since) }
        let whole = times.values.reduce(0, +)
        guard whole > 0 else { return [] }
        return times.sorted { $0.key < $1.key }.map { ($0.key, Double($0.value) / Double(whole)) }
    }
}
