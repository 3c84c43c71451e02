import Contracts

/// The books kept a second time, by the rules of `docs/accounting.md` and in numbers without bounds.
///
/// Money is counted as cash: what each fill brought in or cost, and what is held is worth. Only realised profit, which
/// cash does not show, follows the rule of shares.
struct Ledger {
    struct Key: Hashable {
        let instrument: Instrument
        let index: PositionIndex
    }

    struct Leg {
        var quantity = BigDecimal.zero
        /// Came in less went out, of fills alone.
        var cash = BigDecimal.zero
        var cost = BigDecimal.zero
        var realised = BigDecimal.zero
        var fees = BigDecimal.zero
        var funding = BigDecimal.zero
    }

    private(set) var legs: [Key: Leg] = [:]
    /// The price that a leg was last valued at.
    var marks: [Key: Price] = [:]
    private(set) var lastFills: [Instrument: Price] = [:]

    mutating func fill(_ fill: Fill, _ side: Side, _ key: Key) {
        var leg = legs[key] ?? Leg()
        let isInverse = key.instrument.category == .inverse
        let quantity = BigDecimal(fill.quantity)
        let step = side == .buy ? quantity : -quantity
        let value = Self.value(step, BigDecimal(fill.price), isInverse)
        lastFills[key.instrument] = fill.price
        leg.cash = leg.cash + (isInverse ? value : -value)
        leg.fees = leg.fees + BigDecimal(fill.fee)
        if leg.quantity.isZero || leg.quantity.isNegative == step.isNegative {
            leg.cost = leg.cost + value
        } else if leg.quantity.magnitude < step.magnitude {
            let closing = Self.value(-leg.quantity, BigDecimal(fill.price), isInverse)
            leg.realise(-closing, leg.cost, isInverse)
            leg.cost = value - closing
        } else {
            let isAll = step.magnitude == leg.quantity.magnitude
            let part = (leg.cost * step.magnitude).divided(
                by: leg.quantity.magnitude,
                places: isInverse ? 18 : 12
            )
            let released = isAll ? leg.cost : part
            leg.realise(-value, released, isInverse)
            leg.cost = leg.cost - released
        }
        leg.quantity = leg.quantity + step
        legs[key] = leg
    }

    mutating func fund(_ amount: Money, _ key: Key) {
        legs[key, default: Leg()].funding = (legs[key]?.funding ?? .zero) + BigDecimal(amount)
    }

    /// What is held of a leg is worth, signed as cash.
    func worth(_ key: Key) -> BigDecimal {
        guard let leg = legs[key], !leg.quantity.isZero, let mark = marks[key] else { return .zero }
        let isInverse = key.instrument.category == .inverse
        let value = Self.value(leg.quantity, BigDecimal(mark), isInverse)
        return isInverse ? -value : value
    }

    /// Start + cash + worth - fees - funding of all that is settled in one coin.
    func equity(start: BigDecimal, of instruments: [Instrument]) -> BigDecimal {
        var sum = start
        for instrument in instruments {
            for index in PositionIndex.allCases {
                let key = Key(instrument: instrument, index: index)
                guard let leg = legs[key] else { continue }
                sum = sum + leg.cash + worth(key) - leg.fees - leg.funding
            }
        }
        return sum
    }

    private static func value(_ quantity: BigDecimal, _ price: BigDecimal, _ isInverse: Bool) -> BigDecimal {
        isInverse ? quantity.divided(by: price, places: 18) : quantity * price
    }
}

extension Ledger.Leg {
    fileprivate mutating func realise(_ value: BigDecimal, _ released: BigDecimal, _ isInverse: Bool) {
        realised = realised + (isInverse ? released - value : value - released)
    }
}
