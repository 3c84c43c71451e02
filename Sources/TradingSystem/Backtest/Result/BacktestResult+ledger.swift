import Contracts
import HistoricalData

extension BacktestResult {
    /// Reads what the ledger has kept; it is at its end.
    mutating func take(_ ledger: BacktestLedger) throws(NumberError) {
        account = ledger.account
        finalEquity = ledger.curve.points.last?.equity ?? startingEquity.approximate
        curve = ledger.curve.points
        drawdownMax = ledger.curve.drawdownMax
        if ledger.curve.count > 0 {
            exposureMean = ledger.curve.grossSum / Double(ledger.curve.count)
            exposureShare = Double(ledger.curve.heldCount) / Double(ledger.curve.count)
        }
        profit = try Self.split(ledger)
        orderCount = ledger.orderCount
        fillCount = ledger.fillCount
        fills = ledger.fills
        tripCount = ledger.trips.closedCount
        wonCount = ledger.trips.wonCount
        trips = ledger.trips.closed
        openPositions = ledger.trips.openTrips.map {
            OpenPosition(instrument: $0.instrument, quantity: $0.held)
        }
        strategies = ledger.strategies.lines.map {
            StrategyLine(strategy: $0.strategy, intents: $0.intents, rejected: $0.rejected)
        }
        regimes = ledger.regimes.shares(until: last).map { Regime(name: $0.name, timeShare: $0.share) }
        rejections = RiskCheck.allCases.compactMap { check in
            ledger.rejections[check].map { Rejection(check: check, count: $0) }
        }
        errors = ledger.errors
        errorCount = ledger.counts[.errorEvent] ?? 0
    }

    /// Prices brought what the books won, and what slippage took of it.
    private static func split(_ ledger: BacktestLedger) throws(NumberError) -> ProfitSplit {
        var split = ProfitSplit()
        guard let account = ledger.account else { return split }
        split.slippage = ledger.trips.slippage
        split.fees = account.fees
        split.funding = account.funding
        split.price = try account.realisedProfit.adding(account.unrealisedProfit).adding(split.slippage)
        return split
    }
}
