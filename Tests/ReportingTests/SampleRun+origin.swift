import Contracts

@testable import Reporting

/// What a run says about itself beside its curves and trades.
extension SampleRun {
    func describe(_ run: inout RunReport) throws {
        run.notices = [
            RunNotice(
                .passed,
                "Look-ahead check: 1,204 decisions are the same on data cut at 8 places, the latest at 2024-11-30 00:00."
            ),
            RunNotice(
                .note,
                "ETHUSDT has no candles from 2023-03-24 12:40 to 14:00 (maintenance); nothing was filled in."
            ),
        ]
        run.data = [
            ("data/bybit_linear/BTCUSDT_5m.csv.gz", 4_512_113),
            ("data/bybit_linear/ETHUSDT_5m.csv.gz", 4_102_940),
            ("data/bybit_linear/BTCUSDT_funding.csv.gz", 18_204),
            ("data/bybit_linear/ETHUSDT_funding.csv.gz", 17_991),
        ].enumerated().map { index, file in
            DataFile(
                path: file.0,
                bytes: file.1,
                sha256: Noise.digest(UInt64(10 + index)),
                rows: index < 2 ? Self.bars : 2_190,
                first: Self.start,
                last: Self.start + Int64(Self.bars - 1) * Self.barMilliseconds
            )
        }
        run.digests = [
            NamedDigest(name: "All events", value: Noise.digest(2)),
            NamedDigest(name: "Decisions", value: Noise.digest(3)),
        ]
        run.settings = Self.settings
        run.eventCounts = Self.eventCounts
        run.rejections = [
            RejectionCount(check: "position_limit", count: 212),
            RejectionCount(check: "cooldown", count: 147),
            RejectionCount(check: "spread", count: 61), RejectionCount(check: "daily_loss", count: 18),
            RejectionCount(check: "price_collar", count: 4),
        ]
        run.strategies = try ["ema_cross", "donchian_breakout"].map { name in
            let own = run.trades.filter { $0.strategy == name }
            return StrategyResult(
                name: name,
                intents: own.count * 3 + 40,
                rejected: own.count + 12,
                trades: own.count,
                won: try own.count { try !$0.profit.net.isNegative },
                profit: try own.reduce(ProfitParts()) { try $0.adding($1.profit) }
            )
        }
        let names = ["range, calm", "trend, calm", "range, volatile", "trend, volatile"]
        let shares = [0.412, 0.268, 0.195, 0.125]
        run.regimes = try names.indices.map { index in
            let own = run.trades.enumerated().filter { $0.offset % 4 == index }.map(\.element)
            return RegimeShare(
                name: names[index],
                timeShare: shares[index],
                trades: own.count,
                net: try own.reduce(Money.zero) { try $0.adding($1.profit.net) }
            )
        }
    }

    private static let settings = """
        mode = backtest
        market.symbols = linear:BTCUSDT, linear:ETHUSDT
        market.timeframe_minutes = 5
        paper.starting_equity = 100000
        paper.maker_fee = 0.0002
        paper.taker_fee = 0.00055
        paper.latency_milliseconds = 120
        strategy.ema_cross.fast_bars = 48
        strategy.ema_cross.slow_bars = 192
        strategy.ema_cross.allocation = 0.5
        strategy.donchian_breakout.entry_bars = 288
        strategy.donchian_breakout.exit_bars = 96
        strategy.donchian_breakout.allocation = 0.5
        risk.position_notional_max = 80000
        risk.gross_exposure_max = 1.0
        risk.daily_loss_max = 0.04
        risk.drawdown_max = 0.25
        risk.cooldown_minutes = 60
        risk.spread_max = 0.0005
        risk.price_collar = 0.01
        """.split(separator: "\n").map { line in
            let parts = line.split(separator: " = ", maxSplits: 1).map(String.init)
            return Setting(key: parts[0], value: parts[1])
        }

    private static let eventCounts = [
        ("market:kline", 420_480), ("market:funding", 4_380), ("analytics:features", 420_480),
        ("analytics:context", 1_912), ("strategy:intent", 1_022), ("risk:approved_intent", 601),
        ("risk:rejected_intent", 442), ("exec:order_event", 2_408), ("exec:venue_report", 1_803),
        ("portfolio:position_update", 3_121), ("portfolio:account_update", 210_240), ("state:clock", 17_520),
    ].map { EventCount(topic: $0.0, count: $0.1) }
}
