import AnalyticsPlane
import Contracts
import ControlPlane
import ExecutionPlane
import MarketPlane
import OpenSSL
import ResearchPlane
import RiskPlane
import StoragePlane
import StrategyPlane

/// Everything an operator can set, read and checked as a whole: `tradebot.toml(5)`.
package struct Configuration: Sendable {
    static let defaultStreams = ["tickers", "publicTrade", "orderbook.50", "kline.1"]

    package var instance = "main"
    package var mode = TradingMode.paper
    package var stateFolder = "/var/lib/tradebot"
    package var socketPath = "/run/tradebot/control.sock"
    package var logLevel = LogLevel.info

    package var category = Category.linear
    package var symbols = ["BTCUSDT", "ETHUSDT"]
    package var streams = Self.defaultStreams
    /// Of the categories that have a list of their own.
    package var ownStreams: [Category: [String]] = [:]
    package var market = MarketSettings()
    package var features = FeatureSettings()
    package var context = ContextSettings()
    package var strategy = StrategySettings()
    package var risk = RiskLimits()
    package var paper = PaperVenueSettings()
    package var portfolio = PortfolioSettings()
    package var research = ResearchSettings()
    package var journal = JournalSettings()
    package var recorder = RecorderChoice()

    /// SHA-256 of the text it was read from, in hexadecimal.
    package private(set) var hash = ""

    /// Reads a TOML text; throws everything that is wrong with it at once.
    package init(text: String, file: String) throws(ConfigurationError) {
        var reader = try ConfigurationReader(text: text, file: file)
        hash = SHA256Digest.hex(of: text.utf8)
        readDaemon(&reader)
        readMarket(&reader)
        readDecisions(&reader)
        readTrading(&reader)
        readResearch(&reader)
        readRecorder(&reader)
        try reader.finish()
    }

    var journalPath: String { stateFolder + "/journal.db" }
    var featureStorePath: String { stateFolder + "/features.db" }
    var lockPath: String { stateFolder + "/lock" }

    private mutating func readDaemon(_ reader: inout ConfigurationReader) {
        instance = reader.text("daemon.instance", default: instance)
        if instance.isEmpty || instance.utf8.count > 16 || !instance.utf8.allSatisfy(Self.isWordByte) {
            reader.complain("daemon.instance", "\"\(instance)\" is not 1 to 16 of a-z, 0-9 and -")
        }
        mode = reader.choice("daemon.mode", default: mode)
        if mode != .paper {
            reader.complain(
                "daemon.mode",
                "\"\(mode.rawValue)\" is not available: this version trades on paper only"
            )
        }
        stateFolder = reader.text("daemon.state_dir", default: stateFolder)
        socketPath = reader.text("control.socket", default: socketPath)
        logLevel = reader.choice("log.level", default: logLevel)
    }

    func seconds(
        _ reader: inout ConfigurationReader,
        _ key: String,
        _ range: ClosedRange<Int>,
        _ milliseconds: Int64
    ) -> Int64 {
        Int64(reader.whole(key, in: range, default: Int(milliseconds / 1_000))) * 1_000
    }

    private mutating func readDecisions(_ reader: inout ConfigurationReader) {
        let source = reader.text("features.bars", default: "trades")
        switch source {
        case "trades": features.source = .trades
        case "klines": features.source = .klines(minutes: 1)
        default:
            reader.complain("features.bars", "\"\(source)\" is none of trades, klines", code: "cfg.choice")
        }
        features.barSeconds = reader.whole(
            "features.bar_seconds",
            in: 1...86_400,
            default: features.barSeconds
        )
        features.emaFastBars = reader.whole(
            "features.ema_fast_bars",
            in: 1...10_000,
            default: features.emaFastBars
        )
        features.emaSlowBars = reader.whole(
            "features.ema_slow_bars",
            in: 2...10_000,
            default: features.emaSlowBars
        )
        if features.emaFastBars >= features.emaSlowBars {
            reader.complain("features.ema_fast_bars", "the fast average must be shorter than the slow one")
        }
        features.atrBars = reader.whole("features.atr_bars", in: 1...10_000, default: features.atrBars)
        features.volatilityBars = reader.whole(
            "features.volatility_bars",
            in: 2...10_000,
            default: features.volatilityBars
        )
        context.trendBegins = reader.fraction(
            "context.trend_begins",
            in: 0...100,
            default: context.trendBegins
        )
        context.trendEnds = reader.fraction("context.trend_ends", in: 0...100, default: context.trendEnds)
        if context.trendEnds > context.trendBegins {
            reader.complain("context.trend_ends", "a trend must end below the strength at which it begins")
        }
        readStrategy(&reader)
    }

    private mutating func readTrading(_ reader: inout ConfigurationReader) {
        risk.orderNotionalMax = reader.money("risk.order_notional_max", default: risk.orderNotionalMax)
        risk.positionNotionalMax = reader.money(
            "risk.position_notional_max",
            default: risk.positionNotionalMax
        )
        risk.grossNotionalMax = reader.money("risk.gross_notional_max", default: risk.grossNotionalMax)
        risk.equityMin = reader.money("risk.equity_min", default: risk.equityMin)
        risk.quoteCoin = reader.text("risk.quote_coin", default: risk.quoteCoin)
        risk.cooldownMilliseconds = Int64(
            reader.whole("risk.cooldown_ms", in: 0...86_400_000, default: Int(risk.cooldownMilliseconds))
        )
        risk.highVolatilityShare = reader.ratio(
            "risk.high_volatility_share",
            default: risk.highVolatilityShare
        )
        paper.takerFee = reader.ratio("paper.taker_fee", default: paper.takerFee)
        paper.makerFee = reader.ratio("paper.maker_fee", default: paper.makerFee)
        portfolio.startingEquity = reader.money("paper.starting_equity", default: portfolio.startingEquity)
        journal.queueLimitEvents = reader.whole(
            "journal.queue_events",
            in: 1_024...1_048_576,
            default: journal.queueLimitEvents
        )
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
}
