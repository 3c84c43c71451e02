import Contracts

/// One instrument at the paper venue: the market as the venue sees it, the orders that stand there, the positions.
///
/// A value without bus and clock. Each call takes one event and appends what the venue says of it to `reports`.
struct PaperMarket {
    /// The positions an instrument can have.
    static let indices = PositionIndex.allCases

    let instrument: Instrument
    let terms: PaperTerms
    var rules: OrderRules?
    var feed: FeedHealth.State?
    var book: OrderBook?
    var prices = PaperPrices()
    var bar = PaperBar()
    var funding = FundingSchedule()
    var positions = PerPosition(repeating: PaperPosition())
    /// Positions that this venue has moved since the start; what the books say of them is older.
    var moved = PerPosition(repeating: false)
    /// Whether a position has a price at which it is liquidated.
    var isAtRisk = false
    /// In order of arrival.
    var orders: [PaperOrder] = []
    var arrivalCount: UInt64 = 0

    init(_ instrument: Instrument, _ terms: PaperTerms) {
        self.instrument = instrument
        self.terms = terms
    }

    var category: Category { instrument.category }
    /// The tick that liquidation prices are rounded to.
    var tick: Price { rules?.tick ?? Price(units: 1, scale: 8) }

    /// Whether no price could move anything here: the hot path ends at this question.
    var isIdle: Bool { orders.isEmpty && !isAtRisk }

    /// The price of the market for whoever judges an order's worth; nil where nobody knows.
    func reference(for side: Side) -> Price? {
        if terms.mode == .book, let touch = side == .buy ? book?.bestAsk : book?.bestBid {
            return touch.price
        }
        return prices.last ?? prices.mark
    }

    /// Walks the orders that were there at the start of the walk, however many leave or come meanwhile.
    struct Walk {
        fileprivate var arrival: UInt64 = 0
        fileprivate let through: UInt64
    }

    func walk() -> Walk { Walk(through: arrivalCount) }

    /// The place of the next order of `walk` that `isWanted`.
    func next(in walk: inout Walk, where isWanted: (PaperOrder) -> Bool) -> Int? {
        let (passed, through) = (walk.arrival, walk.through)
        let place = orders.firstIndex { $0.arrival > passed && $0.arrival <= through && isWanted($0) }
        if let place { walk.arrival = orders[place].arrival }
        return place
    }

    /// Puts an order behind all others.
    mutating func line(up order: PaperOrder) {
        var order = order
        arrivalCount += 1
        order.arrival = arrivalCount
        orders.append(order)
    }

    /// Ends the order at `place` before it is filled.
    mutating func end(_ place: Int, _ reason: String, into reports: inout PaperReports) {
        let order = orders.remove(at: place)
        reports.append(
            say(
                order.stage == .untriggered ? .deactivated(reason: reason) : .cancelled(reason: reason),
                of: order
            )
        )
    }

    /// A report of one order.
    func say(_ kind: VenueReport.Kind, of order: PaperOrder) -> PaperReport {
        PaperReport(
            instrument: instrument,
            orderID: order.id,
            correlationID: order.correlationID,
            content: .said(kind)
        )
    }
}
