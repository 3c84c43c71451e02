/// The Orchestrator's wish for a market connection.
///
/// - Topic: `market:connect`; Orchestrator → MarketGateway.
package struct MarketConnectRequest: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let venue: String
    package let category: Category

    package init(meta: EventMeta, venue: String, category: Category) {
        self.meta = meta
        self.venue = venue
        self.category = category
    }
}

/// The Orchestrator's wish to end the market connections.
///
/// - Topic: `market:disconnect`; Orchestrator → MarketGateway.
package struct MarketDisconnectRequest: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let why: String

    package init(meta: EventMeta, why: String) {
        self.meta = meta
        self.why = why
    }
}

/// The streams an instrument can have.
package enum MarketStream: Hashable, Sendable {
    case ticker
    case trades
    case orderBook(depth: Int)
    /// Candles; the interval in minutes: a day 1,440, a week 10,080, a month by its nominal 43,200.
    case kline(minutes: Int)
    case liquidations
    case priceLimit
    /// Of a group of contracts that settle alike: `USDT`, `USDC` or `inverse` stands for the symbol.
    case adlAlert
    /// Of such a group too.
    case insurance
    /// The exchange's maintenance; of no symbol.
    case systemStatus
}

extension MarketStream: Codable, CustomStringConvertible {
    /// The candle lengths that the exchange names by a letter, by their minutes.
    private static let lengthNames = [1_440: "D", 10_080: "W", 43_200: "M"]

    package var description: String {
        switch self {
        case .ticker: "tickers"
        case .trades: "publicTrade"
        case .orderBook(let depth): "orderbook.\(depth)"
        case .kline(let minutes): "kline.\(Self.lengthNames[minutes] ?? String(minutes))"
        case .liquidations: "allLiquidation"
        case .priceLimit: "priceLimit"
        case .adlAlert: "adlAlert"
        case .insurance: "insurance"
        case .systemStatus: "system.status"
        }
    }

    /// Reads the exchange's topic name without the symbol; nil for one that is unknown.
    package init?(_ text: String) {
        switch text {
        case "tickers": self = .ticker
        case "publicTrade": self = .trades
        case let book where book.hasPrefix("orderbook."):
            guard let depth = Int(book.dropFirst(10)), depth > 0 else { return nil }
            self = .orderBook(depth: depth)
        case let kline where kline.hasPrefix("kline."):
            let length = String(kline.dropFirst(6))
            let named = Self.lengthNames.first { $0.value == length }?.key
            guard let minutes = named ?? Int(length), minutes > 0 else { return nil }
            self = .kline(minutes: minutes)
        case "allLiquidation": self = .liquidations
        case "priceLimit": self = .priceLimit
        case "adlAlert": self = .adlAlert
        case "insurance": self = .insurance
        case "system.status": self = .systemStatus
        default: return nil
        }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let stream = MarketStream(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no stream")
        }
        self = stream
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// The Orchestrator's wish for data.
///
/// - Topic: `market:subscribe`; Orchestrator → MarketGateway; each of the streams for each of the instruments.
package struct MarketSubscribeRequest: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let instruments: [Instrument]
    package let streams: [MarketStream]

    package init(meta: EventMeta, instruments: [Instrument], streams: [MarketStream]) {
        self.meta = meta
        self.instruments = instruments
        self.streams = streams
    }
}

/// A market connection is open and its subscriptions are sent.
///
/// - Topic: `market:connected`; root event from the WebSocket client.
package struct MarketConnected: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let connectionID: String
    package let category: Category
    /// 1 for the first connection of the run, then one more each time.
    package let attempt: Int

    package init(meta: EventMeta, connectionID: String, category: Category, attempt: Int) {
        self.meta = meta
        self.connectionID = connectionID
        self.category = category
        self.attempt = attempt
    }
}

/// A market connection is closed and cleaned up.
///
/// - Topic: `market:disconnected`; root event, once for each `market:connected`.
package struct MarketDisconnected: Hashable, Codable, Sendable {
    package enum Reason: String, Hashable, Codable, Sendable {
        /// The Orchestrator asked for it.
        case requested
        /// The other side, or the network, ended it.
        case closedByPeer
        /// Nothing came in for too long.
        case silence
        /// The connection failed.
        case failure
    }

    package var meta: EventMeta
    package let connectionID: String
    package let reason: Reason
    package let detail: String
    /// Nil when no retry follows.
    package let willRetryInMilliseconds: Int64?

    package init(
        meta: EventMeta,
        connectionID: String,
        reason: Reason,
        detail: String,
        willRetryInMilliseconds: Int64?
    ) {
        self.meta = meta
        self.connectionID = connectionID
        self.reason = reason
        self.detail = detail
        self.willRetryInMilliseconds = willRetryInMilliseconds
    }

    private enum CodingKeys: String, CodingKey {
        case meta
        case connectionID = "connectionId"
        case reason, detail
        case willRetryInMilliseconds = "willRetryInMs"
    }
}

/// Something about the market feed broke.
///
/// - Topic: `market:error`; root event from the WebSocket client or the instruments' loader.
package struct MarketErrorEvent: Hashable, Codable, Sendable {
    package var meta: EventMeta
    package let connectionID: String
    /// Whose data it is about; nil where it is about the connection.
    package let instrument: Instrument?
    /// Which of its streams broke; nil where it is about all of them.
    package let stream: MarketStream?
    /// A stable dotted code, as `connect.refused`, `frame.malformed`, `subscribe.refused`.
    package let code: String
    package let what: String
    package let why: String
    package let willRetryInMilliseconds: Int64?

    package init(
        meta: EventMeta,
        connectionID: String,
        instrument: Instrument? = nil,
        stream: MarketStream? = nil,
        code: String,
        what: String,
        why: String,
        willRetryInMilliseconds: Int64? = nil
    ) {
        self.meta = meta
        self.connectionID = connectionID
        self.instrument = instrument
        self.stream = stream
        self.code = code
        self.what = what
        self.why = why
        self.willRetryInMilliseconds = willRetryInMilliseconds
    }

    private enum CodingKeys: String, CodingKey {
        case meta
        case connectionID = "connectionId"
        case instrument, stream, code, what, why
        case willRetryInMilliseconds = "willRetryInMs"
    }
}

extension MarketConnected {
    private enum CodingKeys: String, CodingKey {
        case meta
        case connectionID = "connectionId"
        case category, attempt
    }
}
