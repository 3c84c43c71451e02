import Contracts

/// The books as version 1 kept them: one coin, one position an instrument, every contract counted as linear.
struct FirstPortfolioBody: Decodable {
    static let version = 1

    struct Entry: Decodable {
        let instrument: Instrument
        let position: Holding
    }

    struct Holding: Decodable {
        let quantity: Quantity
        let cost: Money
        let realisedProfit: Money
        let fees: Money
        let funding: Money
        let mark: Price?
        let priceScale: UInt8
    }

    let startingEquity: Money
    let positions: [Entry]
    let executionIDs: [String]

    /// The same books in today's layout, in `coin`; what the positions settled becomes the coin's totals.
    func migrated(to coin: String) throws(PortfolioError) -> PortfolioBody {
        if let wrong = positions.first(where: { $0.instrument.category == .inverse }) {
            throw .unreadable(why: "version 1 counted \(wrong.instrument) in dollars, not in its coin")
        }
        var (realised, fees, funding) = (Money.zero, Money.zero, Money.zero)
        do throws(NumberError) {
            for entry in positions {
                realised = try realised.adding(entry.position.realisedProfit)
                fees = try fees.adding(entry.position.fees)
                funding = try funding.adding(entry.position.funding)
            }
        } catch {
            throw .unreadable(why: "its totals cannot be computed exactly: \(error)")
        }
        let account = PortfolioBody.Coin(
            coin: coin,
            start: startingEquity,
            realisedProfit: realised,
            fees: fees,
            funding: funding,
            reference: nil,
            mark: nil,
            markedAt: 0
        )
        return PortfolioBody(
            coins: [account],
            lines: [],
            positions: positions.map { $0.migrated(to: coin) },
            executionIDs: executionIDs,
            fundingIDs: []
        )
    }
}

extension FirstPortfolioBody.Entry {
    fileprivate func migrated(to coin: String) -> PortfolioBody.Entry {
        PortfolioBody.Entry(
            instrument: instrument,
            positionIndex: .oneWay,
            coin: coin,
            quantity: position.quantity,
            cost: position.cost,
            realisedProfit: position.realisedProfit,
            fees: position.fees,
            funding: position.funding,
            priceScale: position.priceScale,
            mark: position.mark,
            markedAt: 0,
            correlationID: nil
        )
    }
}
