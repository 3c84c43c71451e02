import Contracts

/// One key of the configuration's `[risk]`, with all that is to be said of it.
///
/// The configuration reads by this table, the manual and `docs/risk-checks.md` are written from it.
package struct RiskSetting: Sendable {
    /// Where the value stands; a key that may be off is nil there, and written as 0.
    package enum Place: Sendable {
        case money(Path<Money>)
        case moneyOrOff(Path<Money?>)
        case ratio(Path<Ratio>, Range)
        case ratioOrOff(Path<Ratio?>, Range)
        case count(Path<Int>, ClosedRange<Int>)
        case countOrOff(Path<Int?>, ClosedRange<Int>)
        case milliseconds(Path<Int64>, ClosedRange<Int64>)
        case flag(Path<Bool>)
        case text(Path<String>)
        /// A table of amounts by the strategies' names.
        case budgets
        /// A table of instruments and an amount by the groups' names.
        case groups
    }

    package typealias Path<Value> = any WritableKeyPath<RiskLimits, Value> & Sendable
    package typealias Range = ClosedRange<Ratio>

    /// Without `risk.`.
    package let key: String
    package let place: Place
    package let help: String

    init(_ key: String, _ place: Place, _ help: String) {
        self.key = key
        self.place = place
        self.help = help
    }

    /// What the value is, in a word or two.
    package var kind: String {
        switch place {
        case .money: "amount"
        case .moneyOrOff: "amount, 0: off"
        case .ratio: "fraction"
        case .ratioOrOff: "fraction, 0: off"
        case .count: "whole number"
        case .countOrOff: "whole number, 0: off"
        case .milliseconds: "milliseconds"
        case .flag: "true or false"
        case .text: "text"
        case .budgets: "table: strategy = amount"
        case .groups: "tables: instruments, notional_max"
        }
    }

    /// What is allowed.
    package var range: String {
        switch place {
        case .money, .moneyOrOff: "0 or more"
        case .ratio(_, let range), .ratioOrOff(_, let range): "\(range.lowerBound) to \(range.upperBound)"
        case .count(_, let range), .countOrOff(_, let range): "\(range.lowerBound) to \(range.upperBound)"
        case .milliseconds(_, let range): "\(range.lowerBound) to \(range.upperBound)"
        case .flag, .text: ""
        case .budgets: ""
        case .groups: "at most \(RiskGroup.countMax)"
        }
    }

    /// The value in `limits`, as the configuration would write it.
    package func text(in limits: RiskLimits) -> String {
        switch place {
        case .money(let path): limits[keyPath: path].description
        case .moneyOrOff(let path): limits[keyPath: path]?.description ?? "0"
        case .ratio(let path, _): limits[keyPath: path].description
        case .ratioOrOff(let path, _): limits[keyPath: path]?.description ?? "0"
        case .count(let path, _): String(limits[keyPath: path])
        case .countOrOff(let path, _): limits[keyPath: path].map(String.init) ?? "0"
        case .milliseconds(let path, _): String(limits[keyPath: path])
        case .flag(let path): String(limits[keyPath: path])
        case .text(let path): limits[keyPath: path]
        case .budgets, .groups: "none"
        }
    }
}
