import Contracts
import HistoricalData

/// Why a backtest cannot run.
package enum BacktestError: OperatorError, Hashable {
    case data(DataError)
    /// Neither trades nor candles.
    case noBars
    case features(String)
    case figures(NumberError)

    package var code: String {
        switch self {
        case .data(let error): error.code
        case .noBars: "backtest.bars"
        case .features: "cfg.conflict"
        case .figures: "backtest.figures"
        }
    }

    package var what: String {
        switch self {
        case .data(let error): error.what
        case .noBars: "the data has no bars"
        case .features: "the features can't be computed"
        case .figures: "the run's figures cannot be added up exactly"
        }
    }

    package var why: String {
        switch self {
        case .data(let error): error.why
        case .noBars: "there are neither candles nor trades in it"
        case .features(let fault): fault
        case .figures(let error): "\(error)"
        }
    }

    package var next: String {
        switch self {
        case .data(let error): error.next
        case .noBars: "give candles or trades too"
        case .features: "mend the section [features] of the configuration"
        case .figures: "run with smaller sizes, or on a shorter time"
        }
    }
}
