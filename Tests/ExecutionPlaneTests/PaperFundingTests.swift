import Contracts
import ExecutionPlane
import TestKit
import Testing

@Suite struct `Paper venue, funding` {
    let plane = PlaneHarness.paper()
    private let start: UnixMilliseconds = 1_700_000_000_000

    private func hold(
        _ quantity: Quantity,
        _ index: PositionIndex = .oneWay,
        of instrument: Instrument = bitcoin
    ) {
        plane.tell(PositionUpdate.fixture(of: instrument, quantity: quantity, index: index))
    }
    private var paid: [FundingPayment] { Self.paid(plane) }
    private static func paid(_ plane: PlaneHarness) -> [FundingPayment] {
        plane.reports.compactMap { if case .funding(let payment) = $0 { payment } else { nil } }
    }

    @Test(
        arguments: [
            // position x mark 110 x rate: who is long pays a rate above zero, who is short is paid.
            (held: 2, rate: "0.001", amount: "0.220"), (held: -2, rate: "0.001", amount: "-0.220"),
            (held: 2, rate: "-0.0005", amount: "-0.1100"),
        ] as [(held: Quantity, rate: String, amount: String)]
    )
    func `is settled at the first ticker of its time, at that ticker's mark`(
        held: Quantity,
        rate: String,
        amount: String
    ) {
        hold(held)
        plane.funding(ratio(rate), at: start + 1_000)
        plane.ticker(mark: 100)
        #expect(paid.isEmpty)
        plane.time += 1_000
        plane.ticker(mark: 110)
        #expect(paid.map(\.amount) == [money(amount)])
        #expect(paid.map(\.time) == [start + 1_000])
        #expect(paid.map(\.executionID) == ["funding-linear:BTCUSDT-1700000001000-0"])
        #expect(plane.published(VenueReport.self).map(\.orderID) == [nil])
    }

    @Test func `is settled once for one time, whatever is told again`() {
        hold(1)
        plane.funding(ratio("0.001"), at: start)
        plane.ticker(mark: 100)
        plane.funding(ratio("0.002"), at: start)
        plane.ticker(mark: 100)
        #expect(paid.count == 1)
    }

    @Test func `keeps its rate where the word on the next one comes first`() {
        hold(1)
        plane.funding(ratio("0.001"), at: start + 1_000)
        plane.time += 1_000
        plane.funding(ratio("0.002"), at: start + 2_000)
        plane.ticker(mark: 100)
        #expect(paid.map(\.amount) == [money("0.1")])
        plane.time += 1_000
        plane.ticker(mark: 100)
        #expect(paid.map(\.amount) == [money("0.1"), money("0.2")])
    }

    @Test func `takes the newest rate and time that are told before it is due`() {
        hold(1)
        plane.funding(ratio("0.001"), at: start + 9_000)
        plane.funding(ratio("0.003"), at: start + 1_000)
        plane.time += 1_000
        plane.ticker(mark: 100)
        plane.time += 8_000
        plane.ticker(mark: 100)
        #expect(paid.map(\.amount) == [money("0.3")])
    }

    @Test func `takes the last price where no mark is known, and nothing from who holds nothing`() {
        plane.funding(ratio("0.001"), at: start)
        plane.ticker(last: 90)
        #expect(paid.isEmpty)
        hold(1)
        plane.funding(ratio("0.001"), at: start + 1_000)
        plane.time += 1_000
        plane.ticker()
        #expect(paid.map(\.amount) == [money("0.09")])
    }

    @Test func `is paid on both legs of hedge mode`() {
        hold(3, .hedgeLong)
        hold(-1, .hedgeShort)
        plane.funding(ratio("0.001"), at: start)
        plane.ticker(mark: 100)
        #expect(paid.map(\.amount) == [money("0.3"), money("-0.1")])
        #expect(paid.map(\.positionIndex) == [.hedgeLong, .hedgeShort])
        #expect(Set(paid.map(\.executionID)).count == 2)
    }

