import Contracts
import ExecutionPlane
import RiskPlane

extension Configuration {
    /// Reads what the paper venue charges, how it fills, and how orders are placed at it.
    mutating func readVenue(_ reader: inout ConfigurationReader) {
        paper.takerFee = reader.ratio("paper.taker_fee", default: paper.takerFee)
        paper.makerFee = reader.ratio("paper.maker_fee", default: paper.makerFee)
        paper.orderLatencyMilliseconds = Int64(
            reader.whole("paper.order_latency_ms", in: 0...60_000, default: 0)
        )
        paper.reportLatencyMilliseconds = Int64(
            reader.whole("paper.report_latency_ms", in: 0...60_000, default: 0)
        )
        readMargin(&reader)
        portfolio.startingEquity = reader.money("paper.starting_equity", default: portfolio.startingEquity)
        portfolio.markIntervalMilliseconds = Int64(
            reader.whole(
                "paper.mark_interval_ms",
                in: 0...Int(Int32.max) * 1_000,
                default: Int(portfolio.markIntervalMilliseconds)
            )
        )
        portfolio.coin = risk.quoteCoin
        execution.positionMode = reader.choice("execution.position_mode", default: execution.positionMode)
        execution.triggerSource = reader.choice("execution.trigger", default: execution.triggerSource)
        execution.repegMilliseconds = Int64(
            reader.whole("execution.repeg_ms", in: 0...60_000, default: Int(execution.repegMilliseconds))
        )
        execution.instance = orderTag
        execution.entriesPerSecondMax = risk.orderRatePerSecondMax
        execution.entriesPerMinuteMax = risk.orderRatePerMinuteMax
        execution.entriesPerDayMax = risk.orderRatePerDayMax
    }

    /// What an instance's orders are told by: the first four of its letters and digits.
    private var orderTag: String { String(instance.filter { $0 != "-" }.prefix(4)) }

    /// The same, with orders whose names bear the journal's id too: intents are counted anew in each journal, and a name
    /// that came twice would be refused by the venue, or taken for the order of then.
    func namingOrders(after journal: String?) -> Configuration {
        guard let journal else { return self }
        var configuration = self
        configuration.execution.instance = "\(orderTag)-\(journal)"
        return configuration
    }

    private mutating func readMargin(_ reader: inout ConfigurationReader) {
        paper.leverage = reader.ratio("paper.leverage", in: 0...200, default: paper.leverage)
        paper.maintenanceRate = reader.ratio(
            "paper.maintenance_rate",
            in: 0...1,
            default: paper.maintenanceRate
        )
        if paper.leverage.approximate * paper.maintenanceRate.approximate >= 1 {
            reader.complain("paper.leverage", "a position would be liquidated as it opens")
            paper.leverage = 0
        }
        (portfolio.leverage, portfolio.maintenanceRate) = (paper.leverage, paper.maintenanceRate)
    }
}
