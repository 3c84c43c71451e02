import Contracts

/// One order's state: moves only along the legal transitions, whatever order the venue's reports come in.
///
/// A repeated or outdated report is no step at all; an ended order only takes late fills, each once.
///
/// - Source: `docs/exchange/bybit-v5.md`, "Order life cycle".
struct OrderMachine: Hashable {
    /// What one report has changed.
    struct Step: Hashable {
        let state: OrderState
        var fill: Fill?
        var reason: String?
    }

    enum Failure: Error, Hashable {
        case overfilled(Quantity)
        case number(NumberError)
    }

    let quantity: Quantity
    private(set) var state = OrderState.submitting
    private(set) var filledQuantity = Quantity.zero
    private(set) var isCancelRequested = false
    private var executionIDs: Set<String> = []

    init(quantity: Quantity) { self.quantity = quantity }

    /// Applies one report; nil where it changes nothing.
    mutating func apply(_ report: VenueReport.Kind) throws(Failure) -> Step? {
        switch report {
        case .accepted:
            // After a fill the acknowledgement is old news.
            guard state == .submitting || state == .unknown else { return nil }
            return move(to: .open)
        case .rejected(let reason):
            guard !state.isFinal else { return nil }
            return move(to: .rejected, reason)
        case .cancelled(let reason):
            guard !state.isFinal else { return nil }
            return move(to: .cancelled, reason)
        case .filled(let fill):
            return try book(fill)
        }
    }

    /// Asks for the order's end; false where there is nothing to cancel, or it has been asked for.
    mutating func requestCancel() -> Bool {
        guard !isCancelRequested, state == .open || state == .partiallyFilled else { return false }
        isCancelRequested = true
        return true
    }

    private mutating func book(_ fill: Fill) throws(Failure) -> Step? {
        guard !executionIDs.contains(fill.executionID) else { return nil }
        let filled: Quantity
        do throws(NumberError) { filled = try filledQuantity.adding(fill.quantity) } catch {
            throw .number(error)
        }
        guard fill.quantity.isPositive, filled <= quantity else { throw .overfilled(filled) }
        executionIDs.insert(fill.executionID)
        filledQuantity = filled
        if !state.isFinal { state = filled == quantity ? .filled : .partiallyFilled }
        return Step(state: state, fill: fill)
    }

    private mutating func move(to next: OrderState, _ reason: String? = nil) -> Step {
        state = next
        return Step(state: next, reason: reason)
    }
}
