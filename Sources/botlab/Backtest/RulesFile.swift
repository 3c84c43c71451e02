import BybitProtocol
import Contracts
import FoundationEssentials

/// The exchange's rules, from a file.
///
/// - Shape: an answer of the exchange's instruments-info, or lines of `botlab journal export --topic market:instrument`;
///   of several lines about one instrument the last counts.
struct RulesFile {
    /// Why it can't be read, in words.
    struct Unreadable: Error { let why: String }

    let specs: [InstrumentSpec]

    init(_ text: Data, category: Category) throws(Unreadable) {
        let isExport = text.prefix { $0 != UInt8(ascii: "\n") }.starts(with: Data(#"{"seq":"#.utf8))
        do {
            specs =
                isExport
                ? try Self.exported(text)
                : try InstrumentsAnswer(
                    reading: Array(text),
                    category: category,
                    meta: EventMeta(source: .market)
                ).instruments
        } catch {
            throw Unreadable(
                why: "is neither an answer of instruments-info nor an export of market:instrument: \(error)"
            )
        }
    }

    private struct Line: Decodable {
        let topic: String
        let payload: InstrumentSpec
    }

    private static func exported(_ text: Data) throws -> [InstrumentSpec] {
        var newest: [InstrumentSpec] = []
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let spec = try JSONDecoder().decode(Line.self, from: line).payload
            newest.removeAll { $0.instrument == spec.instrument }
            newest.append(spec)
        }
        return newest
    }
}
