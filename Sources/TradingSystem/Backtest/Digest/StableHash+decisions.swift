import Contracts

extension StableHash {
    mutating func add(_ style: ExecutionStyle) {
        switch style {
        case .marketable: add(UInt64(1))
        case .passive(let wait):
            add(UInt64(2))
            add(wait)
        case .twap(let slices, let interval):
            add(UInt64(3))
            add(slices)
            add(interval)
        }
    }

    mutating func add(_ verdict: borrowing CheckVerdict) {
        add(Self.place(of: verdict.check) &<< 1 | (verdict.isShrunk ? 1 : 0))
        add(verdict.value)
        add(verdict.limit)
    }

    mutating func add(_ check: RiskCheck) { add(Self.place(of: check)) }

    /// The check's place in the order of declaration: an intent has a verdict of each, so that names are too long.
    private static func place(of check: RiskCheck) -> UInt64 {
        UInt64(unsafe unsafeBitCast(check, to: UInt8.self))
    }

    /// A figure as it is, or as a journal's text has it: the same figure counts the same.
    mutating func add(_ figure: CheckFigure) {
        switch figure {
        case .text(let text): add(figureText: text)
        case .money(let money): add(money)
        case .price(let price): add(price)
        case .quantity(let quantity): add(quantity)
        case .ratio(let ratio): add(ratio)
        case .count(let count): add(Quantity(units: Int64(count), scale: 0))
        case .milliseconds(let milliseconds):
            add(UInt64(2))
            add(milliseconds)
        }
    }

    private mutating func add(figureText text: String) {
        // Most are words, and those are told by their first letter.
        guard let first = text.utf8.first, first < 0x40 else { return add(text) }
        if let number = Money(text) {
            add(number)
        } else if text.hasSuffix(" ms"), let milliseconds = Int64(text.dropLast(3)) {
            add(UInt64(2))
            add(milliseconds)
        } else {
            add(text)
        }
    }

    mutating func add(_ state: OrderState) {
        switch state {
        case .submitting: add(UInt64(1))
        case .amending: add(UInt64(2))
        case .cancelling: add(UInt64(3))
        case .open: add(UInt64(4))
        case .partiallyFilled: add(UInt64(5))
        case .filled: add(UInt64(6))
        case .cancelled: add(UInt64(7))
        case .rejected: add(UInt64(8))
        case .untriggered: add(UInt64(9))
        case .triggered: add(UInt64(10))
        case .deactivated: add(UInt64(11))
        case .unknown: add(UInt64(12))
        }
    }

    mutating func add(_ life: TimeInForce) {
        switch life {
        case .goodTillCancelled: add(UInt64(1))
        case .immediateOrCancel: add(UInt64(2))
        case .fillOrKill: add(UInt64(3))
        case .postOnly: add(UInt64(4))
        }
    }

    mutating func add(_ purpose: OrderPurpose) {
        switch purpose {
        case .move: add(UInt64(1))
        case .stopLoss: add(UInt64(2))
        case .takeProfit: add(UInt64(3))
        case .liquidation: add(UInt64(4))
        }
    }
}
