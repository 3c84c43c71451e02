import Contracts
import EventKernel
import ExecutionPlane
import TestKit
import Testing

/// I14: equity = start + realised + unrealised - fees - funding, to the last digit, against numbers without bounds.
@Suite struct `The books, whatever is filled` {
    private static let runCount = 10_000

    @Test func `are equal to the last digit to books kept in numbers without bounds`() throws {
        var failures = 0
        for seed in 0..<UInt64(Self.runCount) where failures < 3 {
            var run = PortfolioRun(seed: seed)
            if let why = try run.failure() {
                Issue.record("seed \(seed): \(why)")
                failures += 1
            }
        }
    }

    @Test(
        arguments: [
            (7, 2, 4), (5, 2, 2), (-5, 2, -2), (-7, 2, -4), (6, 4, 2), (9, 4, 2), (-11, 4, -3), (0, 5, 0),
        ] as [(Int128, Int128, Int128)]
    )
    func `are checked by a division that rounds half to even`(left: Int128, right: Int128, quotient: Int128) {
        #expect(BigInteger(left).dividedHalfEven(by: BigInteger(right)) == BigInteger(quotient))
    }

    @Test func `are checked by numbers that divide what they multiply`() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<300 {
            let left = BigInteger(Int128.random(in: .min ... .max, using: &random))
            let right = BigInteger(Int128.random(in: 1 ... .max, using: &random))
            let small = BigInteger(Int128.random(in: 1...4_000_000_000, using: &random))
            #expect((left * right).dividedHalfEven(by: right) == left)
            #expect((left * small * right).dividedHalfEven(by: small * right) == left)
            #expect(left + right - right == left)
            #expect((left + right) * small == left * small + right * small)
        }
    }
}

/// One random sequence of prices, fills and fundings, told to the books and to the ledger.
private struct PortfolioRun {
    private static let instruments = [
        bitcoin, instrument("linear:BTCPERP"), spotBitcoin, inverseBitcoin, instrument("inverse:ETHUSD"),
    ]
    private static let coins = ["USDT", "USDC", "USDT", "BTC", "ETH"]

    /// The newest that the books told.
    private final class Ear {
        var account: AccountUpdate?
        var position: PositionUpdate?
        var errors: [ErrorEvent] = []
        var snapshot: StateSnapshot?
    }

