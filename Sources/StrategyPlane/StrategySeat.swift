import Contracts

/// One strategy on one instrument, with the one intent of it that is current.
struct StrategySeat {
    let instrument: Instrument
    let id: StrategyID
    private(set) var version: Int
    /// Nil once it has been disabled: the seat then only waits until it is flat.
    private(set) var strategy: (any Strategy)?
    /// What is wanted; nil before the first decision.
    private(set) var wanted: StrategyDecision?
    /// The exposure risk has last approved; nil where a position was found at the start.
    private var approved: Money?
    private var current: (correlationID: CorrelationID, target: Money)?
    /// Whether an approved intent's order ended short of it.
    private var isShort = false
    private var hasOpenOrder = false

    init(_ strategy: any Strategy, on instrument: Instrument, adoptsPosition: Bool) {
        self.instrument = instrument
        self.strategy = strategy
        id = strategy.id
        version = strategy.version
        approved = adoptsPosition ? nil : .zero
    }

    /// Whether an intent is due: what is wanted is not what has been approved, or was not reached.
    ///
    /// So an intent that was refused is asked for again, bar by bar, and an approved one is not repeated.
    var needsIntent: Bool {
        guard let wanted else { return false }
        // A rehearsal never enters; what an earlier stage holds it may still close.
        if strategy?.isShadow == true, !wanted.target.isZero { return false }
        return wanted.target != approved || isShort
    }

    /// Whether the current wish takes on exposure where there is none.
    var isEntry: Bool { approved == .zero && wanted?.target.isZero == false }

    /// Whether nothing is left to do here.
    var isEmpty: Bool { strategy == nil && !needsIntent && !hasOpenOrder }

    mutating func decide(on inputs: StrategyInputs) {
        if let decision = strategy?.decide(on: inputs) { wanted = decision }
    }

    /// Puts another strategy, or none, in this seat; what the old one held is to be closed.
    mutating func replace(with strategy: (any Strategy)?, why: String) {
        self.strategy = strategy
        if let strategy { version = strategy.version }
        wanted = StrategyDecision(target: .zero, reason: why)
    }

    mutating func note(intent correlationID: CorrelationID, target: Money) {
        current = (correlationID, target)
    }

    mutating func noteApproval(of correlationID: CorrelationID?) {
        guard let current, current.correlationID == correlationID else { return }
        approved = current.target
        isShort = false
    }

    mutating func note(_ order: borrowing OrderEvent) {
        guard let current, current.correlationID == order.meta.correlationID else { return }
        hasOpenOrder = !order.state.isFinal
        isShort = order.state.isFinal && order.filledQuantity < order.quantity
    }
}
