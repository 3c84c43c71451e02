import Contracts

/// The books: every position and what the account is worth, from fills alone.
///
/// Equity = start + realised + unrealised - fees - funding, to the last digit.
struct Portfolio: Hashable {
    private(set) var startingEquity: Money
    private(set) var positions: [Instrument: Position] = [:]
    private var executions: RecentIDs

    init(startingEquity: Money, executionIDCountMax: Int) {
        self.startingEquity = startingEquity
        executions = RecentIDs(countMax: executionIDCountMax)
    }

    /// The instruments that ever had a fill, in their order.
    var instruments: [Instrument] { positions.keys.sorted() }

    /// Books one fill, whole or not at all; false where it has been booked before.
    mutating func book(
        _ fill: Fill,
        _ side: Side,
        of instrument: Instrument,
        mark: Price?
    ) throws(NumberError) -> Bool {
        guard !executions.contains(fill.executionID) else { return false }
        var position = positions[instrument] ?? Position()
        if let mark { position.mark = mark }
        try position.book(fill, side)
        positions[instrument] = position
        executions.insert(fill.executionID)
        return true
    }

    /// Values a position at another price; false where nothing changes.
    mutating func mark(_ instrument: Instrument, at price: Price) -> Bool {
        guard let position = positions[instrument], !position.quantity.isZero, position.mark != price else {
            return false
        }
        positions[instrument]?.mark = price
        return true
    }

    func update(of instrument: Instrument, meta: EventMeta) throws(NumberError) -> PositionUpdate {
        let position = positions[instrument] ?? Position()
        return PositionUpdate(
            meta: meta,
            instrument: instrument,
            quantity: position.quantity,
            entryPrice: try position.entryPrice,
            markPrice: position.mark,
            realisedProfit: position.realisedProfit,
            unrealisedProfit: try position.unrealisedProfit,
            fees: position.fees,
            funding: position.funding
        )
    }

    func account(meta: EventMeta, marginRate: Ratio) throws(NumberError) -> AccountUpdate {
        var (realised, unrealised, fees, funding, notional) = (
            Money.zero, Money.zero, Money.zero, Money.zero, Money.zero
        )
        // Sorted, so that the sums have the same number of places every time.
        for instrument in instruments {
            guard let position = positions[instrument] else { continue }
            realised = try realised.adding(position.realisedProfit)
            unrealised = try unrealised.adding(position.unrealisedProfit)
            fees = try fees.adding(position.fees)
            funding = try funding.adding(position.funding)
            notional = try notional.adding(position.notional)
        }
        let equity = try startingEquity.adding(realised).adding(unrealised).subtracting(fees).subtracting(
            funding
        )
        return AccountUpdate(
            meta: meta,
            equity: equity,
            available: max(.zero, try equity.subtracting(notional.times(marginRate))),
            realisedProfit: realised,
            unrealisedProfit: unrealised,
            fees: fees,
            funding: funding
        )
    }
}

/// The newest ids, up to a bound; the oldest is forgotten first.
struct RecentIDs: Hashable {
    private let countMax: Int
    private(set) var inOrder: [String] = []
    private var known: Set<String> = []

    init(countMax: Int) {
        precondition(countMax > 0, "something must be remembered")
        self.countMax = countMax
    }

    func contains(_ id: String) -> Bool { known.contains(id) }

    mutating func insert(_ id: String) {
        guard known.insert(id).inserted else { return }
        inOrder.append(id)
        if inOrder.count > countMax { known.remove(inOrder.removeFirst()) }
    }
}

/// The books as they are kept over a restart, version 1.
struct PortfolioBody: Codable {
    static let version = 1

    struct Entry: Codable {
        let instrument: Instrument
        let position: Position
    }

    let startingEquity: Money
    let positions: [Entry]
    let executionIDs: [String]
}

extension Portfolio {
    var body: PortfolioBody {
        PortfolioBody(
            startingEquity: startingEquity,
            positions: instruments.compactMap { instrument in
                positions[instrument].map { PortfolioBody.Entry(instrument: instrument, position: $0) }
            },
            executionIDs: executions.inOrder
        )
    }

    init(restoring body: PortfolioBody, executionIDCountMax: Int) {
        self.init(startingEquity: body.startingEquity, executionIDCountMax: executionIDCountMax)
        for entry in body.positions { positions[entry.instrument] = entry.position }
        for id in body.executionIDs { executions.insert(id) }
    }
}
