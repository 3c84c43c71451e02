import Contracts

/// Figures of some round trips, in their order; nil where there is none to take a figure of.
struct TradeSample {
    let count: Int
    /// 0 to 1.
    let wonShare: Double?
    let longestLosingRun: Int
    let barsHeldMean: Double?
    /// Gains over losses; nil without a loss.
    let profitFactor: Double?
    let net: Double
    /// Fees, funding and slippage, below zero where they were paid.
    let costs: Double
    let mean: Double?
    let gainMean: Double?
    let lossMean: Double?
    let best: Double?
    let worst: Double?

    init(_ trades: some Sequence<RoundTrip>) {
        let trades = Array(trades)
        let nets = trades.map(\.profit.approximateNet)
        let (gains, losses) = (nets.filter { $0 > 0 }, nets.filter { $0 < 0 })
        count = nets.count
        wonShare = nets.isEmpty ? nil : Double(gains.count) / Double(nets.count)
        longestLosingRun = nets.split { $0 >= 0 }.map(\.count).max() ?? 0
        barsHeldMean = Self.mean(trades.map { Double($0.barsHeld) })
        profitFactor = losses.isEmpty ? nil : gains.reduce(0, +) / -losses.reduce(0, +)
        net = nets.reduce(0, +)
        costs = trades.reduce(0) { $0 + $1.profit.approximateNet - $1.profit.price.approximate }
        mean = Self.mean(nets)
        gainMean = Self.mean(gains)
        lossMean = Self.mean(losses)
        best = nets.max()
        worst = nets.min()
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