    private var random: SeededGenerator
    private let settings: PortfolioSettings
    private var kernel = Kernel()
    private var ear = Ear()
    private var ledger = Ledger()
    private var noted: [Instrument: Price] = [:]
    private var time: UnixMilliseconds = 1_700_000_000_000
    /// Decimal places of each instrument's prices and quantities, and the fewest digits of its prices.
    private let scales: [(price: Int, quantity: Int, digits: UInt8)]
    private var lastFill: OrderEvent?

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        scales = Self.instruments.map { instrument in
            let quantity = instrument.category == .inverse ? 0 : Int.random(in: 0...8, using: &random)
            return (Int.random(in: 0...8, using: &random), quantity, UInt8.random(in: 1...7, using: &random))
        }
        settings = PortfolioSettings(
            startingEquity: Money(units: Int128.random(in: 0...1_000_000_000_000, using: &random), scale: 6),
            otherWallets: [AccountUpdate.Wallet(coin: "BTC", equity: Money(units: 123_456_789, scale: 8))],
            leverage: Bool.random(using: &random) ? 0 : 7,
            markIntervalMilliseconds: 0,
            keepsEachFill: false
        )
        self.random = random
        start()
    }

    /// Why the books are wrong after some step; nil where they never are.
    mutating func failure() throws -> String? {
        for step in 0..<Int.random(in: 1...16, using: &random) {
            time += 1_000
            let place = Int.random(in: 0..<Self.instruments.count, using: &random)
            let index = PositionIndex.allCases[Int.random(in: 0..<3, using: &random)]
            switch Int.random(in: 0..<12, using: &random) {
            case 0, 1: tellMark(place)
            case 2: fund(step, place, index)
            case 3: if let lastFill { kernel.ingest(lastFill) }
            case 4 where step > 8: restart()
            default: fill(step, place, index)
            }
            if let error = ear.errors.first { return "step \(step): \(error.what): \(error.why)" }
            if let why = accountFailure() ?? positionFailure() { return "step \(step): \(why)" }
        }
        return nil
    }

    private mutating func start() {
        kernel = Kernel()
        let ear = Ear()
        _ = PositionManager(settings: settings, kernel: kernel)
        kernel.bus.on(AccountUpdate.self, as: .logger) { ear.account = copy $0 }
        kernel.bus.on(PositionUpdate.self, as: .logger) { ear.position = copy $0 }
        kernel.bus.on(ErrorEvent.self, as: .logger) { ear.errors.append(copy $0) }
        kernel.bus.on(StateSnapshot.self, as: .logger) { ear.snapshot = copy $0 }
        self.ear = ear
        for (instrument, coin) in zip(Self.instruments, Self.coins) {
            var spec = InstrumentSpec.settled(in: coin, instrument)
            spec.meta.ts = time
            kernel.ingest(spec)
        }
    }

    private mutating func restart() {
        kernel.ingest(SnapshotRequest(meta: EventMeta(source: .system, ts: time), why: "test"))
        guard let kept = ear.snapshot else { return }
        start()
        kernel.ingest(
            StateRecovery(
                meta: EventMeta(source: .storage, ts: time),
                step: .restored(part: .portfolio, version: kept.version, body: kept.body, asOf: 1)
            )
        )
    }

    private mutating func tellMark(_ place: Int) {
        let instrument = Self.instruments[place]
        let price = price(place)
        var ticker = TickerEvent.fixture(of: instrument, mark: price)
        ticker.meta.ts = time
        noted[instrument] = price
        for index in PositionIndex.allCases {
            let key = Ledger.Key(instrument: instrument, index: index)
            if let leg = ledger.legs[key], !leg.quantity.isZero { ledger.marks[key] = price }
        }
        kernel.ingest(ticker)
    }

    private mutating func fund(_ step: Int, _ place: Int, _ index: PositionIndex) {
        let amount = Money(
            units: Int128.random(in: -1_000_000_000...1_000_000_000, using: &random),
            scale: UInt8.random(in: 2...18, using: &random)
        )
        let payment = FundingPayment(
            executionID: "f\(step)",
            positionIndex: index,
            quantity: 1,
            markPrice: 1,
            rate: 0,
            amount: amount,
            time: time
        )
        let instrument = Self.instruments[place]
        ledger.fund(amount, Ledger.Key(instrument: instrument, index: index))
        let report = VenueReport(
            meta: EventMeta(source: .trading, ts: time),
            venue: "test",
            instrument: instrument,
            orderID: nil,
            kind: .funding(payment)
        )
        kernel.ingest(report)
        if Bool.random(using: &random) { kernel.ingest(report) }
    }

    private mutating func fill(_ step: Int, _ place: Int, _ index: PositionIndex) {
        let instrument = Self.instruments[place]
        let key = Ledger.Key(instrument: instrument, index: index)
        let price = price(place)
        guard var quantity = quantity(place, price) else { return }
        // Some fills close exactly what is held.
        let held = ear.position.flatMap {
            $0.instrument == instrument && $0.positionIndex == index ? $0 : nil
        }
        var side: Side = Bool.random(using: &random) ? .buy : .sell
        if let held, !held.quantity.isZero, Int.random(in: 0..<4, using: &random) == 0,
            let all = try? held.quantity.magnitude
        {
            (quantity, side) = (all, held.quantity.isNegative ? .buy : .sell)
        }
        let fee = Money(
            units: Int128.random(in: -10_000_000...90_000_000, using: &random),
            scale: UInt8.random(in: 4...18, using: &random)
        )
        let fill = Fill.fixture("e\(step)", price: price, quantity: quantity, fee: fee)
        var order = OrderEvent.fixture(of: instrument, .filled, side, quantity: quantity, fill: fill)
        if index != .oneWay { order = order.moved(to: index) }
        order.meta.ts = time
        ledger.fill(fill, side, key)
        ledger.marks[key] = noted[instrument] ?? price
        lastFill = order
        kernel.ingest(order)
    }
}

