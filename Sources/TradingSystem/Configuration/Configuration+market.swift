import Contracts
import ControlPlane
import MarketPlane

/// What is watched, over which connections, and when it counts as dead.
extension Configuration {
    private static let optionStreams = ["tickers", "publicTrade", "orderbook.25"]

    /// The instruments to watch and trade, in order.
    package var instruments: [Instrument] { symbols.compactMap(instrument).sorted() }

    /// What each category's instruments are watched by, in order of category.
    package var subscriptions: [MarketSubscription] {
        let groups = Dictionary(grouping: instruments, by: \.category).sorted { $0.key < $1.key }
        return groups.map { category, instruments in
            MarketSubscription(
                instruments: instruments,
                streams: streamNames(of: category).compactMap(MarketStream.init)
            )
        }
    }

    mutating func readMarket(_ reader: inout ConfigurationReader) {
        category = reader.choice("market.category", default: category)
        symbols = reader.list("market.symbols", default: symbols)
        if symbols.isEmpty {
            reader.complain(
                "market.symbols",
                "no symbol: name at least one, as [\"BTCUSDT\"] or [\"spot:BTCUSDT\"]"
            )
        }
        for symbol in symbols where instrument(symbol) == nil {
            reader.complain("market.symbols", "\"\(symbol)\" is no symbol", code: "cfg.type")
        }
        if Set(instruments).count != instruments.count {
            reader.complain("market.symbols", "a symbol stands there twice")
        }
        readStreams(&reader)
        readAddresses(&reader)
        readConnections(&reader)
        readMarketRest(&reader)
    }

    /// `BTCUSDT` is of the category that `market.category` names, `spot:BTCUSDT` of its own.
    private func instrument(_ text: String) -> Instrument? {
        if text.contains(":") { return Instrument(text) }
        return Symbol(text).map { Instrument(category: category, symbol: $0) }
    }

    private func streamNames(of category: Category) -> [String] {
        if let own = ownStreams[category] { return own }
        return category == .option && streams == Self.defaultStreams ? Self.optionStreams : streams
    }

    private mutating func readStreams(_ reader: inout ConfigurationReader) {
        streams = reader.list("market.streams", default: streams)
        for category in Category.allCases {
            let own = reader.list("market.streams_\(category.rawValue)", default: [])
            if !own.isEmpty { ownStreams[category] = own }
        }
        let used = Set(instruments.map(\.category))
        complain(about: streams, key: "market.streams", of: used.filter { ownStreams[$0] == nil }, &reader)
        for (category, names) in ownStreams.sorted(by: { $0.key < $1.key }) {
            complain(about: names, key: "market.streams_\(category.rawValue)", of: [category], &reader)
        }
    }

    private func complain(
        about names: [String],
        key: String,
        of categories: Set<Category>,
        _ reader: inout ConfigurationReader
    ) {
        for name in names {
            guard let stream = MarketStream(name) else {
                reader.complain(
                    key,
                    "\"\(name)\" is none of tickers, publicTrade, orderbook.N, kline.N, allLiquidation, "
                        + "priceLimit, adlAlert, insurance, system.status",
                    code: "cfg.choice"
                )
                continue
            }
            for category in categories.sorted() where !(key == "market.streams" && isDefault(category)) {
                guard let refusal = StreamCatalogue.refusal(of: stream, in: category) else { continue }
                let way =
                    key == "market.streams"
                    ? "; give \(category.rawValue) its own list in \(key)_\(category.rawValue)" : ""
                reader.complain(key, refusal + way, code: "cfg.choice")
            }
        }
    }

    private func isDefault(_ category: Category) -> Bool {
        category == .option && streams == Self.defaultStreams
    }

    private mutating func readAddresses(_ reader: inout ConfigurationReader) {
        market.publicURL = reader.text("market.ws_url", default: market.publicURL)
        market.restURL = reader.text("market.rest_url", default: market.restURL)
        for (key, url, schemes) in [
            ("market.ws_url", market.publicURL, ["ws://", "wss://"]),
            ("market.rest_url", market.restURL, ["http://", "https://"]),
        ] where !schemes.contains(where: url.hasPrefix) {
            reader.complain(key, "\"\(url)\" does not begin with \(schemes.joined(separator: " or "))")
        }
        let authority = reader.text("market.ca_file", default: "")
        market.caFile = authority.isEmpty ? nil : authority
    }

    private mutating func readConnections(_ reader: inout ConfigurationReader) {
        market.pingMilliseconds = seconds(&reader, "market.ping_seconds", 1...60, market.pingMilliseconds)
        market.pongMilliseconds = seconds(&reader, "market.pong_seconds", 1...60, market.pongMilliseconds)
        market.silenceMilliseconds = seconds(
            &reader,
            "market.silence_seconds",
            1...600,
            market.silenceMilliseconds
        )
        market.connectMilliseconds = seconds(
            &reader,
            "market.connect_timeout_seconds",
            1...120,
            market.connectMilliseconds
        )
        market.connectCountMax = reader.whole(
            "market.connects_max",
            in: 1...400,
            default: market.connectCountMax
        )
        market.connectionTopicsMax = reader.whole(
            "market.connection_topics_max",
            in: 1...2_000,
            default: market.connectionTopicsMax
        )
        market.staleMilliseconds = Int64(
            reader.whole("market.stale_ms", in: 100...600_000, default: Int(market.staleMilliseconds))
        )
        market.staleExchangeMilliseconds = Int64(
            reader.whole(
                "market.stale_exchange_ms",
                in: 100...600_000,
                default: Int(market.staleExchangeMilliseconds)
            )
        )
        market.bookCheckMilliseconds = seconds(
            &reader,
            "market.book_check_seconds",
            0...86_400,
            market.bookCheckMilliseconds
        )
    }
}
