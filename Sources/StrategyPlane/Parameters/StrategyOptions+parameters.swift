import Contracts

extension StrategyOptions {
    /// The parameters that every configured strategy has.
    package static let parameters: [StrategyParameter<StrategyOptions>] = [
        sizing("notional", help: "exposure in quote asset, above 0") { text in
            Money(text).flatMap { $0 > .zero ? .notional($0) : nil }
        },
        sizing("quantity", help: "exposure in base asset, above 0") { text in
            Quantity(text).flatMap { $0.isPositive ? .quantity($0) : nil }
        },
        sizing("equity_fraction", help: "exposure as a share of the equity, above 0, at most 100") { text in
            Ratio(text).flatMap { $0.isPositive && $0 <= 100 ? .equityFraction($0) : nil }
        },
        allocationMax,
        .count("cooldown_bars", \.cooldownBars, in: 0...100_000, help: "bars without entry after an exit"),
        .ratio(
            "expected_slippage",
            \.expectedSlippage,
            in: 0...Ratio(units: 1, scale: 1),
            help: "by how much worse an entry is reckoned, 0 to 0.1"
        ),
        slippageMax,
    ]

    private static let allocationMax = StrategyParameter<StrategyOptions>(
        name: "allocation_max",
        help: "the most exposure in quote asset, above 0, or none",
        read: { $0.allocationMax?.description ?? "none" },
        write: { options, text throws(ParameterRefusal) in
            let amount = Money(text)
            guard text == "none" || amount.map({ $0 > .zero }) == true else {
                throw ParameterRefusal("'\(text)' is neither an amount above 0 nor none")
            }
            options.allocationMax = amount
        }
    )

    private static let slippageMax = StrategyParameter<StrategyOptions>(
        name: "slippage_max",
        help: "the worst fill from the touch, 0 to 0.1, or default",
        read: { $0.slippageMax?.description ?? "default" },
        write: { options, text throws(ParameterRefusal) in
            let limit = 0...Ratio(units: 1, scale: 1)
            options.slippageMax = text == "default" ? nil : try Ratio.parameter(text, in: limit)
        }
    )

    /// A way of sizing; setting one takes the place of the others.
    private static func sizing(
        _ name: String,
        help: String,
        _ parse: @escaping @Sendable (String) -> Sizing?
    ) -> StrategyParameter<StrategyOptions> {
        StrategyParameter(
            name: name,
            help: help,
            read: { $0.sizing.description },
            write: { options, text throws(ParameterRefusal) in
                guard let sizing = parse(text) else { throw ParameterRefusal("'\(text)' is not \(help)") }
                options.sizing = sizing
            }
        )
    }
}
