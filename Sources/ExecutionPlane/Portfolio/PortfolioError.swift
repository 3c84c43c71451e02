import Contracts

/// Why the books could not be kept or restored.
package enum PortfolioError: OperatorError, Equatable {
    case version(Int, known: Int)
    case unreadable(why: String)
    case unwritable(why: String)
    case fill(OrderID, NumberError)

    package var code: String {
        switch self {
        case .version: "portfolio.version"
        case .unreadable: "portfolio.unreadable"
        case .unwritable: "portfolio.unwritable"
        case .fill: "portfolio.fill"
        }
    }

    package var what: String {
        switch self {
        case .version, .unreadable: "the portfolio was not restored"
        case .unwritable: "the portfolio was not kept"
        case .fill(let order, _): "a fill of order \(order) was not booked"
        }
    }

    package var why: String {
        switch self {
        case .version(let version, let known):
            "its layout has version \(version), this program knows \(known)"
        case .unreadable(let why), .unwritable(let why): why
        case .fill(_, let error): "a figure cannot be computed exactly: \(error)"
        }
    }

    package var next: String {
        switch self {
        case .version: "start the program that wrote it, or move the state away to begin anew"
        case .unreadable: "pause; compare with the journal's fills before trading on"
        case .unwritable: "the next fill tries again; a restart before it would miss the newest fill"
        case .fill: "pause, and compare positions with the venue's"
        }
    }
}
