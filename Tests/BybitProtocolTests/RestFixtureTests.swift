import BybitProtocol
import Contracts
import Foundation
import Testing

/// JSON read by Foundation: the other opinion that ours is held to.
enum PlainJSON: Decodable, Hashable {
    case null
    case flag(Bool)
    case number(Foundation.Decimal)
    case text(String)
    case list([PlainJSON])
    case object([String: PlainJSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Foundation.Decimal.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([PlainJSON].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: PlainJSON].self))
        }
    }

    subscript(name: String) -> PlainJSON? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    var list: [PlainJSON]? { if case .list(let list) = self { list } else { nil } }
    var text: String? {
        switch self {
        case .text(let text): text.isEmpty ? nil : text
        case .number(let number): "\(number)"
        case .null, .flag, .list, .object: nil
        }
    }
    var decimal: Foundation.Decimal? { text.flatMap { Foundation.Decimal(string: $0) } }
    var flag: Bool { self == .flag(true) }

    /// A column of a row, by place or by the name that re-encoded recordings give it.
    func column(_ index: Int, _ name: String) -> PlainJSON? {
        if let list { list.indices.contains(index) ? list[index] : nil } else { self[name] }
    }
}

func plain<Kind>(_ value: Decimal64<Kind>?) -> Foundation.Decimal? {
    value.flatMap { Foundation.Decimal(string: $0.description) }
}
func plain(_ value: Money?) -> Foundation.Decimal? {
    // No closure takes the amount: unoptimised, the compiler misaligns an optional one on the stack.
    guard let value else { return nil }
    return Foundation.Decimal(string: value.description)
}
func plain(_ value: Int64?) -> Foundation.Decimal? { value.map { Foundation.Decimal($0) } }

/// One recorded answer: its body, what Foundation says of it, and its kind where the file names it.
struct RecordedAnswer {
    let name: String
    let body: [UInt8]
    let json: PlainJSON
    let path: String?

    /// Every answer of the public REST interface among the recordings.
    static func all() throws -> [RecordedAnswer] {
        var answers: [RecordedAnswer] = []
        for file in Recordings.files("rest-public") {
            var text = try String(contentsOf: file, encoding: .utf8)
            var path: String?
            if file.pathExtension == "txt" {
                let lines = text.split(separator: "\n", maxSplits: 3, omittingEmptySubsequences: false)
                path = String(lines[1])
                text = String(lines[3])
            }
            answers.append(try RecordedAnswer(file.lastPathComponent, text, path: path))
        }
        for file in Recordings.files("mixed") where file.pathExtension == "json" {
            let samples = try JSONDecoder().decode([PlainJSON].self, from: Data(contentsOf: file))
            for (index, sample) in samples.enumerated() where sample["data"]?["result"] != nil {
                guard let function = sample["function"]?.text, marketFunctions.contains(function),
                    let data = sample["data"]
                else { continue }
                answers.append(
                    try RecordedAnswer("\(file.lastPathComponent) \(index)", Self.text(data), path: nil)
                )
            }
        }
        return answers
    }

    private static let marketFunctions: Set = [
        "fetch_time", "fetch_spot_markets", "fetch_future_markets", "fetch_option_markets", "fetch_ticker",
        "fetch_tickers", "fetch_funding_rates", "fetch_funding_rate_history", "fetch_order_book",
        "fetch_ohlcv", "fetch_trades", "fetch_open_interest", "fetch_volatility_history",
    ]

    private init(_ name: String, _ text: String, path: String?) throws {
        self.name = name
        self.path = path
        body = Array(text.utf8)
        json = try JSONDecoder().decode(PlainJSON.self, from: Data(body))
    }

