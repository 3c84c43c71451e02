import Contracts

/// The books as they are kept over a restart, version 2; every list in the order that the books have.
struct PortfolioBody: Codable {
    static let version = 2

    /// What was settled in one coin; the account's own first.
    struct Coin: Codable {
        let coin: String
        let start: Money
        let realisedProfit: Money
        let fees: Money
        let funding: Money
        /// The inverse contract that says what the coin is worth.
        let reference: Instrument?
        let mark: Price?
        let markedAt: UnixMilliseconds
    }

    /// What is known of one instrument.
    struct Line: Codable {
        let instrument: Instrument
        let settleCoin: String?
        let mark: Price?
        let last: Price?
        let middle: Price?
        let fill: Price?
        let book: KeptBook?
    }

    struct Entry: Codable {
        let instrument: Instrument
        let positionIndex: PositionIndex
        let coin: String
        let quantity: Quantity
        let cost: Money
        let realisedProfit: Money
        let fees: Money
        let funding: Money
        let priceScale: UInt8
        let mark: Price?
        let markedAt: UnixMilliseconds
        let correlationID: CorrelationID?
    }

    let coins: [Coin]
    let lines: [Line]
    let positions: [Entry]
    let executionIDs: [String]
    let fundingIDs: [String]
}

extension Portfolio {
    var body: PortfolioBody {
        PortfolioBody(
            coins: coins.map { coin in
                PortfolioBody.Coin(
                    coin: coin.coin,
                    start: coin.start,
                    realisedProfit: coin.realisedProfit,
                    fees: coin.fees,
                    funding: coin.funding,
                    reference: coin.reference.map { lines.instruments[$0] },
                    mark: coin.mark,
                    markedAt: coin.markedAt
                )
            },
            lines: zip(lines.instruments, lines.values).map(PortfolioBody.Line.init),
            positions: positions.map { PortfolioBody.Entry($0, coin: coins[$0.coin].coin) },
            executionIDs: executions.inOrder,
            fundingIDs: fundings.inOrder
        )
    }

    /// Takes kept books over exactly; only how positions are margined comes from `settings`.
    init(restoring body: PortfolioBody, settings: PortfolioSettings) throws(PortfolioError) {
        var settings = settings
        guard let own = body.coins.first else { throw .unreadable(why: "no coin is in it") }
        settings.coin = own.coin
        settings.startingEquity = own.start
        settings.otherWallets = []
        self.init(settings: settings)
        for coin in body.coins.dropFirst() { add(CoinBook(restoring: coin)) }
        coins[0] = CoinBook(restoring: own)
        for line in body.lines {
            let place = self.line(of: line.instrument)
            lines[place].settleCoin = line.settleCoin
            lines[place].marks = MarkSources(restoring: line)
        }
        for (place, coin) in body.coins.enumerated() {
            if let reference = coin.reference { refer(place, to: self.line(of: reference)) }
        }
        for entry in body.positions { try restore(entry) }
        for id in body.executionIDs { executions.insert(id) }
        for id in body.fundingIDs { fundings.insert(id) }
    }

    private mutating func restore(_ entry: PortfolioBody.Entry) throws(PortfolioError) {
        let line = line(of: entry.instrument)
        guard let coin = coins.firstIndex(where: { $0.coin == entry.coin }) else {
            throw .unreadable(why: "\(entry.instrument) is settled in \(entry.coin), which is not in it")
        }
        guard lines[line].places[entry.positionIndex] == nil else {
            throw .unreadable(why: "a position of \(entry.instrument) is in it twice")
        }
        do throws(NumberError) {
            _ = add(try Position(restoring: entry, coin: coin, model), in: line)
        } catch {
            throw .unreadable(why: "the value of \(entry.instrument) cannot be computed exactly: \(error)")
        }
    }
}

extension PortfolioBody.Line {
    init(_ instrument: Instrument, _ line: InstrumentLine) {
        self.init(
            instrument: instrument,
            settleCoin: line.settleCoin,
            mark: line.marks.mark,
            last: line.marks.last,
            middle: line.marks.middle,
            fill: line.marks.fill,
            book: line.marks.book.map(KeptBook.init)
        )
    }
}

extension PortfolioBody.Entry {
    init(_ position: Position, coin: String) {
        self.init(
            instrument: position.instrument,
            positionIndex: position.index,
            coin: coin,
            quantity: position.quantity,
            cost: position.cost,
            realisedProfit: position.realisedProfit,
            fees: position.fees,
            funding: position.funding,
            priceScale: position.priceScale,
            mark: position.mark,
            markedAt: position.markedAt,
            correlationID: position.correlationID
        )
    }
}
