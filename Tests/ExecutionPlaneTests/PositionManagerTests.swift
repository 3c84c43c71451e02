import Contracts
import EventKernel
import ExecutionPlane
import TestKit
import Testing

@Suite struct `Position manager` {
    let plane = PlaneHarness.books(PortfolioSettings(startingEquity: 1_000))

    @Test(
        arguments: [
            // fills as (side, quantity, price), then quantity, entry, realised
            (fills: [(.buy, 2, 100)], quantity: "2", entry: "100", realised: "0"),
            (fills: [(.buy, 2, 100), (.buy, 2, 110)], quantity: "4", entry: "105", realised: "0"),
            (fills: [(.buy, 2, 100), (.sell, 1, 110)], quantity: "1", entry: "100", realised: "10"),
            (fills: [(.buy, 2, 100), (.sell, 2, 90)], quantity: "0", entry: nil, realised: "-20"),
            (fills: [(.buy, 2, 100), (.sell, 5, 110)], quantity: "-3", entry: "110", realised: "20"),
            (fills: [(.sell, 2, 100), (.buy, 1, 90)], quantity: "-1", entry: "100", realised: "10"),
            (fills: [(.sell, 2, 100), (.buy, 3, 90)], quantity: "1", entry: "90", realised: "20"),
            (
                fills: [(.buy, 3, 100), (.buy, 4, 101), (.sell, 2, 102)], quantity: "5", entry: "100.5714",
                realised: "2.857142857143"
            ),
        ] as [(fills: [(Side, Quantity, Price)], quantity: String, entry: String?, realised: String)]
    )
    func `counts by exact cost, through zero too`(
        fills: [(Side, Quantity, Price)],
        quantity: String,
        entry: String?,
        realised: String
    ) throws {
        for (index, (side, size, price)) in fills.enumerated() {
            plane.fill("e\(index)", side, size, at: price)
        }
        let position = try #require(plane.position)
        #expect(position.quantity == Quantity(quantity))
        #expect(position.entryPrice == entry.flatMap { Price($0) })
        #expect(position.realisedProfit == Money(realised))
    }

    @Test func `answers each fill with position, account and state to keep, in its correlation`() {
        plane.fill("e1", .buy, 1, at: 100)
        #expect(
            plane.events.suffix(3).map(\.topic) == [
                .portfolioPositionUpdate, .portfolioAccountUpdate, .stateSnapshot,
            ]
        )
        #expect(plane.position?.meta.correlationID == .intent(33))
        #expect(plane.account?.meta.correlationID == .intent(33))
    }

    @Test func `books an execution once`() {
        plane.fill("e1", .buy, 1, at: 100)
        plane.fill("e1", .buy, 1, at: 100)
        #expect(plane.published(PositionUpdate.self).map(\.quantity) == [1])
    }

    @Test func `forgets the oldest execution first`() {
        let plane = PlaneHarness.books(PortfolioSettings(executionIDCountMax: 2))
        for id in ["e1", "e2", "e3", "e3", "e2", "e1"] { plane.fill(id, .buy, 1, at: 100) }
        #expect(plane.published(PositionUpdate.self).map(\.quantity) == [1, 2, 3, 4])
    }

    @Test func `takes fees off the equity and adds rebates`() {
        plane.tell(TickerEvent.fixture(mark: 120))
        plane.fill("e1", .buy, 2, at: 100, fee: Money(units: 5, scale: 1))
        #expect(plane.account?.equity == Money("1039.5"))
        #expect(plane.account?.unrealisedProfit == 40)
        #expect(plane.account?.fees == Money("0.5"))
        #expect(plane.account?.available == Money("799.5"))
        plane.fill("e2", .sell, 2, at: 120, fee: Money(units: -7, scale: 1))
        #expect(plane.account?.fees == Money("-0.2"))
        #expect(plane.account?.equity == Money("1040.2"))
        #expect(plane.account?.available == plane.account?.equity)
    }

    @Test func `tells the account once where nothing was recovered`() {
        plane.tell(ControlState.fixture(.running))
        plane.tell(ControlState.fixture(.running))
        #expect(plane.published(AccountUpdate.self).map(\.equity) == [1_000])
    }

    @Test func `refuses a fill in a coin that nobody has named, and books it later`() {
        plane.fill("e1", .buy, 100, at: 50_000, of: inverseBitcoin)
        #expect(plane.errorCodes == ["portfolio.coin_unknown"])
        #expect(plane.published(PositionUpdate.self).isEmpty)
        plane.tell(InstrumentSpec.settled(in: "BTC", inverseBitcoin))
        plane.fill("e1", .buy, 100, at: 50_000, of: inverseBitcoin)
        #expect(plane.position?.coin == "BTC")
    }

    @Test func `books a fill whole or not at all`() throws {
        plane.fill("e1", .buy, 1, at: 100)
        let account = try #require(plane.account)
        plane.requestSnapshot()
        let before = plane.kept?.body
        // A value that the account cannot add up to the last digit.
        let tiny = Quantity(units: 9_000_000_000_000_000_000, scale: 18)
        plane.fill("e2", .buy, tiny, at: Price(units: 9_000_000_000_000_000_001, scale: 18), of: ether)
        #expect(plane.errorCodes == ["portfolio.fill"])
        plane.requestSnapshot()
        #expect(plane.account == account)
        #expect(plane.kept?.body.contains("\"executionIDs\":[\"e1\"]") == true)
        #expect(before?.contains("\"executionIDs\":[\"e1\"]") == true)
        plane.fill("e3", .sell, 1, at: 110)
        #expect(plane.account?.equity == 1_010)
    }
}
