import Contracts

/// What must be there before the machine may run: a connection, every instrument's rules, and fresh data on each.
struct Readiness {
    private let instruments: [Instrument]
    private(set) var connections: [ConnectionHealth] = []
    private var known: Set<Instrument> = []
    private var fresh: Set<Instrument> = []

    init(instruments: [Instrument]) { self.instruments = instruments }

    var isConnected: Bool { connections.contains { $0.state == .connected } }
    var isComplete: Bool { missing == nil }

    /// What is still missing, in words; nil when nothing is.
    var missing: String? {
        guard isConnected else { return "no market connection" }
        let unknown = instruments.filter { !known.contains($0) }
        guard unknown.isEmpty else { return "no trading rules yet for \(Self.list(unknown))" }
        let silent = instruments.filter { !fresh.contains($0) }
        guard silent.isEmpty else { return "no fresh data yet for \(Self.list(silent))" }
        return nil
    }

    mutating func note(_ id: String, _ state: ConnectionHealth.State, at time: UnixMilliseconds) {
        connections.removeAll { $0.id == id }
        connections.append(ConnectionHealth(id: id, state: state, since: time))
        connections.sort { $0.id < $1.id }
    }

    mutating func note(_ spec: InstrumentSpec) { known.insert(spec.instrument) }

    mutating func note(_ health: FeedHealth) {
        if health.state == .fresh { fresh.insert(health.instrument) } else { fresh.remove(health.instrument) }
    }

    private static func list(_ instruments: [Instrument]) -> String {
        instruments.map(\.description).joined(separator: ", ")
    }
}
