import Contracts

/// How the Donchian breakout trades.
package struct DonchianSettings: Hashable, Sendable {
    package var options: StrategyOptions
    /// Whether a break downwards sells short; else it only closes.
    package var allowShort: Bool
    package var exit: DonchianExit
    /// How many average true ranges away its stop is; 0: none but the channel.
    package var stopATR: Ratio

    package init(
        options: StrategyOptions = StrategyOptions(id: StrategyID("donchian")),
        allowShort: Bool = true,
        exit: DonchianExit = .middle,
        stopATR: Ratio = 0
    ) {
        self.options = options
        self.allowShort = allowShort
        self.exit = exit
        self.stopATR = stopATR
    }
}

/// Where the Donchian breakout leaves.
package enum DonchianExit: String, Hashable, Codable, Sendable, CaseIterable {
    /// At a close beyond the channel's middle.
    case middle
    /// At a close beyond the channel's other side.
    case opposite
}