    @Test func `of an inverse contract is paid in coin, rounded half to even at 18 places`() {
        let plane = PlaneHarness.paper(of: inverseBitcoin, hasBook: false)
        plane.tell(PositionUpdate.fixture(of: inverseBitcoin, quantity: 1_000))
        plane.funding(ratio("0.0001"), at: start, of: inverseBitcoin)
        plane.ticker(mark: 30_000, of: inverseBitcoin)
        #expect(Self.paid(plane).map(\.amount) == [money("0.000003333333333333")])
    }

    @Test func `comes before any fill at the same open`() {
        let plane = PlaneHarness.paper(.fixture(.candles(slippage: 0)), hasBook: false)
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.ask("out", .sell, 1, reduces: true)
        plane.funding(ratio("0.001"), at: start)
        plane.open(100)
        #expect(plane.said == ["out: accepted", "funding 0.100", "out: filled 1 at 100 taker"])
    }

    @Test func `is settled at a close whose end is its time`() {
        let plane = PlaneHarness.paper(.fixture(.candles(slippage: 0)), hasBook: false)
        plane.tell(PositionUpdate.fixture(quantity: 1))
        plane.funding(ratio("0.001"), at: start + 60_000)
        plane.open(100)
        plane.close(100, 110, 90, 105)
        #expect(plane.said == ["funding 0.105"])
    }
}

@Suite struct `Paper venue, liquidation` {
    private static func plane(
        _ liquidity: PaperVenueSettings.Liquidity = .book,
        of instrument: Instrument = bitcoin
    )
        -> PlaneHarness
    {
        .paper(.fixture(liquidity, leverage: 10), of: instrument, hasBook: liquidity == .book)
    }

    @Test(
        arguments: [
            // 100 (1 - 1/10 + 0.005) and 100 (1 + 1/10 - 0.005); of an inverse contract 100 / (1 + 1/10 - 0.005) = 91.32
            // and 100 / (1 - 1/10 + 0.005) = 110.49, to the tick of 0.5 that comes first.
            (text: "linear:BTCUSDT", held: 2, before: "91", at: "90.5", side: "sell"),
            (text: "linear:BTCUSDT", held: -2, before: "109", at: "109.5", side: "buy"),
            (text: "inverse:BTCUSD", held: 2, before: "92", at: "91.5", side: "sell"),
            (text: "inverse:BTCUSD", held: -2, before: "109.5", at: "110", side: "buy"),
        ] as [(text: String, held: Quantity, before: String, at: String, side: String)]
    )
    func `closes by force where the margin is used up`(
        text: String,
        held: Quantity,
        before: String,
        at: String,
        side: String
    ) {
        let contract = instrument(text)
        let plane = Self.plane(.trades(slippage: 0), of: contract)
        plane.tell(PositionUpdate.fixture(of: contract, quantity: held))
        plane.ticker(mark: price(before), of: contract)
        #expect(plane.said.isEmpty)
        plane.ticker(mark: price(at), of: contract)
        #expect(plane.said == ["liquidated \(side) 2 at \(price(at).plain) taker"])
        plane.ticker(mark: price(at), of: contract)
        #expect(plane.said.count == 1)
    }

    @Test func `follows the average price of what is held`() {
        let plane = Self.plane()
        plane.ask("a", .buy, 2)  // 1 at 101 and 1 at 102: 101.5 x 0.905 = 91.8575, the tick above is 92
        plane.ask("b", .sell, 1)  // the average stays
        plane.ticker(mark: price("92.5"))
        #expect(plane.said.last?.hasPrefix("b:") == true)
        plane.ticker(mark: 92)
        #expect(plane.said.last == "liquidated sell 1 at 92 taker")
    }

