import ArgumentParser
import Performance

/// What a sweep's runs are ordered by.
enum SweepFigure: String, CaseIterable, ExpressibleByArgument {
    case sharpe, sortino, calmar
    case totalReturn = "return"
    case drawdown
    case profitFactor = "profit_factor"

    /// The figure of one run; nil where it is not defined.
    func value(_ figures: BacktestFigures) -> Double? {
        let performance = figures.performance
        return switch self {
        case .sharpe: performance.sharpe
        case .sortino: performance.sortino
        case .calmar: performance.calmar
        case .totalReturn: performance.totalReturn
        case .drawdown: performance.drawdownMax
        case .profitFactor: performance.profitFactor
        }
    }

    /// Whether the first of two is the better one; one without the figure comes last.
    func isBetter(_ one: Double?, than other: Double?) -> Bool {
        guard let one else { return false }
        guard let other else { return true }
        return self == .drawdown ? one < other : one > other
    }
}
