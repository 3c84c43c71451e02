import Contracts

/// The books: every position and what the account is worth, from fills and fundings alone.
///
/// A value. What cannot be counted to the last digit is not booked at all, and is told as an error.
struct Portfolio {
    /// Hears what a change made of the books.
    typealias Tell = (PositionUpdate, AccountUpdate) -> Void

    let model: MarginModel
    let settings: PortfolioSettings
    var lines = InstrumentTable<InstrumentLine>()
    /// In the order of their first fills.
    var positions: ContiguousArray<Position> = []
    /// The places of the positions that are not flat.
    private(set) var held: ContiguousArray<Int> = []
    /// The account's own coin first, the others in the order of first use.
    var coins: ContiguousArray<CoinBook> = []
    /// The places of the other coins, in the order of their names.
    private(set) var otherCoins: ContiguousArray<Int> = []
    var executions: RecentIDs
    var fundings: RecentIDs

    init(settings: PortfolioSettings) {
        self.settings = settings
        model = MarginModel(
            rate: settings.marginRate,
            leverage: settings.leverage,
            maintenanceRate: settings.maintenanceRate
        )
        executions = RecentIDs(countMax: settings.executionIDCountMax)
        fundings = RecentIDs(countMax: settings.executionIDCountMax)
        add(CoinBook(coin: settings.coin, start: settings.startingEquity))
        for wallet in settings.otherWallets where wallet.coin != settings.coin {
            add(CoinBook(coin: wallet.coin, start: wallet.equity))
        }
    }

    /// Takes an instrument's coin from its specification; positions keep the one they began with.
    mutating func note(_ spec: borrowing InstrumentSpec) {
        let place = line(of: spec.instrument)
        lines[place].settleCoin = spec.settleCoin
        guard spec.instrument.category == .inverse,
            let coin = coins.firstIndex(where: { [name = spec.settleCoin] in $0.coin == name })
        else { return }
        refer(coin, to: place)
    }

    /// Books one fill, whole or not at all, and hands what it made of the books to `tell`; false where it has been
    /// booked before.
    mutating func book(
        _ fill: Fill,
        of order: borrowing OrderEvent,
        tell: Tell
    ) throws(PortfolioError) -> Bool {
        guard !executions.contains(fill.executionID) else { return false }
        let line = line(of: order.instrument)
        let place = try place(of: order.positionIndex, in: line)
        let fillBefore = lines[line].marks.fill
        lines[line].marks.fill = fill.price
        let mark = lines[line].marks.price ?? fill.price
        let (side, correlationID) = (order.side, order.meta.correlationID)
        do throws(NumberError) {
            try change(place, in: line, EventMeta(source: .trading, correlationID: correlationID), tell) {
                position,
                model throws(NumberError) in
                try position.book(fill, side, mark: mark, correlationID: correlationID, model)
            }
        } catch {
            lines[line].marks.fill = fillBefore
            throw .fill(order.orderID, error)
        }
        executions.insert(fill.executionID)
        return true
    }

    /// The same for one funding settlement.
    ///
    /// It follows from whatever made the position, so the answer carries the position's correlation.
    mutating func settle(
        _ payment: FundingPayment,
        of instrument: Instrument,
        _ correlationID: CorrelationID?,
        tell: Tell
    ) throws(PortfolioError) -> Bool {
        guard !fundings.contains(payment.executionID) else { return false }
        let line = line(of: instrument)
        let place = try place(of: payment.positionIndex, in: line)
        let meta = EventMeta(
            source: .trading,
            correlationID: correlationID ?? positions[place].correlationID
        )
        do throws(NumberError) {
            try change(place, in: line, meta, tell) { position, _ throws(NumberError) in
                try position.settle(payment)
            }
        } catch {
            throw .funding(payment.executionID, error)
        }
        fundings.insert(payment.executionID)
        return true
    }

    /// The place of an instrument's line.
    @inline(__always)
    mutating func line(of instrument: Instrument) -> Int {
        lines.place(of: instrument, orAdd: InstrumentLine())
    }

    /// Adds a coin; the first is the account's.
    @discardableResult
    mutating func add(_ coin: CoinBook) -> Int {
        let place = coins.count
        coins.append(coin)
        if place > 0 {
            let before = otherCoins.firstIndex { coins[$0].coin > coin.coin } ?? otherCoins.endIndex
            otherCoins.insert(place, at: before)
        }
        return place
    }

    /// Has a coin valued by the inverse contract at `line`, unless another values it.
    mutating func refer(_ coin: Int, to line: Int) {
        guard coins[coin].reference == nil else { return }
        coins[coin].reference = line
        lines[line].valuedCoin = coin
        lines[line].quietUntil = .min
    }

    /// Adds a position at the end.
    mutating func add(_ position: Position, in line: Int) -> Int {
        let place = positions.count
        positions.append(position)
        lines[line].places[position.index] = place
        if !position.quantity.isZero { hold(place, in: line) }
        return place
    }

    /// The place of a position, made flat where there is none.
    private mutating func place(of index: PositionIndex, in line: Int) throws(PortfolioError) -> Int {
        if let place = lines[line].places[index] { return place }
        let instrument = lines.instruments[line]
        guard let name = lines[line].settleCoin ?? (instrument.category == .inverse ? nil : settings.coin)
        else { throw .coinUnknown(instrument) }
        let coin = coins.firstIndex { $0.coin == name } ?? add(CoinBook(coin: name, start: .zero))
        if instrument.category == .inverse { refer(coin, to: line) }
        return add(Position(instrument, index, coin: coin), in: line)
    }

    /// Changes a position, and its coin's totals with it; all of it or nothing.
    private mutating func change(
        _ place: Int,
        in line: Int,
        _ meta: EventMeta,
        _ tell: Tell,
        _ change: (inout Position, MarginModel) throws(NumberError) -> Void
    ) throws(NumberError) {
        let before = positions[place]
        var after = before
        try change(&after, model)
        let coin = coins[after.coin]
        var coinAfter = coin
        try coinAfter.follow(from: before, to: after)
        put(after, coinAfter, at: place, in: line)
        do throws(NumberError) {
            let account = try accountUpdate(meta)
            tell(positionUpdate(at: place, meta), account)
        } catch {
            put(before, coin, at: place, in: line)
            throw error
        }
    }

    private mutating func put(_ position: Position, _ coin: CoinBook, at place: Int, in line: Int) {
        let wasHeld = !positions[place].quantity.isZero
        positions[place] = position
        coins[position.coin] = coin
        lines[line].quietUntil = .min
        guard wasHeld == position.quantity.isZero else { return }
        if wasHeld {
            held.removeAll { $0 == place }
            lines[line].heldCount -= 1
        } else {
            hold(place, in: line)
        }
    }

    private mutating func hold(_ place: Int, in line: Int) {
        held.append(place)
        lines[line].heldCount += 1
        lines[line].quietUntil = .min
    }
}
