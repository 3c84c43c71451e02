import Contracts

/// The books: every position and what the account is worth, from fills and fundings alone.
///
/// A value. What cannot be counted to the last digit is not booked at all, and is told as an error.
struct Portfolio {
    /// What a change made of the books.
    struct Statement {
        let position: PositionUpdate
        let account: AccountUpdate
    }

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

    /// Books one fill, whole or not at all; nil where it has been booked before.
    mutating func book(
        _ fill: Fill,
        of order: borrowing OrderEvent
    ) throws(PortfolioError) -> Statement? {
        guard !executions.contains(fill.executionID) else { return nil }
        let line = line(of: order.instrument)
        let place = try place(of: order.positionIndex, in: line)
        let fillBefore = lines[line].marks.fill
        lines[line].marks.fill = fill.price
        let mark = lines[line].marks.price ?? fill.price
        let (side, correlationID) = (order.side, order.meta.correlationID)
        var after = positions[place]
        do throws(NumberError) {
            try after.book(fill, side, mark: mark, correlationID: correlationID, model)
            let statement = try change(place, in: line, to: after, order.meta.answered(by: .trading))
            executions.insert(fill.executionID)
            return statement
        } catch {
            lines[line].marks.fill = fillBefore
            throw .fill(order.orderID, error)
        }
    }

    /// Books one funding settlement, whole or not at all; nil where it has been booked before.
    ///
    /// It follows from whatever made the position, so the answer carries the position's correlation.
    mutating func settle(
        _ payment: FundingPayment,
        of instrument: Instrument,
        _ meta: EventMeta
    ) throws(PortfolioError) -> Statement? {
        guard !fundings.contains(payment.executionID) else { return nil }
        let line = line(of: instrument)
        let place = try place(of: payment.positionIndex, in: line)
        var after = positions[place]
        let meta = EventMeta(
            source: .trading,
            ts: meta.ts,
            correlationID: meta.correlationID ?? after.correlationID
        )
        do throws(NumberError) {
            try after.settle(payment)
            let statement = try change(place, in: line, to: after, meta)
            fundings.insert(payment.executionID)
            return statement
        } catch {
            throw .funding(payment.executionID, error)
        }
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
    }

    /// Adds a position at the end.
    mutating func add(_ position: Position, in line: Int) -> Int {
        let place = positions.count
        positions.append(position)
        lines[line].places[position.index] = place
        if !position.quantity.isZero { hold(place, in: line) }
        return place
    }

    private mutating func hold(_ place: Int, in line: Int) {
        held.append(place)
        lines[line].heldCount += 1
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

    /// Puts `after` in a position's place, and its coin's totals with it; all of it or nothing.
    private mutating func change(
        _ place: Int,
        in line: Int,
        to after: Position,
        _ meta: EventMeta
    ) throws(NumberError) -> Statement {
        let before = positions[place]
        let coin = coins[after.coin]
        do throws(NumberError) {
            try coins[after.coin].follow(from: before, to: after)
            put(after, at: place, in: line)
            return Statement(position: positionUpdate(at: place, meta), account: try accountUpdate(meta))
        } catch {
            coins[after.coin] = coin
            put(before, at: place, in: line)
            throw error
        }
    }

    private mutating func put(_ position: Position, at place: Int, in line: Int) {
        let wasHeld = !positions[place].quantity.isZero
        positions[place] = position
        guard wasHeld == position.quantity.isZero else { return }
        if wasHeld {
            held.removeAll { $0 == place }
            lines[line].heldCount -= 1
        } else {
            hold(place, in: line)
        }
    }
}
