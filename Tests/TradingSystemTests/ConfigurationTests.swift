import Contracts
import ControlPlane
import FoundationEssentials
import MarketPlane
import RiskPlane
import StrategyPlane
import Testing

@testable import TradingSystem

@Suite struct `The configuration` {
    private func problems(_ text: String) -> [ConfigurationError.Problem] {
        do throws(ConfigurationError) {
            _ = try Configuration(text: text, file: "t.toml")
            return []
        } catch {
            return error.problems
        }
    }

    /// Everything in it but the hash of its text.
    private func settings(_ configuration: Configuration) -> String {
        Mirror(reflecting: configuration).children.filter { $0.label != "hash" }
            .map { "\($0.label ?? "?") = \($0.value)" }.joined(separator: "\n")
    }

    @Test func `has the defaults that deploy/tradebot.toml shows`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "deploy/tradebot.toml"))
        let sample = try Configuration(text: String(decoding: data, as: UTF8.self), file: "tradebot.toml")
        let defaults = try Configuration(text: "", file: "none")
        #expect(settings(sample) == settings(defaults))
        #expect(sample.hash != defaults.hash)
    }

    @Test func `takes what is set`() throws {
        let configuration = try Configuration(
            text: """
                [market]
                category = "inverse"
                symbols = ["ETHUSD", "BTCUSD"]
                stale_ms = 700
                [risk]
                order_notional_max = "12.50"
                [strategy.ema_cross]
                enabled = false
                """,
            file: "t.toml"
        )
        #expect(configuration.instruments.map(\.description) == ["inverse:BTCUSD", "inverse:ETHUSD"])
        #expect(configuration.market.staleMilliseconds == 700)
        #expect(configuration.risk.orderNotionalMax.description == "12.50")
        #expect(configuration.strategy.emaCross == nil)
    }

    @Test func `gives each category the streams that it has`() throws {
        let configuration = try Configuration(
            text: """
                [market]
                symbols = ["BTCUSDT", "spot:BTCUSDT", "option:BTC-13FEB26-89000-P-USDT"]
                streams_spot = ["orderbook.1", "kline.D", "system.status"]
                """,
            file: "t.toml"
        )
        #expect(
            configuration.subscriptions.map { "\($0.instruments) \($0.streams)" } == [
                "[linear:BTCUSDT] [tickers, publicTrade, orderbook.50, kline.1]",
                "[option:BTC-13FEB26-89000-P-USDT] [tickers, publicTrade, orderbook.25]",
                "[spot:BTCUSDT] [orderbook.1, kline.D, system.status]",
            ]
        )
    }

    @Test(arguments: [
        ("daemon.instance", "cfg.conflict", "[daemon]\ninstance = \"A b\""),
        ("daemon.mode", "cfg.conflict", "[daemon]\nmode = \"live\""),
        ("daemon.mode", "cfg.choice", "[daemon]\nmode = \"fast\""),
        ("daemon.state_dir", "cfg.type", "[daemon]\nstate_dir = 7"),
        ("log.level", "cfg.choice", "[log]\nlevel = \"loud\""),
        ("market.category", "cfg.choice", "[market]\ncategory = \"futures\""),
        ("market.symbols", "cfg.conflict", "[market]\nsymbols = []"),
        ("market.symbols", "cfg.conflict", "[market]\nsymbols = [\"A\", \"A\"]"),
        ("market.symbols", "cfg.type", "[market]\nsymbols = [\"A B\"]"),
        ("market.symbols", "cfg.type", "[market]\nsymbols = [1]"),
        ("market.streams", "cfg.choice", "[market]\nstreams = [\"orderbook\"]"),
        ("market.streams", "cfg.choice", "[market]\nstreams = [\"orderbook.500\"]"),
        ("market.streams", "cfg.choice", "[market]\nstreams = [\"kline.2\"]"),
        ("market.streams", "cfg.choice", "[market]\ncategory = \"spot\"\nstreams = [\"allLiquidation\"]"),
        ("market.streams_option", "cfg.choice", "[market]\nstreams_option = [\"kline.1\"]"),
        ("market.symbols", "cfg.conflict", "[market]\nsymbols = [\"A\", \"linear:A\"]"),
        ("market.symbols", "cfg.type", "[market]\nsymbols = [\"future:A\"]"),
        ("market.connects_max", "cfg.range", "[market]\nconnects_max = 401"),
        ("market.ws_url", "cfg.conflict", "[market]\nws_url = \"http://x\""),
        ("market.rest_url", "cfg.conflict", "[market]\nrest_url = \"x\""),
        ("market.ping_seconds", "cfg.range", "[market]\nping_seconds = 0"),
        ("market.ping_seconds", "cfg.type", "[market]\nping_seconds = \"20\""),
        ("market.stale_ms", "cfg.range", "[market]\nstale_ms = 99"),
        ("features.bars", "cfg.choice", "[features]\nbars = \"ticks\""),
        ("features.ema_fast_bars", "cfg.conflict", "[features]\nema_fast_bars = 26"),
        ("context.trend_begins", "cfg.range", "[context]\ntrend_begins = 101"),
        ("context.trend_ends", "cfg.conflict", "[context]\ntrend_ends = 0.7"),
        ("context.timeframe_seconds", "cfg.conflict", "[context]\ntimeframe_seconds = 300"),
        (
            "strategy.ema_cross.timeframe_seconds", "cfg.conflict",
            "[strategy.ema_cross]\ntimeframe_seconds = 300"
        ),
        ("features.computed", "cfg.conflict", "[features]\ncomputed = [\"ema_fast\", \"atr\"]"),
        (
            "features.computed", "cfg.conflict",
            """
            [features]
            computed = ["ema_fast", "ema_slow"]
            [strategy.ema_cross]
            trends = ["up"]
            """
        ),
        ("strategy.slippage_max", "cfg.type", "[strategy]\nslippage_max = 0.001"),
        ("strategy.ema_cross.enabled", "cfg.type", "[strategy.ema_cross]\nenabled = 1"),
        ("strategy.ema_cross.trends", "cfg.choice", "[strategy.ema_cross]\ntrends = [\"sideways\"]"),
        ("risk.order_notional_max", "cfg.range", "[risk]\norder_notional_max = -1"),
        ("risk.order_notional_max", "cfg.type", "[risk]\norder_notional_max = \"1e3\""),
        ("risk.order_notional_max", "cfg.type", "[risk]\norder_notional_max = 0.1"),
        ("research.rollback_severity", "cfg.choice", "[research]\nrollback_severity = \"often\""),
        ("journal.queue_events", "cfg.range", "[journal]\nqueue_events = 1"),
        ("journal.segment_mib", "cfg.range", "[journal]\nsegment_mib = 0"),
        ("journal.market_retention_days", "cfg.range", "[journal]\nmarket_retention_days = -1"),
        ("recorder.enabled", "cfg.type", "[recorder]\nenabled = 1"),
        ("recorder.segment_mib", "cfg.range", "[recorder]\nsegment_mib = 0"),
        ("recorder.segment_minutes", "cfg.range", "[recorder]\nsegment_minutes = 1441"),
        ("recorder.retention_days", "cfg.range", "[recorder]\nretention_days = -1"),
    ])
    func `names the key and the kind of every error`(key: String, code: String, text: String) {
        let found = problems(text)
        #expect(found.map(\.place) == ["t.toml: \(key)"], "\(found)")
        #expect(found.map(\.code) == [code], "\(found)")
    }

    @Test func `refuses a key that nobody knows and suggests the nearest`() {
        let found = problems("[market]\nsymbol = [\"BTCUSDT\"]")
        #expect(found.map(\.code) == ["cfg.unknown"])
        #expect(found.map(\.place) == ["t.toml: market.symbol"])
        #expect(found.first?.text.contains("did you mean market.symbols?") == true)
    }

    @Test func `tells everything that is wrong at once`() {
        let found = problems(
            """
            [daemon]
            mode = "fast"
            [market]
            stale_ms = 1
            colour = "red"
            [risk]
            equity_min = true
            """
        )
        #expect(
            found.map(\.place) == [
                "t.toml: daemon.mode", "t.toml: market.stale_ms", "t.toml: risk.equity_min",
                "t.toml: market.colour",
            ]
        )
        #expect(ConfigurationError(problems: found).description.hasSuffix("4 errors"))
    }

    @Test func `says where the text is no TOML`() {
        let found = problems("[daemon]\ninstance = ")
        #expect(found.map(\.code) == ["cfg.syntax"])
        #expect(found.first?.place.hasPrefix("t.toml:2:") == true)
    }

    @Test func `says that there is no such file`() {
        #expect(throws: ConfigurationError.self) {
            try Configuration(contentsOf: "/nonexistent/tradebot.toml")
        }
    }
}
