/// A strategy as it is configured: its options, and the value that each instrument gets a copy of.
///
/// The built-in ones are made from ``StrategySettings``; a strategy of one's own is handed to the StrategyManager.
package struct ConfiguredStrategy: Sendable {
    package var options: StrategyOptions
    package var strategy: any Strategy

    package init(options: StrategyOptions, strategy: any Strategy) {
        self.options = options
        self.strategy = strategy
    }
}

extension StrategySettings {
    /// The built-in strategies that run, in the order in which they are asked.
    var builtIns: [ConfiguredStrategy] {
        var all: [ConfiguredStrategy] = []
        if let emaCross {
            all.append(ConfiguredStrategy(options: emaCross.options, strategy: EMACrossStrategy(emaCross)))
        }
        if let donchian {
            all.append(ConfiguredStrategy(options: donchian.options, strategy: DonchianStrategy(donchian)))
        }
        if let bollinger {
            all.append(ConfiguredStrategy(options: bollinger.options, strategy: BollingerStrategy(bollinger)))
        }
        if let fundingCarry {
            all.append(
                ConfiguredStrategy(
                    options: fundingCarry.options,
                    strategy: FundingCarryStrategy(fundingCarry)
                )
            )
        }
        return all
    }
}
