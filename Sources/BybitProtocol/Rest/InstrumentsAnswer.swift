import Contracts

/// The answer of `GET /v5/market/instruments-info`.
///
/// - Shape: the whole HTTP body in; the instruments that can be traded by exact rules out.
/// - Units: as ``InstrumentSpec`` says.
/// - Errors: ``RestError``; one instrument that can't be read is named in `refused` and hinders no other.
/// - Source: `docs/exchange/bybit-v5.md`, "instruments-info".
package struct InstrumentsAnswer: Sendable {
    package private(set) var instruments: [InstrumentSpec] = []
    /// Instruments without usable rules: symbol and reason.
    package private(set) var refused: [String] = []
    /// Empty at the last page.
    package private(set) var nextPageCursor = ""

    /// Reads an answer for `category`; every spec gets `meta`.
    package init(reading body: [UInt8], category: Category, meta: EventMeta) throws(RestError) {
        let plain = body.contains(0x5C) ? unsafe body.withUnsafeBytes { unsafe Escapes.plain($0) } : body
        var answer: Result<Self, RestError> = .failure(.refused(code: -1, message: "an empty answer"))
        unsafe plain.withUnsafeBytes { bytes in
            var scanner = unsafe ByteScanner(bytes)
            answer = Self.read(&scanner, category, meta)
        }
        self = try answer.get()
    }

    private init() {}

    private static func read(
        _ scanner: inout ByteScanner,
        _ category: Category,
        _ meta: EventMeta
    ) -> Result<Self, RestError> {
        do throws(WireError) {
            var (code, message, resultAt) = (Int?.none, "", Int?.none)
            try scanner.enterObject("answer")
            var isFirst = true
            while let key = try scanner.nextKey(&isFirst) {
                switch true {
                case scanner.matches(key, "retCode"):
                    let slice = try scanner.scalar("retCode")
                    code = slice.flatMap { Int(scanner.text($0)) }
                case scanner.matches(key, "retMsg"):
                    message = try scanner.scalar("retMsg").map(scanner.text) ?? ""
                case scanner.matches(key, "result"): resultAt = try scanner.skipped()
                default: try scanner.skipValue()
                }
            }
            guard let code else { throw .missing(field: "retCode") }
            guard code == 0 else { return .failure(.refused(code: code, message: message)) }
            guard let resultAt else { throw .missing(field: "result") }
            scanner.at = resultAt
            var answer = Self()
            try answer.readResult(&scanner, category, meta)
            return .success(answer)
        } catch {
            return .failure(.unreadable(error))
        }
    }

    private mutating func readResult(
        _ scanner: inout ByteScanner,
        _ category: Category,
        _ meta: EventMeta
    ) throws(WireError) {
        try scanner.enterObject("result")
        var isFirst = true
        while let key = try scanner.nextKey(&isFirst) {
            if scanner.matches(key, "nextPageCursor") {
                nextPageCursor = try scanner.scalar("nextPageCursor").map(scanner.text) ?? ""
                continue
            }
            guard scanner.matches(key, "list") else {
                try scanner.skipValue()
                continue
            }
            try scanner.enterArray("list")
            var isFirstItem = true
            while try scanner.nextElement(&isFirstItem) {
                let start = try scanner.skipped()
                let end = scanner.at
                scanner.at = start
                var rules = InstrumentRules()
                do throws(WireError) {
                    try rules.read(&scanner)
                    instruments.append(try rules.spec(category, meta))
                } catch {
                    refused.append("\(rules.symbol.map(\.description) ?? "?"): \(error.why)")
                }
                scanner.at = end
            }
        }
    }
}
