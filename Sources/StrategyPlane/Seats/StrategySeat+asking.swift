import Contracts

/// What an intent is made of.
struct Proposal {
    let exposure: Ratio
    /// In quote asset, signed.
    let target: Money
    let referencePrice: Price
    let stop: Double?
    let takeProfit: Double?
    let reason: String
}

extension StrategySeat {
    /// The exposure to ask for next: what is wanted, or flat on the way to the other side; nil before any decision.
    var nextExposure: Ratio? {
        guard let wanted = wanted?.exposure else { return nil }
        // A rehearsal never enters; what an earlier stage holds it may still close.
        if options.isShadow { return .zero }
        if options.reversal == .throughFlat, !wanted.isZero, !held.isZero,
            wanted.isNegative != held.isNegative
        {
            return .zero
        }
        return wanted
    }

    /// Whether an intent is due: what is wanted is not what has been approved, or was not reached.
    ///
    /// So an intent that was refused, that expired or that ended short is asked for again, bar by bar, and an approved
    /// one is not repeated.
    var needsIntent: Bool {
        guard let next = nextExposure else { return false }
        if settled != next || isUnfinished { return true }
        return next.isZero && !held.isZero && ask?.isOutstanding != true
    }

    /// Whether what is wanted takes on exposure where there is none, and that must wait.
    var isEntryBarred: Bool { isBarred && settled == .zero && nextExposure?.isZero == false }

    /// The intent to speak at `price`; nil where it cannot be sized yet.
    func proposal(at price: Price, equity: Money?) throws(NumberError) -> Proposal? {
        guard let wanted, let next = nextExposure else { return nil }
        guard !next.isZero else {
            return Proposal(
                exposure: next,
                target: .zero,
                referencePrice: price,
                stop: nil,
                takeProfit: nil,
                reason: wanted.reason
            )
        }
        let reference = try price.worsened(by: options.expectedSlippage, isBuy: !next.isNegative)
        let most = options.allocationMax
        guard let amount = try options.sizing.amount(at: reference, equity: equity, most: most) else {
            return nil
        }
        return Proposal(
            exposure: next,
            target: try amount.times(next),
            referencePrice: reference,
            stop: wanted.stop,
            takeProfit: wanted.takeProfit,
            reason: wanted.reason
        )
    }

    /// The intent has been spoken; it supersedes the one before.
    mutating func note(_ ask: Ask) {
        isQuiet = false
        self.ask = ask
        isTurning = ask.exposure.isZero && wanted?.exposure.isZero == false && !options.isShadow
        awaitsAccount = false
        due = nil
    }

    /// Risk gave its leave; `net` is the position of the instrument now, `others` the other seats' share of it.
    mutating func noteApproval(
        of target: Quantity,
        net: Quantity,
        others: Quantity
    ) throws(NumberError) {
        isQuiet = false
        guard var ask else { return }
        try ask.approve(target, from: net)
        self.ask = ask
        settled = ask.exposure
        isUnfinished = false
        guard ask.isReached, !ask.exposure.isZero else { return }
        // It is there already, so no order will say so.
        let before = held
        held = try target.subtracting(others)
        noteHeld(before: before, .move)
    }

    /// Risk refused; the next bar asks again.
    mutating func noteRejection() {
        isQuiet = false
        if let exposure = ask?.exposure, exposure == settled { isUnfinished = true }
        ask?.refuse()
    }
}

extension Price {
    /// The price by `fraction` worse for whoever buys or sells, exactly.
    func worsened(by fraction: Ratio, isBuy: Bool) throws(NumberError) -> Price {
        guard !fraction.isZero else { return self }
        let factor = try isBuy ? fraction.adding(1) : Ratio(1).subtracting(fraction)
        let exact = times(factor)
        var (units, scale) = (exact.units, exact.scale)
        while scale > 0, units % 10 == 0 { (units, scale) = (units / 10, scale - 1) }
        guard scale <= Price.scaleMax else { throw .tooFine }
        guard let narrow = Int64(exactly: units) else { throw .overflow }
        return Price(units: narrow, scale: scale)
    }
}
