import Contracts
import EventKernel
import ExecutionPlane
import TestKit
import Testing

@Suite struct `Kept books` {
    private let quiet = PortfolioSettings(
        startingEquity: 1_000,
        otherWallets: [AccountUpdate.Wallet(coin: "ETH", equity: 2)],
        leverage: 5,
        keepsEachFill: false
    )

    /// Books with every kind of position in them.
    private func traded() -> PlaneHarness {
        let plane = PlaneHarness.books(quiet)
        plane.tell(InstrumentSpec.settled(in: "BTC", inverseBitcoin))
        plane.tell(InstrumentSpec.settled(in: "ETH", instrument("inverse:ETHUSD")))
        plane.tell(TickerEvent.fixture(of: instrument("inverse:ETHUSD"), mark: 3_000))
        plane.tell(OrderBookDelta.fixture())
        plane.fill("e1", .buy, 3, at: 100, fee: 1)
        plane.fill("e2", .sell, 1, at: 107, fee: 1)
        plane.fill("e3", .sell, 7_000, at: 61_003, fee: Money(units: -1, scale: 6), of: inverseBitcoin)
        plane.fill("e4", .buy, 2, at: 100, of: ether, index: .hedgeLong)
        plane.fill("e5", .sell, 5, at: 101, of: ether, index: .hedgeShort)
        plane.fill("e6", .buy, 1, at: 90, of: spotBitcoin)
        plane.fill("e7", .sell, 1, at: 91, of: spotBitcoin)
        plane.fund("f1", Money(units: 3, scale: 4), of: inverseBitcoin)
        plane.tell(OrderBookDelta.fixture(bids: [(99, 0), (100, 0)], asks: [], isSnapshot: false))
        return plane
    }

    /// What is done to books after a restart as without one.
    private func goOn(_ plane: PlaneHarness) -> [AnyEvent] {
        plane.forget()
        plane.tell(OrderBookDelta.fixture(bids: [], asks: [(101, 0)], isSnapshot: false))
        plane.advance(milliseconds: 400)
        plane.tell(OrderBookDelta.fixture(bids: [], asks: [(102, 0)], isSnapshot: false))
        plane.fill("e7", .sell, 1, at: 91, of: spotBitcoin)
        plane.fund("f1", Money(units: 3, scale: 4), of: inverseBitcoin)
        plane.fund("f2", Money(units: 3, scale: 4), of: inverseBitcoin)
        plane.fill("e8", .buy, 9_000, at: 59_001, of: inverseBitcoin)
        plane.fill("e9", .sell, 1, at: 93, of: ether, index: .hedgeLong)
        plane.tell(TradeEvent.fixture(of: spotBitcoin, price: 95))
        plane.requestSnapshot()
        return plane.events
    }

    @Test func `go on as if there had been no restart`() throws {
        // Given
        let plane = traded()
        plane.requestSnapshot()
        let kept = try #require(plane.kept)
        #expect(kept.version == 2)
        // When: the configured start is another one, but the books keep their own
        var other = quiet
        other.startingEquity = 5
        other.coin = "USDC"
        let revived = PlaneHarness.books(other)
        revived.restore(kept.body)
        #expect(
            revived.published(PositionUpdate.self).map(\.meta.correlationID)
                == Array(repeating: nil, count: 5)
        )
        #expect(revived.account?.equity == plane.account?.equity)
        #expect(revived.account?.wallets == plane.account?.wallets)
        revived.requestSnapshot()
        #expect(revived.kept?.body == kept.body)
        // Then
        #expect(goOn(revived).map(\.withoutSequence) == goOn(plane).map(\.withoutSequence))
    }

    @Test func `are told only when asked for, where so configured`() {
        let plane = traded()
        #expect(plane.published(StateSnapshot.self).isEmpty)
        plane.requestSnapshot()
        #expect(plane.published(StateSnapshot.self).map(\.part) == [.portfolio])
    }

    @Test func `are told once when the system stops`() {
        let plane = PlaneHarness.books(quiet)
        plane.tell(ControlState.fixture(.stopping))
        plane.tell(ControlState.fixture(.stopping))
        #expect(plane.published(StateSnapshot.self).map(\.part) == [.portfolio])
    }

    /// Written by the program that knew version 1 only; its account said what is expected below.
    private static let first = """
        {"executionIDs":["e1","e2","e3","e4","e5"],"positions":[{"instrument":"linear:BTCUSDT","position":\
        {"cost":"300.285928571429","fees":"0.29753","funding":"0","mark":"60200.25","priceScale":1,\
        "quantity":"0.005","realisedProfit":"0.486628571429"}},{"instrument":"linear:ETHUSDT","position":\
        {"cost":"-600.1500","fees":"0.330082","funding":"0","mark":"2000.5","priceScale":1,\
        "quantity":"-0.300","realisedProfit":"0"}},{"instrument":"spot:BTCUSDT","position":{"cost":"60.000",\
        "fees":"0.06","funding":"0","mark":"60000","priceScale":0,"quantity":"0.001","realisedProfit":"0"}}],\
        "startingEquity":"1000"}
        """

    @Test func `of version 1 are taken over`() throws {
        let plane = PlaneHarness.books(PortfolioSettings(startingEquity: 5))
        plane.restore(Self.first, version: 1)
        #expect(plane.errorCodes.isEmpty)
        let positions = plane.published(PositionUpdate.self)
        #expect(positions.map(\.instrument) == [bitcoin, ether, spotBitcoin])
        #expect(positions.map(\.entryPrice) == [Price("60057.18571"), Price("2000.5"), Price("60000")])
        let account = try #require(plane.account)
        #expect(account.equity == Money("1000.514338"))
        #expect(account.available == Money("39.363088"))
        #expect(account.realisedProfit == Money("0.486628571429"))
        #expect(account.unrealisedProfit == Money("0.715321428571"))
        #expect(account.fees == Money("0.687612"))
        plane.fill("e5", .buy, Quantity(units: 1, scale: 3), at: 60_000, of: spotBitcoin)
        #expect(
            plane.published(PositionUpdate.self).count == 3,
            "an execution of the run before is booked once"
        )
        plane.requestSnapshot()
        #expect(plane.kept?.version == 2)
    }

    @Test(arguments: [
        (body: "{", version: 1, code: "portfolio.unreadable"),
        (body: "{}", version: 1, code: "portfolio.unreadable"),
        (body: "{}", version: 2, code: "portfolio.unreadable"),
        (body: "{}", version: 3, code: "portfolio.version"),
        (
            body: first.replacing("linear:ETHUSDT", with: "inverse:ETHUSD"), version: 1,
            code: "portfolio.unreadable"
        ),
    ])
    func `say why they cannot be restored`(body: String, version: Int, code: String) {
        let plane = PlaneHarness.books(quiet)
        plane.restore(body, version: version)
        #expect(plane.errorCodes == [code])
        #expect(plane.published(PositionUpdate.self).isEmpty)
    }
}

extension AnyEvent {
    /// The same with the number that every order begins anew.
    fileprivate var withoutSequence: String {
        var text = "\(topic.rawValue) "
        encodePayload { payload in
            var payload = payload
            payload.meta.seq = 0
            text += String(describing: payload)
        }
        return text
    }
}