extension PortfolioRun {
    /// Of any size, and within a run over three orders of magnitude.
    private mutating func price(_ place: Int) -> Price {
        let (scale, _, fewest) = scales[place]
        let digits = UInt8.random(in: fewest...fewest + 2, using: &random)
        return Price(
            units: Int64.random(in: 1...PowersOfTen.int64[Int(digits)], using: &random),
            scale: UInt8(scale)
        )
    }

    /// Of any size whose value an exchange could settle.
    private mutating func quantity(_ place: Int, _ price: Price) -> Quantity? {
        let digits = Int.random(in: 1...10, using: &random)
        let units = Int64.random(in: 1...PowersOfTen.int64[digits], using: &random)
        let scale = UInt8(scales[place].quantity)
        let quantity = Quantity(units: units, scale: scale)
        let isInverse = Self.instruments[place].category == .inverse
        let value =
            isInverse
            ? quantity.approximate / price.approximate : quantity.approximate * price.approximate
        return value <= (isInverse ? 1e6 : 1e8) ? quantity : nil
    }

    /// Compares the account that was told last with the ledger.
    private func accountFailure() -> String? {
        guard let account = ear.account else { return nil }
        let own = equity(of: "USDT", start: BigDecimal(settings.startingEquity))
        var expected = own
        for wallet in account.wallets {
            let start = wallet.coin == "BTC" ? BigDecimal(Money(units: 123_456_789, scale: 8)) : .zero
            let equity = equity(of: wallet.coin, start: start)
            guard BigDecimal(wallet.equity) == equity else { return "\(wallet.coin) \(wallet.equity)" }
            expected = expected + worth(equity, wallet.coin)
        }
        guard BigDecimal(account.equity) == expected else { return "equity \(account.equity)" }
        let parts =
            BigDecimal(settings.startingEquity) + BigDecimal(account.realisedProfit)
            + BigDecimal(account.unrealisedProfit) - BigDecimal(account.fees) - BigDecimal(account.funding)
        guard parts == own else { return "the parts of \(account.equity)" }
        return nil
    }

    private func equity(of coin: String, start: BigDecimal) -> BigDecimal {
        ledger.equity(
            start: start,
            of: zip(Self.instruments, Self.coins).filter { $0.1 == coin }.map { $0.0 }
        )
    }

    /// In the account's coin, at the mark of the coin's inverse contract.
    private func worth(_ equity: BigDecimal, _ coin: String) -> BigDecimal {
        guard coin != "USDC" else { return equity.divided(by: BigDecimal(1 as Price), places: 8) }
        let instrument = coin == "BTC" ? inverseBitcoin : Self.instruments[4]
        guard let price = noted[instrument] ?? ledger.lastFills[instrument] else { return .zero }
        return (equity * BigDecimal(price)).divided(by: BigDecimal(1 as Price), places: 8)
    }

    private func positionFailure() -> String? {
        guard let told = ear.position else { return nil }
        let key = Ledger.Key(instrument: told.instrument, index: told.positionIndex)
        guard let leg = ledger.legs[key] else { return "a position of \(told.instrument) from nothing" }
        guard BigDecimal(told.quantity) == leg.quantity else { return "quantity \(told.quantity)" }
        guard BigDecimal(told.realisedProfit) == leg.realised else {
            return "realised \(told.realisedProfit)"
        }
        guard BigDecimal(told.fees) == leg.fees else { return "fees \(told.fees)" }
        guard BigDecimal(told.funding) == leg.funding else { return "funding \(told.funding)" }
        let isInverse = told.instrument.category == .inverse
        let unrealised = ledger.worth(key) + (isInverse ? leg.cost : -leg.cost)
        guard BigDecimal(told.unrealisedProfit) == unrealised else {
            return "unrealised \(told.unrealisedProfit)"
        }
        return nil
    }
}

extension OrderEvent {
    /// The same for a leg of hedge mode.
    fileprivate func moved(to index: PositionIndex) -> OrderEvent {
        OrderEvent(
            meta: meta,
            orderID: orderID,
            instrument: instrument,
            strategy: strategy,
            state: state,
            side: side,
            type: type,
            timeInForce: timeInForce,
            limitPrice: limitPrice,
            quantity: quantity,
            filledQuantity: filledQuantity,
            isReduceOnly: isReduceOnly,
            positionIndex: index,
            fill: fill
        )
    }
}
