import Contracts

/// The paper venue as it is kept over a restart, version 1.
struct PaperVenueBody: Codable {
    static let version = 1

    struct Market: Codable {
        let instrument: Instrument
        let rules: OrderRules?
        let feed: FeedHealth.State?
        let book: KeptBook?
        let prices: PaperPrices
        let bar: PaperBar
        let funding: FundingSchedule
        let positions: PerPosition<PaperPosition>
        let orders: [PaperOrder]
        let arrivalCount: UInt64
    }

    let markets: [Market]
    let underWay: DelayLine<PaperVenue.Mail>
}

extension PaperMarket {
    var body: PaperVenueBody.Market {
        PaperVenueBody.Market(
            instrument: instrument,
            rules: rules,
            feed: feed,
            book: book.map(KeptBook.init),
            prices: prices,
            bar: bar,
            funding: funding,
            positions: positions,
            orders: orders,
            arrivalCount: arrivalCount
        )
    }

    init(restoring body: PaperVenueBody.Market, _ terms: PaperTerms) {
        self.init(body.instrument, terms)
        rules = body.rules
        feed = body.feed
        book = body.book?.book
        prices = body.prices
        bar = body.bar
        funding = body.funding
        positions = body.positions
        orders = body.orders
        arrivalCount = body.arrivalCount
        isAtRisk = positions.contains { $0.liquidationPrice != nil }
    }
}