    @Test func `begins anew where a position turns round`() {
        let plane = Self.plane()
        plane.ask("a", .buy, 1)
        // 1 at 100 closes, 2 at 99 open: 99 x 1.095 = 108.405, the tick below is 108.
        plane.ask("b", .sell, 3)
        plane.ticker(mark: price("107.5"))
        #expect(plane.said.last?.hasPrefix("b:") == true)
        plane.ticker(mark: 108)
        #expect(plane.said.last == "liquidated buy 2 at 108 taker")
    }

    @Test func `ends all orders of the instrument first`() {
        let plane = Self.plane()
        plane.tell(PositionUpdate.fixture(quantity: 2))
        plane.ask("a", .buy, 1, at: 95)
        plane.ask("b", .sell, 2, reduces: true, on: .stop(80))
        plane.ticker(mark: 90)
        #expect(
            plane.said.suffix(3) == ["a: cancelled", "b: deactivated", "liquidated sell 2 at 90.5 taker"]
        )
    }

    @Test func `goes by the last price where no mark is told`() {
        let plane = Self.plane(.trades(slippage: 0))
        plane.tell(PositionUpdate.fixture(quantity: 2))
        plane.trade(.sell, 1, at: 90)
        #expect(plane.said == ["liquidated sell 2 at 90.5 taker"])
    }

    @Test(
        arguments: [
            // A stop above the price of ruin comes first, one below it comes too late.
            (stop: 95, said: ["stop: triggered", "stop: filled 2 at 95 taker"]),
            (stop: 85, said: ["stop: deactivated", "liquidated sell 2 at 90.5 taker"]),
        ] as [(stop: Price, said: [String])]
    )
    func `comes within a bar where its price lies`(stop: Price, said: [String]) {
        let plane = Self.plane(.candles(slippage: 0))
        plane.tell(PositionUpdate.fixture(quantity: 2))
        plane.open(100)
        plane.ask("stop", .sell, 2, reduces: true, on: .stop(stop))
        plane.close(100, 101, 80, 100)
        #expect(plane.said.dropFirst() == said[...])
    }

    @Test func `never comes without leverage`() {
        let plane = PlaneHarness.paper()
        plane.tell(PositionUpdate.fixture(quantity: 2))
        plane.ticker(mark: price("0.5"))
        #expect(plane.said.isEmpty)
    }
}

@Suite struct `Paper venue, latency` {
    @Test func `lets an order arrive late and its report too, at the price of its arrival`() {
        let plane = PlaneHarness.paper(
            .fixture(.trades(slippage: 0), latency: 100, reportLatency: 50),
            hasBook: false
        )
        let start = plane.time
        plane.trade(.buy, 1, at: 100)
        plane.ask("a", .buy, 1)
        plane.advance(milliseconds: 50)
        plane.trade(.buy, 1, at: 105)
        plane.advance(milliseconds: 50)
        #expect(plane.said.isEmpty)
        plane.advance(milliseconds: 49)
        #expect(plane.said.isEmpty)
        plane.advance(milliseconds: 1)
        #expect(plane.said == ["a: accepted", "a: filled 1 at 105 taker"])
        #expect(plane.published(VenueReport.self).map(\.meta.ts) == [start + 150, start + 150])
    }

    @Test func `keeps the order of what is under way`() {
        let plane = PlaneHarness.paper(.fixture(latency: 30))
        plane.ask("a", .buy, 1, at: 99)
        plane.askEnd("a")
        plane.ask("b", .buy, 1, at: 98)
        plane.advance(milliseconds: 1_000)
        #expect(plane.said == ["a: accepted", "a: cancelled", "b: accepted"])
    }

    @Test func `knows what it has filled though nobody has heard of it yet`() {
        let plane = PlaneHarness.paper(.fixture(reportLatency: 30))
        plane.tell(PositionUpdate.fixture(quantity: 0))
        plane.ask("a", .buy, 1)
        // The books are marked anew before the fill has reached them.
        plane.tell(PositionUpdate.fixture(quantity: 0))
        plane.ask("b", .sell, 1, reduces: true)
        plane.advance(milliseconds: 30)
        #expect(plane.said.last == "b: filled 1 at 100 taker")
    }
}
