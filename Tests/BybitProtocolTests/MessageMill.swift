/// Makes messages of all kinds from a seed: in the exchange's order or any other, whole or a little off.
struct MessageMill {
    private var state: UInt64
    private var update = 100
    private var sequence = 1_000
    private var time = 1_700_000_040_000
    private static let symbols = ["BTCUSDT", "ETHUSDT", "X", "1000PEPEUSDT", "ETH-28FEB25-2800-C"]

    init(seed: UInt64) { state = seed }

    mutating func number(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }

    private mutating func chance(_ percent: Int) -> Bool { number(100) < percent }

    private mutating func pick(_ texts: [String]) -> String { texts[number(texts.count)] }

    mutating func message() -> [UInt8] {
        time += number(50)
        sequence += number(9)
        let text =
            switch number(10) {
            case 0...3: book()
            case 4, 5: trades()
            case 6, 7: ticker()
            case 8: kline()
            default: other()
            }
        var bytes = Array(text.utf8)
        if chance(15) { damage(&bytes) }
        return bytes
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        for _ in 0...number(2) {
            let place = number(bytes.count)
            switch number(4) {
            case 0: bytes[place] = UInt8(number(256))
            case 1: bytes.insert(bytes[number(bytes.count)], at: place)
            case 2 where bytes.count > 1: bytes.remove(at: place)
            default: bytes[place] = bytes[number(bytes.count)]
            }
        }
    }

    /// An object of these members; now and then in another order, with spaces, or with one more or less of them.
    private mutating func object(_ members: [(String, String)]) -> String {
        var members = members
        if chance(10) { members.sort { $0.1.count < $1.1.count } }
        if chance(6), members.count > 1 { members.swapAt(number(members.count), number(members.count)) }
        if chance(2) { members.remove(at: number(members.count)) }
        if chance(2), let member = members.first { members.append(member) }
        if chance(2) {
            members.insert(("brandNew", pick(["1", "\"a\"", "null", "[{}]"])), at: number(members.count))
        }
        let space = chance(3) ? " " : ""
        return "{" + members.map { "\"\($0.0)\":\(space)\($0.1)" }.joined(separator: ",\(space)") + "}"
    }

    private mutating func decimal() -> String {
        if chance(3) {
            let odd = [
                "", "-0", "1e5", "9E-8", "-1.5", "00.10", "1.", ".5", "NaN", "1e999", "12345678",
                "123456789.5",
                "0.00000001", "9223372036854775807", "99999999999999999999", "0.1234567890123456789", "+1",
                "1,5",
            ]
            return "\"\(pick(odd))\""
        }
        let places = number(5)
        let whole = chance(10) ? number(2_000_000_000) : number(70_000)
        let fraction = (0..<places).map { (_: Int) in String(number(10)) }.joined()
        let text = places == 0 ? "\(whole)" : "\(whole).\(fraction)"
        return chance(1) ? text : "\"\(text)\""
    }

    private mutating func envelope(
        _ topic: String,
        _ data: String,
        _ kind: String?,
        _ more: [(String, String)]
    ) -> String {
        var members = [("topic", "\"\(topic)\"")]
        if let kind, !chance(2) { members.append(("type", chance(1) ? "\"renewed\"" : "\"\(kind)\"")) }
        members.append(("ts", "\(time)"))
        members.append(("data", data))
        return object(members + more)
    }

    private mutating func book() -> String {
        let symbol = pick(Self.symbols)
        let isSnapshot = chance(25)
        update = chance(3) ? 1 : update + (chance(5) ? 2 : 1)
        let base = 500 + number(40)
        func side(_ mill: inout MessageMill, _ sign: Int) -> String {
            var prices = (0..<mill.number(isSnapshot ? 12 : 6))
                .map { (_: Int) in base + sign * (mill.number(20) + 1) }
            prices = Array(Set(prices)).sorted { $0 * sign < $1 * sign }
            if mill.chance(5) { prices.reverse() }
            return "["
                + prices.map { price in
                    let scaled =
                        mill.chance(90) ? "\(price / 10).\(price % 10)" : "\(price / 10).\(price % 10)00"
                    let size = mill.chance(25) ? "\"0\"" : mill.decimal()
                    return "[\"\(scaled)\",\(size)]"
                }
                .joined(separator: ",") + "]"
        }
        let data = object([
            ("s", "\"\(symbol)\""), ("b", side(&self, -1)), ("a", side(&self, 1)), ("u", "\(update)"),
            ("seq", "\(sequence)"),
        ])
        let depth = pick(["50", "50", "1", "200", "5", "1000"])
        return envelope(
            "orderbook.\(depth).\(symbol)",
            data,
            isSnapshot ? "snapshot" : "delta",
            [("cts", "\(time - 2)")]
        )
    }

