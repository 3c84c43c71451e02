import Contracts

/// Why the books could not be kept or restored.
package enum PortfolioError: OperatorError, Equatable {
    case version(Int, known: Int)
    case unreadable(why: String)
    case unwritable(why: String)
    case fill(OrderID, NumberError)
    case funding(String, NumberError)
    /// Before its specification is known, an inverse contract's coin is not either.
    case coinUnknown(Instrument)
    case mark(Instrument, NumberError)
    case account(NumberError)

    package var code: String {
        switch self {
        case .version: "portfolio.version"
        case .unreadable: "portfolio.unreadable"
        case .unwritable: "portfolio.unwritable"
        case .fill: "portfolio.fill"
        case .funding: "portfolio.funding"
        case .coinUnknown: "portfolio.coin_unknown"
        case .mark: "portfolio.mark"
        case .account: "portfolio.account"
        }
    }

    package var what: String {
        switch self {
        case .version, .unreadable: "the portfolio was not restored"
        case .unwritable: "the portfolio was not kept"
        case .fill(let order, _): "a fill of order \(order) was not booked"
        case .funding(let id, _): "funding \(id) was not booked"
        case .coinUnknown(let instrument): "nothing of \(instrument) can be booked"
        case .mark(let instrument, _): "the position in \(instrument) was not valued anew"
        case .account: "the account was not told"
        }
    }

    package var why: String {
        switch self {
        case .version(let version, let known):
            "its layout has version \(version), this program knows \(known) and older"
        case .unreadable(let why), .unwritable(let why): why
        case .fill(_, let error), .funding(_, let error), .mark(_, let error), .account(let error):
            "a figure cannot be computed exactly: \(error)"
        case .coinUnknown: "its specification has not come, so the coin it is settled in is not known"
        }
    }

    package var next: String {
        switch self {
        case .version: "start the program that wrote it, or move the state away to begin anew"
        case .unreadable: "pause; compare with the journal's fills before trading on"
        case .unwritable: "the next fill tries again; a restart before it would miss the newest fill"
        case .fill, .funding, .coinUnknown: "pause, and compare positions with the venue's"
        case .mark, .account: "the value told last stands; the next price tries again"
        }
    }
}
