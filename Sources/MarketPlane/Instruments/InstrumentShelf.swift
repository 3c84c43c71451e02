import BybitProtocol
import Contracts

/// What is known of the instruments that are wanted, and what of a fresh answer is news.
///
/// A value: the loader tells it what the exchange said and posts what it gives back.
struct InstrumentShelf {
    enum News: Hashable {
        case spec(InstrumentSpec)
        /// The exchange knows no such instrument, or names no usable rules for it; told once.
        case unknown(Instrument, why: String)
        /// It was there and is no more: its last rules, closed; told once.
        case delisted(InstrumentSpec)
    }

    private var wanted: Set<Instrument> = []
    private var known: [Instrument: InstrumentSpec] = [:]
    private var missing: Set<Instrument> = []

    var instruments: [Instrument] { wanted.sorted() }

    mutating func want(_ instruments: [Instrument]) { wanted.formUnion(instruments) }

    /// The wanted ones of a question that its answer did not have, in order.
    func absent(from specs: [InstrumentSpec], of question: InstrumentQuestion) -> [Instrument] {
        let named = Set(specs.map(\.instrument))
        return wanted.filter { InstrumentQuestion($0) == question && !named.contains($0) }.sorted()
    }

    /// Takes the exchange's word; gives what of it is wanted and new.
    mutating func take(_ specs: [InstrumentSpec]) -> [News] {
        var news: [News] = []
        for spec in specs where wanted.contains(spec.instrument) {
            missing.remove(spec.instrument)
            if let old = known[spec.instrument], old.isSame(as: spec) { continue }
            known[spec.instrument] = spec
            news.append(.spec(spec))
        }
        return news
    }

    /// The exchange does not name this instrument any more, or never has.
    mutating func miss(_ instrument: Instrument, why: String, meta: EventMeta) -> News? {
        guard missing.insert(instrument).inserted else { return nil }
        guard let old = known.removeValue(forKey: instrument) else {
            return .unknown(instrument, why: why)
        }
        return .delisted(old.closed(meta))
    }
}

/// What one series of pages answers: a whole category, of options one base coin's.
struct InstrumentQuestion: Hashable, Comparable {
    let category: Category
    let baseCoin: String?

    init(_ instrument: Instrument) {
        category = instrument.category
        // Options of all coins are too many for one question: the exchange gives one coin's.
        baseCoin =
            instrument.category == .option
            ? instrument.symbol.description.split(separator: "-").first.map(String.init) : nil
    }

    static func < (left: Self, right: Self) -> Bool {
        (left.category, left.baseCoin ?? "") < (right.category, right.baseCoin ?? "")
    }
}

extension InstrumentSpec {
    /// Whether both say the same, whenever they were said.
    fileprivate func isSame(as other: InstrumentSpec) -> Bool {
        var other = other
        other.meta = meta
        return self == other
    }

    fileprivate func closed(_ meta: EventMeta) -> InstrumentSpec {
        InstrumentSpec(
            meta: meta,
            instrument: instrument,
            baseCoin: baseCoin,
            quoteCoin: quoteCoin,
            status: .closed,
            tickSize: tickSize,
            quantityStep: quantityStep,
            quantityMin: quantityMin,
            quantityMax: quantityMax,
            notionalMin: notionalMin,
            leverageMax: leverageMax
        )
    }
}
