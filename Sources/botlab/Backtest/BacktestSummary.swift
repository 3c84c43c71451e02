import Contracts
import Performance
import TradingSystem

/// The outcome of one run as a table for people.
struct BacktestSummary {
    private let result: BacktestResult
    private let figures: BacktestFigures
    private let cuts: [LookAheadCheck.Cut]

    init(_ result: BacktestResult, _ figures: BacktestFigures, cuts: [LookAheadCheck.Cut]) {
        self.result = result
        self.figures = figures
        self.cuts = cuts
    }

    var text: String {
        var lines = rows.map { Self.line($0.0, $0.1) }
        lines += result.notes.map { Self.line("note", $0) }
        lines += result.rejections.map { Self.line("rejected", "\($0.count) by \($0.check.rawValue)") }
        lines += result.errors.prefix(3).map { Self.line("error", "\($0.what): \($0.why)") }
        if !cuts.isEmpty { lines.append(Self.line("look-ahead", lookAhead)) }
        lines.append(Self.line("decisions", "\(result.decisionDigest)  (\(result.decisionCount) events)"))
        if let digest = result.eventDigest {
            lines.append(Self.line("events", "\(digest)  (\(result.eventCount) events)"))
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private var rows: [(String, String)] {
        let performance = figures.performance
        let start = result.startingEquity.approximate
        return [
            ("instruments", result.instruments.map(\.description).joined(separator: ", ")),
            ("time", "\(UTCTime(result.first)) to \(UTCTime(result.last))"),
            (
                "equity",
                "\(Self.money(start)) to \(Self.money(result.finalEquity)) \(result.coin), "
                    + Self.percent(performance.totalReturn)
            ),
            (
                "profit",
                "price \(Self.money(figures.price)), fees \(Self.money(figures.fees)), "
                    + "funding \(Self.money(figures.funding)), slippage \(Self.money(figures.slippage))"
            ),
            ("drawdown", "\(Self.percent(result.drawdownMax)) at most"),
            (
                "ratios",
                "Sharpe \(Self.number(performance.sharpe)), Sortino \(Self.number(performance.sortino)), "
                    + "Calmar \(Self.number(performance.calmar)) a year"
            ),
            (
                "trades",
                "\(result.tripCount), won \(result.wonCount); \(result.orderCount) orders, "
                    + "\(result.fillCount) fills"
            ),
            (
                "exposure",
                "\(Self.percent(result.exposureMean)) of equity on average, "
                    + "\(Self.percent(result.exposureShare)) of the time"
            ),
            (
                "speed",
                "\(result.rootCount) market events in \(Self.fixed(result.timing.wallSeconds, 2)) s, "
                    + "\(Int(result.eventsPerSecond)) a second of one processor"
            ),
        ]
    }

    private var lookAhead: String {
        guard let cut = cuts.first(where: { $0.difference != nil }), let difference = cut.difference else {
            return "none: \(cuts.count) shorter runs decided the same"
        }
        return "FOUND: with data until \(UTCTime(cut.time)) decision \(difference.number) at "
            + "\(UTCTime(difference.time)) is another one\n"
            + "  with all data  \(difference.withAll ?? "nothing")\n"
            + "  with less      \(difference.withLess ?? "nothing")"
    }

    private static func line(_ name: String, _ value: String) -> String {
        name + String(repeating: " ", count: max(1, 13 - name.utf8.count)) + value
    }

    private static func money(_ amount: Money) -> String { money(amount.approximate) }
    private static func money(_ amount: Double) -> String { fixed(amount, 2) }
    private static func percent(_ share: Double?) -> String { share.map { fixed($0 * 100, 2) + " %" } ?? "-" }
    private static func number(_ value: Double?) -> String { value.map { fixed($0, 2) } ?? "-" }

    static func fixed(_ value: Double, _ places: UInt8) -> String {
        guard let exact = try? Money(nearestTo: value, scale: places) else { return "\(value)" }
        return exact.description
    }
}
