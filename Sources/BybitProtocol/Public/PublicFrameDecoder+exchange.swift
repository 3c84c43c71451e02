import Contracts

/// What the exchange tells of itself rather than of one instrument.
extension PublicFrameDecoder {
    /// Reads insurance pools that are low; their figures are JSON numbers here, and strings are as good.
    mutating func readAlerts(
        _ push: Push,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        try scanner.eachElement("data") { scanner throws(WireError) in
            var (coin, symbol, balance) = ("", "", Money?.none)
            var (highestBalance, ratio) = (Money?.none, Ratio?.none)
            try scanner.enterObject("data")
            var isFirst = true
            while let key = try scanner.nextKey(&isFirst) {
                switch true {
                case scanner.matches(key, "c"): coin = try scanner.scalar("c").map(scanner.text) ?? ""
                case scanner.matches(key, "s"): symbol = try scanner.scalar("s").map(scanner.text) ?? ""
                case scanner.matches(key, "b"): balance = try scanner.money("b")
                case scanner.matches(key, "mb"): highestBalance = try scanner.sideAmount("mb", &counters)
                case scanner.matches(key, "pr"): ratio = try scanner.sideFigure("pr", &counters)
                case scanner.matches(key, "i_pr"), scanner.matches(key, "adl_tt"),
                    scanner.matches(key, "adl_sr"):
                    try scanner.skipValue()
                default:
                    counters.unknownFields &+= 1
                    try scanner.skipValue()
                }
            }
            guard let balance else { throw .missing(field: "b") }
            let alert = AutoDeleverageAlert(
                meta: push.meta,
                coin: coin,
                symbol: symbol,
                balance: balance,
                highestBalance: highestBalance,
                profitLossRatio: ratio
            )
            output.events.append(.marketAdlAlert(alert))
        }
    }

    /// Reads the insurance pools that changed.
    mutating func readInsurance(
        _ push: Push,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        try scanner.eachElement("data") { scanner throws(WireError) in
            var (coin, symbols) = ("", "")
            var (balance, updated) = (Money?.none, UnixMilliseconds?.none)
            try scanner.enterObject("data")
            var isFirst = true
            while let key = try scanner.nextKey(&isFirst) {
                switch true {
                case scanner.matches(key, "coin"): coin = try scanner.scalar("coin").map(scanner.text) ?? ""
                case scanner.matches(key, "symbols"), scanner.matches(key, "symbol"):
                    symbols = try scanner.scalar("symbols").map(scanner.text) ?? ""
                case scanner.matches(key, "balance"): balance = try scanner.money("balance")
                case scanner.matches(key, "updateTime"), scanner.matches(key, "updatedTime"):
                    updated = try scanner.time("updateTime")
                default:
                    counters.unknownFields &+= 1
                    try scanner.skipValue()
                }
            }
            guard let balance else { throw .missing(field: "balance") }
            let pool = InsuranceUpdate(
                meta: push.meta,
                coin: coin,
                symbols: symbols,
                balance: balance,
                updated: updated ?? push.time
            )
            output.events.append(.marketInsurance(pool))
        }
    }

    /// Reads announced maintenance; one in a state that is not known here is counted and left out.
    mutating func readStatus(
        _ push: Push,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        try scanner.eachElement("data") { scanner throws(WireError) in
            var (id, title, state) = (String?.none, "", String?.none)
            var (begin, end) = (UnixMilliseconds?.none, UnixMilliseconds?.none)
            try scanner.enterObject("data")
            var isFirst = true
            while let key = try scanner.nextKey(&isFirst) {
                switch true {
                case scanner.matches(key, "id"): id = try scanner.scalar("id").map(scanner.text)
                case scanner.matches(key, "title"):
                    title = try scanner.scalar("title").map(scanner.text) ?? ""
                case scanner.matches(key, "state"): state = try scanner.scalar("state").map(scanner.text)
                case scanner.matches(key, "begin"): begin = try scanner.time("begin")
                case scanner.matches(key, "end"): end = try scanner.time("end")
                case scanner.matches(key, "href"), scanner.matches(key, "serviceTypes"),
                    scanner.matches(key, "product"), scanner.matches(key, "uidSuffix"),
                    scanner.matches(key, "maintainType"), scanner.matches(key, "env"):
                    try scanner.skipValue()
                default:
                    counters.unknownFields &+= 1
                    try scanner.skipValue()
                }
            }
            guard let id else { throw .missing(field: "id") }
            guard let state else { throw .missing(field: "state") }
            guard let begin else { throw .missing(field: "begin") }
            guard let known = ExchangeStatus.State(rawValue: state) else {
                counters.unknownFields &+= 1
                return
            }
            let status = ExchangeStatus(
                meta: push.meta,
                id: id,
                title: title,
                state: known,
                begin: begin,
                // Not every one is known to end.
                end: end ?? begin
            )
            output.events.append(.marketExchangeStatus(status))
        }
    }
}
