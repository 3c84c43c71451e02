import Contracts

/// What the engine needs of an approved intent; without its verdicts it costs little to carry about.
struct Leave: Hashable, Codable {
    /// The intent's own sequence number; orders are named after it.
    let intent: UInt64
    let correlationID: CorrelationID?
    let strategy: StrategyID
    /// The net position wanted; signed.
    let target: Quantity
    let referencePrice: Price
    let limitPrice: Price?
    let slippageMax: Ratio
    let expires: UnixMilliseconds
    let style: ExecutionStyle
    let stop: Price?
    let takeProfit: Price?

    init(_ approved: borrowing ApprovedIntent) {
        correlationID = approved.meta.correlationID
        if case .intent(let number) = approved.meta.correlationID {
            intent = number
        } else {
            intent = approved.meta.seq
        }
        strategy = approved.strategy
        target = approved.targetQuantity
        referencePrice = approved.referencePrice
        limitPrice = approved.limitPrice
        slippageMax = approved.slippageMax
        expires = approved.expires
        style = approved.style
        stop = approved.stop
        takeProfit = approved.takeProfit
    }

    /// Whether it has run out.
    func isExpired(at now: UnixMilliseconds) -> Bool { now >= expires }

    /// The worst price it allows `side`, rounded to the tick on the safe side.
    func worstPrice(_ side: Side, tick: Price) throws(NumberError) -> Price {
        let rule: FloatingPointRoundingRule = side == .buy ? .down : .up
        let factor = try side == .buy ? slippageMax.adding(1) : Ratio(1).subtracting(slippageMax)
        let exact = referencePrice.times(factor)
        // To the tick's own places first, in the same direction: every multiple of the tick has no more of them.
        let narrow: Int128 =
            exact.scale > tick.scale
            ? exact.units.divided(by: PowersOfTen.int128[Int(exact.scale - tick.scale)], rule) : exact.units
        guard let units = Int64(exactly: narrow) else { throw .overflow }
        let bound = try Price(units: units, scale: min(exact.scale, tick.scale)).rounded(
            toMultipleOf: tick,
            rule
        )
        guard let limit = try limitPrice?.rounded(toMultipleOf: tick, rule) else { return bound }
        return side == .buy ? min(bound, limit) : max(bound, limit)
    }
}
