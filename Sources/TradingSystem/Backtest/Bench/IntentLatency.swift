import AnalyticsPlane
import BybitProtocol
import Contracts
import EventKernel
import ExecutionPlane
import RiskPlane
import StrategyPlane

/// From the bytes of a trade's frame to the approved intent that follows from it, in one process and on one thread.
///
/// A market of one instrument, whose bars of one second rise and fall in turn, so that the averages cross at each: the
/// frame that ends a bar is read, folded into every feature, decided on and checked by every risk check.
package enum IntentLatency {
    package struct Outcome: Sendable {
        /// Of each frame that led to an approved intent.
        package var nanoseconds: [Int64] = []
        package var frameCount = 0
    }

    private static let start: UnixMilliseconds = 1_700_000_000_000
    /// Of one bar, a book's change before each.
    private static let tradesPerBar = 20

    /// Measures until so many bars are over.
    package static func measure(bars: Int) throws -> Outcome {
        guard let symbol = Symbol("BTCUSDT") else { return Outcome() }
        let instrument = Instrument(category: .linear, symbol: symbol)
        let kernel = Kernel()
        _ = BacktestPlanes(settings, kernel: kernel)
        var approvals = 0
        kernel.bus.on(ApprovedIntent.self, as: .backtestHost) { _ in approvals += 1 }
        BacktestPlanes.open([spec(of: instrument)], at: start, .running, kernel: kernel)

        var (decoder, output) = (PublicFrameDecoder(category: .linear), DecodedFrame())
        var outcome = Outcome()
        func tell(_ frame: [UInt8], at time: UnixMilliseconds) throws(WireError) {
            let (before, begin) = (approvals, MonotonicTime.nanoseconds)
            try decoder.decode(frame, receivedAt: time, into: &output)
            for event in output.events { kernel.ingest(event) }
            let end = MonotonicTime.nanoseconds
            outcome.frameCount += 1
            if approvals > before { outcome.nanoseconds.append(end - begin) }
        }
        try tell(book(updateID: 1, middle: 1_000_000, isSnapshot: true, at: start), at: start)
        for bar in 0..<bars {
            let middle = bar.isMultiple(of: 2) ? 1_001_000 : 999_000
            for index in 0..<tradesPerBar {
                let number = bar * tradesPerBar + index + 1
                let time = start + Int64(bar) * 1_000 + Int64(index * (1_000 / tradesPerBar))
                try tell(book(updateID: number + 1, middle: middle, isSnapshot: false, at: time), at: time)
                try tell(trade(number, price: middle, at: time), at: time)
            }
        }
        return outcome
    }

    private static var settings: BacktestSettings {
        var settings = BacktestSettings()
        settings.features = FeatureSettings(source: .trades, barSeconds: 1, emaFastBars: 2, emaSlowBars: 5)
        settings.strategy.emaCross = EMACrossSettings(
            options: StrategyOptions(
                id: StrategyID("ema-cross"),
                sizing: .quantity(Quantity(units: 1, scale: 3)),
                slippageMax: Ratio(units: 5, scale: 1)
            ),
            mode: .always
        )
        settings.risk = limits
        settings.venue = PaperVenueSettings(liquidity: .book)
        settings.portfolio.startingEquity = 100_000_000
        return settings
    }

    /// Every check asks; none of them ever refuses.
    private static var limits: RiskLimits {
        var limits = RiskLimits.widest.forBareData
        (limits.orderRatePerSecondMax, limits.orderRatePerMinuteMax) = (1_000, 100_000)
        (limits.orderRatePerDayMax, limits.runawayApprovalsMax) = (100_000_000, 1_000_000)
        limits.dailyLossMax = Money(units: 100_000_000, scale: 0)
        (limits.drawdownMax, limits.spreadMax, limits.collarMax) = (1, 1, 1)
        (limits.leverageMax, limits.marginShareMax) = (100, 1)
        limits.liquidationDistanceMin = Ratio(units: 1, scale: 6)
        limits.netNotionalMax = limits.grossNotionalMax
        limits.strategyBudgetMax = limits.grossNotionalMax
        return limits
    }

    private static func spec(of instrument: Instrument) -> InstrumentSpec {
        InstrumentSpec(
            meta: EventMeta(source: .market, ts: start),
            instrument: instrument,
            baseCoin: "BTC",
            quoteCoin: "USDT",
            status: .trading,
            tickSize: Price(units: 1, scale: 1),
            quantityStep: Quantity(units: 1, scale: 3),
            quantityMin: Quantity(units: 1, scale: 3)
        )
    }

    private static func trade(_ number: Int, price: Int, at time: UnixMilliseconds) -> [UInt8] {
        let id = "20f43950-d8dd-5b31-9112-" + String(100_000_000_000 + number)
        return Array(
            """
            {"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":\(time),"data":[{"T":\(time),"s":"BTCUSDT",\
            "S":"Buy","v":"0.001","p":"\(text(price))","L":"PlusTick","i":"\(id)","BT":false}]}
            """.utf8
        )
    }

    /// Twenty-five levels a side, or the change of two.
    private static func book(
        updateID: Int,
        middle: Int,
        isSnapshot: Bool,
        at time: UnixMilliseconds
    ) -> [UInt8] {
        let count = isSnapshot ? 25 : 1
        let bids = (1...count).map { #"["\#(text(990_000 - $0))","\#($0 + updateID % 7)"]"# }
        let asks = (1...count).map { #"["\#(text(1_010_000 + $0))","\#($0 + updateID % 5)"]"# }
        return Array(
            """
            {"topic":"orderbook.50.BTCUSDT","type":"\(isSnapshot ? "snapshot" : "delta")","ts":\(time),"data":\
            {"s":"BTCUSDT","b":[\(bids.joined(separator: ","))],"a":[\(asks.joined(separator: ","))],\
            "u":\(updateID),"seq":\(updateID)},"cts":\(time)}
            """.utf8
        )
    }

    /// A price in tenths.
    private static func text(_ price: Int) -> String { "\(price / 10).\(price % 10)" }
}
