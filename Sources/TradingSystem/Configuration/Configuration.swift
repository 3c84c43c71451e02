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
    /// Where the clock follows the exchange's time: the time before its first message; nil: the machine's clock.
    package var exchangeClockStart: UnixMilliseconds?

    package var category = Category.linear
    package var symbols = ["BTCUSDT", "ETHUSDT"]
    package var streams = Self.defaultStreams
    /// Of the categories that have a list of their own.
    package var ownStreams: [Category: [String]] = [:]
    package var market = MarketSettings()
    package var features = FeatureSettings()
    package var context = ContextSettings()
    package var strategy = StrategySettings()
    /// How long one decision of a strategy may take.
    package var decisionBudgetMicroseconds: Int64 = 5_000
    package var risk = RiskLimits()
    package var paper = PaperVenueSettings()
    package var execution = ExecutionSettings()
    package var portfolio = PortfolioSettings()
    package var research = ResearchSettings()
    package var journal = JournalSettings()
    package var recorder = RecorderChoice()

    /// SHA-256 of the text it was read from, in hexadecimal.
    package private(set) var hash = ""

    /// Reads a TOML text; throws everything that is wrong with it at once.
    ///
    /// What `overriding` has goes before the text: values by key, as plain text; of lists, with + between.
    package init(
        text: String,
        file: String,
        overriding: [String: String] = [:]
    ) throws(ConfigurationError) {
        var reader = try ConfigurationReader(text: text, file: file, overriding: overriding)
        let changes = overriding.sorted { $0.key < $1.key }.map { "\n\($0.key)=\($0.value)" }
        hash = SHA256Digest.hex(of: (text + changes.joined()).utf8)
        readDaemon(&reader)
        readMarket(&reader)
        readFeatures(&reader)
        readStrategies(&reader)
        readRisk(&reader)
        readVenue(&reader)
        readJournal(&reader)
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
        readClock(&reader)
    }

    private mutating func readClock(_ reader: inout ConfigurationReader) {
        let start = reader.whole("daemon.clock_start_ms", in: 0...Int.max, default: 0)
        switch reader.text("daemon.clock", default: "system") {
        case "system": exchangeClockStart = nil
        case "exchange": exchangeClockStart = Int64(start)
        case let other:
            reader.complain("daemon.clock", "\"\(other)\" is none of system, exchange", code: "cfg.choice")
        }
    }

    func seconds(
        _ reader: inout ConfigurationReader,
        _ key: String,
        _ range: ClosedRange<Int>,
        _ milliseconds: Int64
    ) -> Int64 {
        Int64(reader.whole(key, in: range, default: Int(milliseconds / 1_000))) * 1_000
    }

    private mutating func readJournal(_ reader: inout ConfigurationReader) {
        journal.queueLimitEvents = reader.whole(
            "journal.queue_events",
            in: 1_024...1_048_576,
            default: journal.queueLimitEvents
        )
        journal.segmentBytesMax =
            reader.whole("journal.segment_mib", in: 1...4_096, default: journal.segmentBytesMax >> 20) << 20
        let days = 0...36_500
        journal.compressAfterDays = reader.whole(
            "journal.compress_after_days",
            in: days,
            default: journal.compressAfterDays
        )
        journal.retentionDays = reader.whole(
            "journal.retention_days",
            in: days,
            default: journal.retentionDays
        )
        journal.marketRetentionDays = reader.whole(
            "journal.market_retention_days",
            in: days,
            default: journal.marketRetentionDays
        )
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
}
