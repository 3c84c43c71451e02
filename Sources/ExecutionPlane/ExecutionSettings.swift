import Contracts

/// Whether an instrument has one net position or a long and a short one side by side.
package enum PositionMode: String, Hashable, Sendable, CaseIterable {
    case oneWay = "one_way"
    case hedge
}

/// How orders are named, paced and guarded, and how long ended ones are remembered.
package struct ExecutionSettings: Hashable, Sendable {
    /// The part of an order's name that tells instances and journals apart: `<tag>-<journal id>`.
    package var instance: String
    /// How many ended orders of an instrument are kept, so that a late or repeated report finds its order.
    package var endedOrderCountMax: Int
    /// Spot is always one-way.
    package var positionMode: PositionMode
    /// The price that stops and take profits watch.
    package var triggerSource: OrderTrigger.Source
    /// The least time between two prices of one passive order.
    package var repegMilliseconds: Int64
    /// So long before its intent expires, a passive order crosses.
    package var crossBeforeExpiryMilliseconds: Int64
    /// How long after one has ended a stop or take profit is placed anew, and how long after the position is gone
    /// one that the venue has not ended is withdrawn.
    package var protectionRetryMilliseconds: Int64
    /// Whether the touch is taken from the order book; false spares the folding where no order is passive.
    package var followsBook: Bool
    /// So many entering orders are placed in any second, minute and day (UTC); nil where there is no bound.
    package var entriesPerSecondMax: Int?
    package var entriesPerMinuteMax: Int?
    package var entriesPerDayMax: Int?

    package init(
        instance: String = "papr-00000000",
        endedOrderCountMax: Int = 256,
        positionMode: PositionMode = .oneWay,
        triggerSource: OrderTrigger.Source = .mark,
        repegMilliseconds: Int64 = 500,
        crossBeforeExpiryMilliseconds: Int64 = 1_000,
        protectionRetryMilliseconds: Int64 = 1_000,
        followsBook: Bool = true,
        entriesPerSecondMax: Int? = nil,
        entriesPerMinuteMax: Int? = nil,
        entriesPerDayMax: Int? = nil
    ) {
        precondition(endedOrderCountMax > 0, "late reports need ended orders")
        precondition(
            repegMilliseconds >= 0 && crossBeforeExpiryMilliseconds >= 0 && protectionRetryMilliseconds > 0,
            "waits are zero or longer"
        )
        for most in [entriesPerSecondMax, entriesPerMinuteMax, entriesPerDayMax] {
            precondition(most ?? 1 > 0, "a bound of no order is a pause")
        }
        self.instance = instance
        self.endedOrderCountMax = endedOrderCountMax
        self.positionMode = positionMode
        self.triggerSource = triggerSource
        self.repegMilliseconds = repegMilliseconds
        self.crossBeforeExpiryMilliseconds = crossBeforeExpiryMilliseconds
        self.protectionRetryMilliseconds = protectionRetryMilliseconds
        self.followsBook = followsBook
        self.entriesPerSecondMax = entriesPerSecondMax
        self.entriesPerMinuteMax = entriesPerMinuteMax
        self.entriesPerDayMax = entriesPerDayMax
    }
}
