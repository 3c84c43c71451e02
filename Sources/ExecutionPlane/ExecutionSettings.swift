/// How orders are named and how long ended ones are remembered.
package struct ExecutionSettings: Hashable, Sendable {
    /// The part of an order's name that tells instances and journals apart: `<tag>-<journal id>`.
    package var instance: String
    /// How many ended orders are kept, so that a late or repeated report finds its order.
    package var endedOrderCountMax: Int

    package init(instance: String = "papr-00000000", endedOrderCountMax: Int = 256) {
        self.instance = instance
        self.endedOrderCountMax = endedOrderCountMax
    }
}
