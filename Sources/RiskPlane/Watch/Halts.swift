import Contracts

/// What forbids every entry at present, oldest first.
struct Halts: Hashable, Codable {
    private(set) var list: [RiskHalt] = [
        RiskHalt(kind: .noAccount, why: "the account's equity is not known", since: 0)
    ]

    var kinds: [RiskHalt.Kind] { list.map(\.kind) }

    subscript(kind: RiskHalt.Kind) -> RiskHalt? { list.first { $0.kind == kind } }

    /// Begins a halt, unless there is one of this kind.
    mutating func begin(
        _ kind: RiskHalt.Kind,
        since: UnixMilliseconds,
        until: UnixMilliseconds? = nil,
        _ why: @autoclosure () -> String
    ) {
        guard self[kind] == nil else { return }
        list.append(RiskHalt(kind: kind, why: why(), since: since, until: until))
    }

    mutating func end(_ kind: RiskHalt.Kind) {
        if self[kind] != nil { list.removeAll { $0.kind == kind } }
    }

    /// Ends what only the operator may end, and gives it.
    mutating func reset() -> [RiskHalt] {
        let ended = list.filter(\.kind.needsReset)
        list.removeAll(where: \.kind.needsReset)
        return ended
    }
}

extension RiskHalt.Kind {
    /// Whether it lasts until the operator resets it.
    var needsReset: Bool {
        switch self {
        case .drawdown, .runaway, .liquidation, .stateLost: true
        case .noAccount, .equityMin, .dailyLoss, .journal: false
        }
    }

    /// Whether it follows from more than the present account, and so has to be kept at once.
    var isKept: Bool { needsReset || self == .dailyLoss }
}
