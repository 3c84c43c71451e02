import Contracts

/// The work on one approved intent, from its first order to its last.
struct Campaign: Codable {
    enum Pace: Hashable, Codable {
        /// Takes what there is.
        case marketable
        /// Rests at the touch until `crossAt`, then takes.
        case passive(crossAt: UnixMilliseconds)
        /// Takes one part at a time.
        case sliced(Slices)
    }

    struct Slices: Hashable, Codable {
        /// Signed.
        let part: Quantity
        let interval: Int64
        /// Those that have not begun.
        var left: Int
        /// When the next one begins.
        var nextAt: UnixMilliseconds
    }

    let leave: Leave
    var pace: Pace
    /// The net position that the orders of now lead to: the target, or the end of a slice.
    var goal: Quantity
    /// Whether it ends with the order that is at work.
    var isEnding = false
    /// Whether a passive order has been asked to make room for one that crosses.
    var isCrossing = false
    /// Before this no passive order is placed or moved.
    var quietUntil: UnixMilliseconds = 0
    /// When the order that is due may be placed, where there were too many of them lately.
    var heldUntil: UnixMilliseconds?

    /// Plans the work from the net position `net`.
    init(
        _ leave: Leave,
        from net: Quantity,
        rules: OrderRules,
        settings: ExecutionSettings,
        now: UnixMilliseconds
    ) throws(NumberError) {
        self.leave = leave
        goal = leave.target
        switch leave.style {
        case .marketable: pace = .marketable
        case .passive(let wait):
            let (last, isTooEarly) = leave.expires.subtractingReportingOverflow(
                settings.crossBeforeExpiryMilliseconds
            )
            let (end, isTooLate) = now.addingReportingOverflow(max(0, wait))
            pace = .passive(crossAt: min(isTooLate ? .max : end, isTooEarly ? now : last))
        case .twap(let count, let interval):
            let way = try leave.target.subtracting(net)
            guard let slices = try Slices(way, count, interval, rules: rules, now: now) else {
                pace = .marketable
                return
            }
            pace = .sliced(slices)
            goal = net
        }
    }

    /// Whether its orders rest, so that the touch says when the next one is due.
    var isResting: Bool { if case .passive = pace { true } else { false } }

    /// Whether nothing is left to begin but the goal itself.
    var isLastPart: Bool {
        guard case .sliced(let slices) = pace else { return true }
        return slices.left == 0
    }
}

extension Campaign.Slices {
    /// Cuts a way into equal parts on the step, none below the least quantity; nil where one part is all there is.
    init?(
        _ way: Quantity,
        _ count: Int,
        _ interval: Int64,
        rules: OrderRules,
        now: UnixMilliseconds
    ) throws(NumberError) {
        let least = try max(rules.least, rules.step).rounded(toMultipleOf: rules.step, .up)
        let size = try way.magnitude
        var parts = count
        while parts > 1, try size.part(of: parts, step: rules.step) < least { parts -= 1 }
        guard parts > 1, interval > 0 else { return nil }
        let part = try size.part(of: parts, step: rules.step)
        self.part = way.isNegative ? try part.negated() : part
        self.interval = interval
        left = parts
        nextAt = now
    }
}

extension Quantity {
    /// The quantity divided by a count, down to the step.
    fileprivate func part(of count: Int, step: Quantity) throws(NumberError) -> Quantity {
        let whole = try rounded(toMultipleOf: step, .down)
        let steps = try whole.rescaled(to: step.scale).units / step.units / Int64(count)
        let (units, isTooBig) = steps.multipliedReportingOverflow(by: step.units)
        guard !isTooBig else { throw .overflow }
        return Quantity(units: units, scale: step.scale)
    }
}
