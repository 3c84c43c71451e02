import Contracts

/// Why the ExecutionEngine did not do what it was told.
package enum ExecutionError: OperatorError, Equatable {
    case notTrading(Instrument, lifecycle: String)
    case expired(Instrument, milliseconds: Int64)
    case unknownInstrument(Instrument)
    case unknownOrder(OrderID)
    case unprotected(Instrument, OrderPurpose, reason: String)
    case overfilled(OrderID, quantity: Quantity, filled: Quantity)
    case arithmetic(Instrument, NumberError)

    package var code: String {
        switch self {
        case .notTrading: "execution.not_trading"
        case .expired: "execution.expired"
        case .unknownInstrument: "execution.unknown_instrument"
        case .unknownOrder: "execution.unknown_order"
        case .unprotected: "execution.unprotected"
        case .overfilled: "execution.overfilled"
        case .arithmetic: "execution.arithmetic"
        }
    }

    package var what: String {
        switch self {
        case .notTrading(let instrument, _), .expired(let instrument, _), .unknownInstrument(let instrument),
            .arithmetic(let instrument, _):
            "no order placed on \(instrument)"
        case .unknownOrder(let order): "a report of order \(order) was left aside"
        case .unprotected(let instrument, let purpose, _):
            "the position of \(instrument) has no \(purpose == .stopLoss ? "stop" : "take profit")"
        case .overfilled(let order, _, _): "a fill of order \(order) was not booked"
        }
    }

    package var why: String {
        switch self {
        case .notTrading(_, let lifecycle):
            "an approved intent came while the system is \(lifecycle) or paused"
        case .expired(_, let milliseconds): "its intent expired \(milliseconds) ms ago"
        case .unknownInstrument: "its trading rules are not known"
        case .unknownOrder: "no such order has been placed in this run"
        case .unprotected(_, _, let reason): "the venue refused it: \(reason)"
        case .overfilled(_, let quantity, let filled): "\(filled) filled of \(quantity) ordered"
        case .arithmetic(_, let error): "a figure cannot be computed exactly: \(error)"
        }
    }

    package var next: String {
        switch self {
        case .notTrading, .expired: "the strategy may ask again at its next bar"
        case .unknownInstrument: "wait for the exchange's instrument data; check the symbol"
        case .unknownOrder: "compare positions with the venue's"
        case .unprotected: "close the position, or let the strategy name another level"
        case .overfilled: "pause, and compare positions with the venue's"
        case .arithmetic: "check the instrument's tick and step, and the limits"
        }
    }
}

extension ExecutionError {
    /// Runs a computation of numbers; one that cannot be exact becomes an error of `instrument`.
    static func exactly<Result>(
        _ instrument: Instrument,
        _ body: () throws(NumberError) -> Result
    ) throws(ExecutionError) -> Result {
        do throws(NumberError) { return try body() } catch { throw .arithmetic(instrument, error) }
    }
}
