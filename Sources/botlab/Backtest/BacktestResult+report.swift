import Contracts
import Performance
import Reporting
import TradingSystem

extension BacktestResult {
    /// The run as the report shows it; whoever made it adds where it came from.
    func report(title: String, version: String, inputDigest: String) -> RunReport {
        var report = RunReport(
            title: title,
            engineVersion: version,
            inputDigest: inputDigest,
            seed: seed,
            currency: coin,
            startingEquity: startingEquity,
            finalEquity: (try? Money(nearestTo: finalEquity, scale: 8)) ?? startingEquity,
            performance: PerformanceReport(returns)
        )
        report.equity = [EquityPoint(time: first, equity: startingEquity.approximate)]
        report.equity += curve.map { EquityPoint(time: $0.time, equity: $0.equity) }
        report.exposure = curve.map { ExposurePoint(time: $0.time, gross: $0.gross, net: $0.net) }
        report.profit = ProfitParts(profit)
        report.trades = trips.map { RoundTrip($0, barMilliseconds: curveMilliseconds) }
        report.regimes = regimeShares
        report.rejections = rejections.map {
            Reporting.RejectionCount(check: $0.check.rawValue, count: $0.count)
        }
        report.strategies = strategyResults
        report.eventCounts = topics.map { EventCount(topic: $0.topic.rawValue, count: $0.count) }
        report.digests = [NamedDigest(name: "decisions", value: decisionDigest)]
        if let eventDigest { report.digests.append(NamedDigest(name: "events", value: eventDigest)) }
        report.notices = notes.map { RunNotice(.note, $0) }
        report.notices += errors.map { RunNotice(.warning, "\($0.what): \($0.why)") }
        return report
    }

    private var regimeShares: [RegimeShare] {
        regimes.map { regime in
            let own = trips.filter { $0.regime == regime.name }
            return RegimeShare(
                name: regime.name,
                timeShare: regime.timeShare,
                trades: own.count,
                net: own.reduce(.zero) { sum, trip in
                    (try? sum.adding(trip.profit.net ?? .zero)) ?? sum
                }
            )
        }
    }

    private var strategyResults: [StrategyResult] {
        strategies.map { line in
            let own = trips.filter { $0.strategy == line.strategy }
            return StrategyResult(
                name: line.strategy.rawValue,
                intents: line.intents,
                rejected: line.rejected,
                trades: own.count,
                won: own.count { ($0.profit.net ?? .zero) > .zero },
                profit: own.reduce(ProfitParts()) { sum, trip in
                    (try? sum.adding(ProfitParts(trip.profit))) ?? sum
                }
            )
        }
    }
}

extension ProfitParts {
    fileprivate init(_ split: ProfitSplit) {
        self.init(price: split.price, fees: split.fees, funding: split.funding, slippage: split.slippage)
    }
}

extension RoundTrip {
    fileprivate init(_ trip: BacktestTrip, barMilliseconds: Int64) {
        self.init(
            strategy: trip.strategy.rawValue,
            instrument: trip.instrument,
            side: trip.side,
            entryTime: trip.entryTime,
            entryPrice: trip.entryPrice,
            exitTime: trip.exitTime,
            exitPrice: trip.exitPrice,
            quantity: trip.quantity,
            profit: ProfitParts(trip.profit),
            barsHeld: Int((trip.exitTime - trip.entryTime) / max(1, barMilliseconds)),
            excursion: Excursion(trip),
            exitReason: trip.exitReason
        )
    }
}

extension RoundTrip.Excursion {
    fileprivate init?(_ trip: BacktestTrip) {
        let entry = trip.entryPrice.approximate
        guard let highest = trip.highest, let lowest = trip.lowest, entry > 0 else { return nil }
        let (up, down) = (highest.approximate / entry - 1, lowest.approximate / entry - 1)
        let isLong = trip.side == .buy
        self.init(favourable: max(0, isLong ? up : -down), adverse: min(0, isLong ? down : -up))
    }
}