    private mutating func trades() -> String {
        let symbol = pick(Self.symbols)
        let trades = (0..<number(4))
            .map { _ in
                let digits = (0..<32).map { _ in String(number(16), radix: 16) }
                let groups = [
                    digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32],
                ]
                let uuid = groups.map { $0.joined() }.joined(separator: "-")
                let id =
                    chance(70)
                    ? uuid : pick(["2290000000050703789", "7", "0", "007", "abc", "", uuid.uppercased()])
                return object([
                    ("T", "\(time)"), ("s", "\"\(chance(95) ? symbol : pick(Self.symbols))\""),
                    ("S", chance(98) ? pick(["\"Buy\"", "\"Sell\""]) : pick(["\"Both\"", "\"\"", "5"])),
                    ("v", decimal()), ("p", decimal()), ("L", "\"PlusTick\""), ("i", "\"\(id)\""),
                    ("BT", pick(["true", "false"])), ("RPI", "false"), ("seq", "\(sequence)"),
                ])
            }
        return envelope("publicTrade.\(symbol)", "[\(trades.joined(separator: ","))]", "snapshot", [])
    }

    private mutating func ticker() -> String {
        let symbol = pick(Self.symbols)
        let names = [
            "lastPrice", "markPrice", "indexPrice", "bid1Price", "bid1Size", "ask1Price", "ask1Size",
            "highPrice24h", "lowPrice24h", "prevPrice24h", "prevPrice1h", "openInterest", "openInterestValue",
            "turnover24h", "volume24h", "fundingRate", "price24hPcnt", "fundingCap", "preOpenPrice",
            "singleOpenInterest", "usdIndexPrice", "bidIv", "gamma", "basis",
        ]
        let isSnapshot = chance(30)
        var members = [("symbol", "\"\(symbol)\"")]
        for name in names where chance(isSnapshot ? 80 : 15) { members.append((name, decimal())) }
        if chance(20) { members.append(("nextFundingTime", "\"\(time)\"")) }
        if chance(20) { members.append(("fundingIntervalHour", "\"\(number(9))\"")) }
        if chance(20) { members.append(("tickDirection", "\"ZeroPlusTick\"")) }
        return envelope(
            "tickers.\(symbol)",
            object(members),
            isSnapshot ? "snapshot" : "delta",
            [("cs", "\(sequence - (chance(3) ? 100 : 0))")]
        )
    }

    private mutating func kline() -> String {
        let candles = (0...number(2))
            .map { _ in
                object([
                    ("start", "\(time)"), ("end", "\(time + 59_999)"), ("interval", "\"1\""),
                    ("open", decimal()),
                    ("close", decimal()), ("high", decimal()), ("low", decimal()), ("volume", decimal()),
                    ("turnover", decimal()), ("confirm", pick(["true", "false"])), ("timestamp", "\(time)"),
                ])
            }
        let interval = pick(["1", "240", "D", "M", "7"])
        return envelope("kline.\(interval).BTCUSDT", "[\(candles.joined(separator: ","))]", "snapshot", [])
    }

    private mutating func other() -> String {
        switch number(5) {
        case 0:
            let item = object([
                ("T", "\(time)"), ("s", "\"X\""), ("S", "\"Buy\""), ("v", decimal()), ("p", decimal()),
            ])
            return envelope("allLiquidation.X", "[\(item)]", "snapshot", [])
        case 1:
            let data = object([("symbol", "\"X\""), ("buyLmt", decimal()), ("sellLmt", decimal())])
            return envelope("priceLimit.X", data, nil, [])
        case 2:
            let data = object([("coin", "\"USDT\""), ("symbols", "\"A,B\""), ("balance", decimal())])
            return envelope("insurance.USDT", "[\(data)]", "delta", [])
        case 3: return #"{"success":true,"ret_msg":"","conn_id":"c","req_id":"7","op":"subscribe"}"#
        default: return envelope(pick(["order", "tickers_lt.X", "orderbook.full.X"]), "{}", nil, [])
        }
    }
}
