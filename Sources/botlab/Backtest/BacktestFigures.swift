import Contracts
import Performance
import TradingSystem

/// The figures of one run: for the summary, for JSON and for the table of a sweep.
struct BacktestFigures: Encodable {
    let decisionDigest: String
    let decisions: Int
    let eventDigest: String?
    let seed: UInt64
    let first: UnixMilliseconds
    let last: UnixMilliseconds
    let coin: String
    let startingEquity: Money
    let finalEquity: Double
    let price: Money
    let fees: Money
    let funding: Money
    let slippage: Money
    let orders: Int
    let fills: Int
    let trades: Int
    let won: Int
    let exposureMean: Double
    let exposureShare: Double
    let rejected: Int
    let errors: Int
    let rootEvents: Int
    let events: UInt64
    let cpuSeconds: Double
    let wallSeconds: Double
    let performance: PerformanceReport

    init(_ result: BacktestResult, among trials: SharpeTrials? = nil) {
        decisionDigest = result.decisionDigest
        decisions = result.decisionCount
        eventDigest = result.eventDigest
        seed = result.seed
        (first, last) = (result.first, result.last)
        coin = result.coin
        startingEquity = result.startingEquity
        finalEquity = result.finalEquity
        price = result.profit.price
        fees = result.profit.fees
        funding = result.profit.funding
        slippage = result.profit.slippage
        orders = result.orderCount
        fills = result.fillCount
        trades = result.tripCount
        won = result.wonCount
        exposureMean = result.exposureMean
        exposureShare = result.exposureShare
        rejected = result.rejections.reduce(0) { $0 + $1.count }
        errors = result.errorCount
        rootEvents = result.rootCount
        events = result.eventCount
        cpuSeconds = result.timing.cpuSeconds
        wallSeconds = result.timing.wallSeconds
        performance = PerformanceReport(result.returns, among: trials)
    }

    private enum CodingKeys: String, CodingKey {
        case decisionDigest = "decision_digest"
        case decisions
        case eventDigest = "event_digest"
        case seed, first, last, coin
        case startingEquity = "starting_equity"
        case finalEquity = "final_equity"
        case price = "price_profit"
        case fees, funding, slippage, orders, fills, trades, won
        case exposureMean = "exposure_mean"
        case exposureShare = "exposure_share"
        case rejected, errors
        case rootEvents = "root_events"
        case events
        case cpuSeconds = "cpu_seconds"
        case wallSeconds = "wall_seconds"
        case performance
    }
}
