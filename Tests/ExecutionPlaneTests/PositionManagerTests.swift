import Contracts
import EventKernel
import ExecutionPlane
import TestKit
import Testing

@Suite struct `Position manager` {
    static func harness(
        _ settings: PortfolioSettings = PortfolioSettings(startingEquity: 1_000)
    ) -> PlaneHarness {
        PlaneHarness { kernel in _ = PositionManager(settings: settings, kernel: kernel) }
    }

    let plane = Self.harness()

    private func fill(
        _ id: String,
        _ side: Side,
        _ quantity: Quantity,
        at price: Price,
        fee: Money = 0,
        on plane: PlaneHarness? = nil
    ) {
        (plane ?? self.plane).tell(
            OrderEvent.fixture(
                .filled,
                side,
                quantity: quantity,
                fill: Fill.fixture(id, price: price, quantity: quantity, fee: fee)
            )
        )
    }
    private var position: PositionUpdate? { plane.published(PositionUpdate.self).last }
    private var account: AccountUpdate? { plane.published(AccountUpdate.self).last }

    @Test(
        arguments: [
            // fills as (side, quantity, price), then quantity, entry, realised, unrealised at the last price
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
        for (index, (side, size, price)) in fills.enumerated() { fill("e\(index)", side, size, at: price) }
        let position = try #require(position)
        #expect(position.quantity == Quantity(quantity))
        #expect(position.entryPrice == entry.flatMap { Price($0) })
        #expect(position.realisedProfit == Money(realised))
    }

    @Test func `answers each fill with position, account and state to keep, in its correlation`() {
        fill("e1", .buy, 1, at: 100)
        #expect(
            plane.events.suffix(3).map(\.topic) == [
                .portfolioPositionUpdate, .portfolioAccountUpdate, .stateSnapshot,
            ]
        )
        #expect(position?.meta.correlationID == .intent(33))
    }

    @Test func `books an execution once`() {
        fill("e1", .buy, 1, at: 100)
        fill("e1", .buy, 1, at: 100)
        #expect(plane.published(PositionUpdate.self).map(\.quantity) == [1])
    }

    @Test func `takes fees off the equity`() {
        plane.tell(TickerEvent.fixture(mark: 120))
        fill("e1", .buy, 2, at: 100, fee: Money(units: 5, scale: 1))
        #expect(account?.equity == Money("1039.5"))
        #expect(account?.unrealisedProfit == 40)
        #expect(account?.fees == Money("0.5"))
        #expect(account?.available == Money("799.5"))
    }

    @Test func `marks a held position at most once a second, by the mark price or else the book's middle`() {
        plane.tell(OrderBookDelta.fixture())
        fill("e1", .buy, 1, at: 100)
        #expect(position?.markPrice == Price("100.5"))
        plane.forget()
        for mark in [101, 102, 103] as [Price] { plane.tell(TickerEvent.fixture(mark: mark)) }
        #expect(plane.published(PositionUpdate.self).isEmpty)
        plane.advance(milliseconds: 1_000)
        #expect(plane.published(PositionUpdate.self).map(\.markPrice) == [103])
        #expect(plane.published(PositionUpdate.self).map(\.meta.correlationID) == [nil])
        plane.advance(milliseconds: 10_000)
        plane.tell(TickerEvent.fixture(mark: 103))
        plane.advance(milliseconds: 10_000)
        #expect(plane.published(PositionUpdate.self).count == 1)
    }

    @Test func `says nothing about marks while flat`() {
        plane.tell(TickerEvent.fixture(mark: 101))
        plane.advance(milliseconds: 5_000)
        #expect(plane.published(PositionUpdate.self).isEmpty)
    }

    @Test func `tells the account once where nothing was recovered`() {
        plane.tell(ControlState.fixture(.running))
        plane.tell(ControlState.fixture(.running))
        #expect(plane.published(AccountUpdate.self).map(\.equity) == [1_000])
    }

    @Test func `has its state kept when the system stops`() {
        plane.tell(ControlState.fixture(.stopping))
        plane.tell(ControlState.fixture(.stopping))
        #expect(plane.published(StateSnapshot.self).map(\.part) == [.portfolio])
    }

    @Test func `comes back exactly as it was kept`() throws {
        // Given
        fill("e1", .buy, 3, at: 100, fee: 1)
        fill("e2", .sell, 1, at: 107, fee: 1)
        let kept = try #require(plane.published(StateSnapshot.self).last)
        // When: the configured start is another one, but the books keep their own
        let revived = Self.harness(PortfolioSettings(startingEquity: 5))
        revived.tell(restored(kept.body))
        // Then
        var before = try #require(position)
        before.meta = try #require(revived.published(PositionUpdate.self).first).meta
        #expect(revived.published(PositionUpdate.self) == [before])
        #expect(revived.published(AccountUpdate.self).map(\.equity) == [account?.equity])
        fill("e2", .sell, 1, at: 107, on: revived)
        #expect(
            revived.published(PositionUpdate.self).count == 1,
            "an execution of the run before is booked once"
        )
        revived.tell(ControlState.fixture(.stopping))
        #expect(revived.published(StateSnapshot.self).last?.body == kept.body)
    }

    @Test(arguments: [
        (body: "{", version: 1, code: "portfolio.unreadable"),
        (body: "{}", version: 1, code: "portfolio.unreadable"),
        (body: "{}", version: 2, code: "portfolio.version"),
    ])
    func `says why a state cannot be restored`(body: String, version: Int, code: String) {
        plane.tell(restored(body, version: version))
        #expect(plane.errorCodes == [code])
        #expect(plane.published(PositionUpdate.self).isEmpty)
    }

    private func restored(_ body: String, version: Int = 1) -> StateRecovery {
        StateRecovery(
            meta: EventMeta(source: .storage),
            step: .restored(part: .portfolio, version: version, body: body, asOf: 7)
        )
    }
}