    private static func text(_ json: PlainJSON) -> String {
        switch json {
        case .null: "null"
        case .flag(let flag): "\(flag)"
        case .number(let number): "\(number)"
        case .text(let text): "\"\(text)\""
        case .list(let list): "[" + list.map(text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { "\"\($0.key)\":" + text($0.value) }.joined(separator: ",") + "}"
        }
    }

    /// Whether only what stands inside `result` was kept.
    var isBare: Bool { json["result"] == nil }

    var result: PlainJSON {
        if let result = json["result"] { return result }
        for name in ["LinearInverse", "Option", "Spot"] {
            if let wrapped = json[name], wrapped != .null { return wrapped }
        }
        return json
    }

    var rows: [PlainJSON] { (result["list"] ?? result).list ?? [] }

    /// Reads it twice where it names its kind: the kind must be recognised without the name too.
    func read() throws -> MarketAnswer {
        let context = AnswerContext(
            category: result["category"] == nil ? .linear : nil,
            receivedAt: 1_800_000_000_000
        )
        guard !isBare else { return try MarketAnswer(readingResult: body, context: context) }
        // A few recordings lack the envelope's code.
        let body = json["retCode"] == nil ? Array(#"{"retCode":0,"#.utf8) + self.body.dropFirst() : self.body
        if let path {
            let kind = try #require(MarketAnswerKind(rawValue: path), "\(name)")
            return try MarketAnswer(reading: body, kind: kind, context: context)
        }
        return try MarketAnswer(reading: body, context: context)
    }
}

@Suite struct `Recorded REST answers` {
    @Test func `are all read to the values they hold`() throws {
        let answers = try RecordedAnswer.all()
        for recorded in answers {
            let answer = try recorded.read()
            #expect(answer.refused.isEmpty, "\(recorded.name): \(answer.refused.first?.why ?? "")")
            try compare(answer, recorded)
        }
        if !answers.isEmpty { #expect(answers.count > 30) }
    }

    private func compare(_ answer: MarketAnswer, _ recorded: RecordedAnswer) throws {
        let (rows, name, result) = (recorded.rows, Comment(rawValue: recorded.name), recorded.result)
        switch answer.content {
        case .serverTime(let nanoseconds): #expect(result["timeNano"]?.text == "\(nanoseconds)", name)
        case .instruments(let rules):
            #expect(rules.count == rows.count && !rows.isEmpty, name)
            for (rule, row) in zip(rules, rows) { compare(rule, row, name) }
        case .klines(let candles):
            #expect(candles.count == rows.count && !rows.isEmpty, name)
            let byStart = Dictionary(grouping: rows) { $0.column(0, "StartTime")?.decimal }
            for candle in candles {
                let row = byStart[plain(candle.start)]?.first
                #expect(plain(candle.open) == row?.column(1, "Open")?.decimal, name)
                #expect(plain(candle.high) == row?.column(2, "High")?.decimal, name)
                #expect(plain(candle.low) == row?.column(3, "Low")?.decimal, name)
                #expect(plain(candle.close) == row?.column(4, "Close")?.decimal, name)
                #expect(plain(candle.volume) == row?.column(5, "Volume")?.decimal, name)
                #expect(plain(candle.turnover) == row?.column(6, "Turnover")?.decimal, name)
            }
            #expect(candles.map(\.start) == candles.map(\.start).sorted(), name)
        case .priceKlines(let candles):
            #expect(candles.count == rows.count && !rows.isEmpty, name)
            for (candle, row) in zip(candles.reversed(), rows) {
                #expect(plain(candle.start) == row.column(0, "StartTime")?.decimal, name)
                #expect(plain(candle.open) == row.column(1, "Open")?.decimal, name)
                #expect(plain(candle.high) == row.column(2, "High")?.decimal, name)
                #expect(plain(candle.low) == row.column(3, "Low")?.decimal, name)
                #expect(plain(candle.close) == row.column(4, "Close")?.decimal, name)
            }
        case .tickers(let tickers):
            #expect(tickers.count == rows.count && !rows.isEmpty, name)
            for (ticker, row) in zip(tickers, rows) { compare(ticker, row, name) }
        case .orderBook(let book):
            for (levels, side) in [(Array(book.bids), "b"), (Array(book.asks), "a")] {
                let rows = result[side]?.list ?? []
                #expect(levels.map { plain($0.price) } == rows.map { $0.column(0, "price")?.decimal }, name)
                #expect(
                    levels.map { plain($0.size) } == rows.map { $0.column(1, "quantity")?.decimal },
                    name
                )
            }
            #expect(book.instrument.symbol.description == result["s"]?.text, name)
            #expect(result["u"]?.text == "\(book.updateID)", name)
            #expect(book.isSnapshot, name)
        case .trades(let trades):
            #expect(trades.count == rows.count && !rows.isEmpty, name)
            for (trade, row) in zip(trades.reversed(), rows) { compare(trade, row, name) }
        case .openInterest(let interests):
            #expect(interests.count == rows.count && !rows.isEmpty, name)
            for (interest, row) in zip(interests.reversed(), rows) {
                #expect(plain(interest.openInterest) == row["openInterest"]?.decimal, name)
                #expect(plain(interest.exchangeTime) == row["timestamp"]?.decimal, name)
                #expect(interest.instrument.symbol.description == result["symbol"]?.text, name)
            }
        case .fundingHistory(let fundings):
            #expect(fundings.count == rows.count && !rows.isEmpty, name)
            for (funding, row) in zip(fundings.reversed(), rows) {
                #expect(plain(funding.rate) == row["fundingRate"]?.decimal, name)
                #expect(plain(funding.exchangeTime) == row["fundingRateTimestamp"]?.decimal, name)
                #expect(funding.instrument.symbol.description == row["symbol"]?.text, name)
            }
        case .priceLimit(let limit):
            #expect(plain(limit.highestBid) == result["buyLmt"]?.decimal, name)
            #expect(plain(limit.lowestAsk) == result["sellLmt"]?.decimal, name)
        case .riskTiers(let tiers):
            #expect(tiers.count == rows.count && !rows.isEmpty, name)
            for (tier, row) in zip(tiers, rows) {
                #expect(plain(tier.limit) == row["riskLimitValue"]?.decimal, name)
                #expect(plain(tier.maintenanceMargin) == row["maintenanceMargin"]?.decimal, name)
                #expect(plain(tier.initialMargin) == row["initialMargin"]?.decimal, name)
                #expect(plain(tier.leverageMax) == row["maxLeverage"]?.decimal, name)
                #expect(tier.isLowest == (row["isLowestRisk"]?.text == "1"), name)
            }
        case .insurance(let pools):
            #expect(pools.map { plain($0.balance) } == rows.map { $0["balance"]?.decimal }, name)
            #expect(pools.map { plain($0.value) } == rows.map { $0["value"]?.decimal }, name)
            #expect(pools.map(\.coin) == rows.compactMap { $0["coin"]?.text }, name)
        case .volatility(let figures):
            #expect(figures.map { plain($0.value) } == rows.map { $0["value"]?.decimal }, name)
            #expect(figures.map { plain($0.time) } == rows.map { $0["time"]?.decimal }, name)
        case .deliveryPrices(let prices):
            #expect(prices.map { plain($0.price) } == rows.map { $0["deliveryPrice"]?.decimal }, name)
        case .nothing: #expect(rows.isEmpty, name)
        }
    }

    private func compare(_ rule: InstrumentRules, _ row: PlainJSON, _ name: Comment) {
        let (lots, prices, leverage) = (row["lotSizeFilter"], row["priceFilter"], row["leverageFilter"])
        #expect(rule.spec.instrument.symbol.description == row["symbol"]?.text, name)
        #expect(rule.spec.baseCoin == row["baseCoin"]?.text, name)
        #expect(rule.spec.quoteCoin == row["quoteCoin"]?.text, name)
        #expect(plain(rule.spec.tickSize) == prices?["tickSize"]?.decimal, name)
        #expect(plain(rule.priceMin) == prices?["minPrice"]?.decimal, name)
        #expect(plain(rule.priceMax) == prices?["maxPrice"]?.decimal, name)
        let step = lots?["qtyStep"] ?? lots?["basePrecision"]
        #expect(plain(rule.spec.quantityStep) == step?.decimal, name)
        #expect(plain(rule.spec.quantityMin) == lots?["minOrderQty"]?.decimal ?? step?.decimal, name)
        let most = lots?["maxLimitOrderQty"] ?? lots?["maxOrderQty"]
        // A bound with more digits than an exact quantity has is rounded down.
        let floor = most?.text?.split(separator: ".").first.flatMap { Foundation.Decimal(string: String($0)) }
        let isLong = (most?.text?.filter(\.isNumber).count ?? 0) > 18
        let bound = plain(rule.spec.quantityMax)
        #expect(bound == most?.decimal || (isLong && bound == floor), name)
        #expect(
            plain(rule.spec.notionalMin) == (lots?["minNotionalValue"] ?? lots?["minOrderAmt"])?.decimal,
            name
        )
        #expect(plain(rule.spec.leverageMax) == leverage?["maxLeverage"]?.decimal, name)
        #expect(plain(rule.leverageStep) == leverage?["leverageStep"]?.decimal, name)
        #expect(rule.settleCoin == row["settleCoin"]?.text ?? "", name)
        #expect(plain(rule.deliveryTime) ?? 0 == row["deliveryTime"]?.decimal ?? 0, name)
        #expect(rule.fundingMinutes.map { "\($0)" } == row["fundingInterval"]?.text, name)
        if ["Trading", "1", "ONLINE"].contains(row["status"]?.text) {
            #expect(rule.spec.status == .trading, name)
        }
    }

    private func compare(_ figures: TickerFigures, _ row: PlainJSON, _ name: Comment) {
        let ticker = figures.ticker
        #expect(ticker.instrument.symbol.description == row["symbol"]?.text, name)
        #expect(plain(ticker.lastPrice) == row["lastPrice"]?.decimal, name)
        #expect(plain(ticker.markPrice) == row["markPrice"]?.decimal, name)
        #expect(plain(ticker.indexPrice) == row["indexPrice"]?.decimal, name)
        #expect(plain(ticker.bidPrice) == (row["bid1Price"] ?? row["bidPrice"])?.decimal, name)
        #expect(plain(ticker.bidSize) == row["bid1Size"]?.decimal, name)
        #expect(plain(ticker.askPrice) == (row["ask1Price"] ?? row["askPrice"])?.decimal, name)
        #expect(plain(ticker.askSize) == row["ask1Size"]?.decimal, name)
        #expect(plain(ticker.high24h) == row["highPrice24h"]?.decimal, name)
        #expect(plain(ticker.low24h) == row["lowPrice24h"]?.decimal, name)
        #expect(plain(ticker.turnover24h) == row["turnover24h"]?.decimal, name)
        #expect(plain(ticker.volume24h) == row["volume24h"]?.decimal, name)
        #expect(plain(ticker.change24h) == row["price24hPcnt"]?.decimal, name)
        #expect(plain(figures.openInterest?.openInterest) == row["openInterest"]?.decimal, name)
        #expect(plain(figures.funding?.rate) == row["fundingRate"]?.decimal, name)
        if figures.funding != nil {
            #expect(plain(figures.funding?.nextFundingTime) == row["nextFundingTime"]?.decimal, name)
        }
    }

    private func compare(_ trade: TradeEvent, _ row: PlainJSON, _ name: Comment) {
        #expect(trade.id.description == row["execId"]?.text, name)
        #expect(trade.instrument.symbol.description == row["symbol"]?.text, name)
        #expect(plain(trade.price) == row["price"]?.decimal, name)
        #expect(plain(trade.quantity) == row["size"]?.decimal, name)
        #expect(plain(trade.exchangeTime) == row["time"]?.decimal, name)
        #expect(trade.side == (row["side"]?.text == "Buy" ? .buy : .sell), name)
        #expect(trade.isBlockTrade == row["isBlockTrade"]?.flag, name)
    }
}
