import Contracts

/// One order's state: moves only along the legal transitions, whatever order the venue's reports come in.
///
/// A repeated or outdated report is no step at all; an ended order only takes late fills, each once.
///
/// - Source: `docs/exchange/bybit-v5.md`, "Order life cycle".
struct OrderMachine: Hashable, Codable {
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

    private(set) var quantity: Quantity
    private(set) var state = OrderState.submitting
    private(set) var filledQuantity = Quantity.zero
    private(set) var isCancelRequested = false
    private(set) var isAmendRequested = false
    /// A handful at most; found by looking at each.
    private var executionIDs: [String] = []

    init(quantity: Quantity) { self.quantity = quantity }

    /// Applies one report; nil where it changes nothing.
    mutating func apply(_ report: VenueReport.Kind) throws(Failure) -> Step? {
        switch report {
        case .filled(let fill): return try book(fill)
        case .accepted: return move(to: .open)
        case .untriggered: return move(to: .untriggered)
        case .triggered: return move(to: .triggered)
        case .rejected(let reason): return move(to: .rejected, reason)
        case .cancelled(let reason): return move(to: .cancelled, reason)
        case .deactivated(let reason): return move(to: .deactivated, reason)
        case .amended(_, let quantity): return amend(to: quantity)
        case .liquidated, .funding: return nil
        }
    }

    /// Asks for the order's end; false where there is nothing to cancel, or it has been asked for.
    mutating func requestCancel() -> Bool {
        guard !isCancelRequested, stands else { return false }
        isCancelRequested = true
        return true
    }

    /// Asks for another price or quantity; false where nothing stands, or another request is under way.
    mutating func requestAmend() -> Bool {
        guard !isCancelRequested, !isAmendRequested, stands else { return false }
        isAmendRequested = true
        return true
    }

    /// Whether the venue has the order and could still change it.
    private var stands: Bool { state == .open || state == .partiallyFilled || state == .untriggered }

    /// Whether the state may follow; an older one than what is known may not.
    private func leads(to next: OrderState) -> Bool {
        switch next {
        case .untriggered: state == .submitting || state == .unknown
        case .triggered: state == .submitting || state == .unknown || state == .untriggered
        // After a fill the acknowledgement is old news.
        case .open: !state.isFinal && state != .open && state != .partiallyFilled
        // An order that is said to have ended has ended, from wherever it was.
        case .rejected, .cancelled, .deactivated: !state.isFinal
        case .submitting, .amending, .cancelling, .partiallyFilled, .filled, .unknown: false
        }
    }

    private mutating func move(to next: OrderState, _ reason: String? = nil) -> Step? {
        guard leads(to: next) else { return nil }
        state = next
        return Step(state: next, reason: reason)
    }

    /// Below what is filled no order can shrink; down to it, it is filled.
    private mutating func amend(to quantity: Quantity) -> Step? {
        guard !state.isFinal, quantity.isPositive, quantity >= filledQuantity else { return nil }
        isAmendRequested = false
        self.quantity = quantity
        if quantity == filledQuantity { state = .filled }
        return Step(state: state, reason: "amended")
    }

    private mutating func book(_ fill: Fill) throws(Failure) -> Step? {
        guard !executionIDs.contains(fill.executionID) else { return nil }
        let filled: Quantity
        do throws(NumberError) { filled = try filledQuantity.adding(fill.quantity) } catch {
            throw .number(error)
        }
        guard fill.quantity.isPositive, filled <= quantity else { throw .overfilled(filled) }
        executionIDs.append(fill.executionID)
        filledQuantity = filled
        if !state.isFinal { state = filled == quantity ? .filled : .partiallyFilled }
        return Step(state: state, fill: fill)
    }
}
