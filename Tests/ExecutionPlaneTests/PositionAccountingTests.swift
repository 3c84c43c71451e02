import Contracts
import EventKernel
import ExecutionPlane
import TestKit
import Testing

/// The worked examples of `docs/accounting.md`, figure by figure.
@Suite struct `The accounting of` {
    /// The figures of one position.
    private struct Figures: Equatable {
        var quantity: String
        var entry: String?
        var realised: String
        var unrealised: String
        var margin: String?
        var liquidation: String?
    }

    private func figures(_ position: PositionUpdate?) -> Figures? {
        position.map {
            Figures(
                quantity: $0.quantity.description,
                entry: $0.entryPrice?.description,
                realised: $0.realisedProfit.description,
                unrealised: $0.unrealisedProfit.description,
                margin: $0.margin?.description,
                liquidation: $0.liquidationPrice?.description
            )
        }
    }

    @Test func `a linear contract, averaged, closed in part and turned round`() {
        let plane = PlaneHarness.books(PortfolioSettings(startingEquity: 1_000, leverage: 10))
        plane.fill("e1", .buy, 3, at: 100, fee: Money(units: 165, scale: 3))
        plane.fill("e2", .buy, 4, at: 101, fee: Money(units: 2_222, scale: 4))
        plane.fill("e3", .sell, 2, at: 102, fee: Money(units: 1_122, scale: 4))
        #expect(
            plane.published(AccountUpdate.self).map(\.equity)
                == [Money("999.835"), Money("1002.6128"), Money("1009.5006")]
        )
        plane.tell(TickerEvent.fixture(mark: 103))
        #expect(
            figures(plane.position)
                == Figures(
                    quantity: "5",
                    entry: "100.5714",
                    realised: "2.857142857143",
                    unrealised: "12.142857142857",
                    margin: "51.500000000000",
                    liquidation: "91.0171"
                )
        )
        #expect(plane.account?.equity == Money("1014.5006"))
        #expect(plane.account?.available == Money("963.0006"))
        plane.fill("e4", .sell, 8, at: 99, fee: Money(units: 4_356, scale: 4))
        #expect(
            figures(plane.position)
                == Figures(
                    quantity: "-3",
                    entry: "99.0000",
                    realised: "-5.000000000000",
                    unrealised: "-12",
                    margin: "30.900000000000",
                    liquidation: "108.4050"
                )
        )
        #expect(plane.account?.equity == Money("982.065"))
    }

    @Test func `an inverse contract, in an account of its own coin`() {
        let plane = PlaneHarness.books(PortfolioSettings(coin: "BTC", startingEquity: 1, leverage: 10))
        plane.tell(InstrumentSpec.settled(in: "BTC", inverseBitcoin))
        plane.tell(TickerEvent.fixture(of: inverseBitcoin, mark: 66_000))
        plane.fill("e1", .buy, 30_000, at: 60_000, fee: Money(units: 275, scale: 6), of: inverseBitcoin)
        #expect(plane.position?.unrealisedProfit == Money("0.045454545454545455"))
        plane.fill("e2", .sell, 10_000, at: 66_000, fee: Money(units: 83_333, scale: 9), of: inverseBitcoin)
        #expect(
            figures(plane.position)
                == Figures(
                    quantity: "20000",
                    entry: "60000.0000",
                    realised: "0.015151515151515152",
                    unrealised: "0.030303030303030303",
                    margin: "0.030303030303030303",
                    liquidation: "54794.5205"
                )
        )
        #expect(plane.position?.coin == "BTC")
        #expect(plane.account?.coin == "BTC")
        #expect(plane.account?.equity == Money("1.045096212454545455"))
        #expect(plane.account?.wallets.isEmpty == true)
    }

    @Test func `an inverse contract, in an account of another coin`() {
        let plane = PlaneHarness.books(
            PortfolioSettings(
                startingEquity: 1_000,
                otherWallets: [AccountUpdate.Wallet(coin: "BTC", equity: 1)],
                leverage: 10
            )
        )
        plane.tell(InstrumentSpec.settled(in: "BTC", inverseBitcoin))
        plane.tell(ControlState.fixture(.running))
        #expect(plane.account?.equity == 1_000, "a coin without a price counts for nothing")
        plane.tell(TickerEvent.fixture(of: inverseBitcoin, mark: 66_000))
        plane.fill("e1", .buy, 30_000, at: 60_000, fee: Money(units: 275, scale: 6), of: inverseBitcoin)
        plane.fill("e2", .sell, 10_000, at: 66_000, fee: Money(units: 83_333, scale: 9), of: inverseBitcoin)
        #expect(plane.account?.coin == "USDT")
        #expect(
            plane.account?.wallets
                == [
                    AccountUpdate.Wallet(
                        coin: "BTC",
                        equity: Money(units: 1_045_096_212_454_545_455, scale: 18)
                    )
                ]
        )
        #expect(plane.account?.equity == Money("69976.350022"))
        #expect(plane.account?.available == Money("67976.350022"))
        #expect(plane.account?.realisedProfit == 0)
    }

    @Test func `a short inverse contract`() {
        let plane = PlaneHarness.books(PortfolioSettings(coin: "BTC", startingEquity: 1, leverage: 10))
        plane.tell(InstrumentSpec.settled(in: "BTC", inverseBitcoin))
        plane.fill("e1", .sell, 30_000, at: 60_000, of: inverseBitcoin)
        plane.tell(TickerEvent.fixture(of: inverseBitcoin, mark: 50_000))
        // 30,000 / 50,000 = 0.6 coins buy back what 0.5 coins were owed for.
        #expect(plane.position?.unrealisedProfit == Money("0.1"))
        #expect(plane.position?.liquidationPrice == Price("66298.3425"))
    }

    @Test func `a spot pair, owned outright`() {
        let plane = PlaneHarness.books(PortfolioSettings(startingEquity: 50_000, leverage: 10))
        plane.tell(TickerEvent.fixture(of: spotBitcoin, mark: 42_000))
        plane.fill("e1", .buy, Quantity(units: 5, scale: 1), at: 40_000, fee: 20, of: spotBitcoin)
        #expect(plane.account?.equity == 50_980)
        #expect(plane.account?.available == 29_980)
        plane.fill(
            "e2",
            .sell,
            Quantity(units: 2, scale: 1),
            at: 43_000,
            fee: Money(units: 86, scale: 1),
            of: spotBitcoin
        )
        #expect(
            figures(plane.position)
                == Figures(
                    quantity: "0.3",
                    entry: "40000.0000",
                    realised: "600.000000000000",
                    unrealised: "600.000000000000",
                    margin: "12600.0",
                    liquidation: nil
                )
        )
        #expect(plane.account?.equity == Money("51171.4"))
        #expect(plane.account?.available == Money("38571.4"))
    }

    @Test func `two legs of hedge mode, each for itself`() {
        let plane = PlaneHarness.books(PortfolioSettings(startingEquity: 1_000))
        plane.fill("e1", .buy, 2, at: 100, index: .hedgeLong)
        plane.fill("e2", .sell, 3, at: 110, index: .hedgeShort)
        plane.forget()
        plane.tell(TickerEvent.fixture(mark: 105))
        let legs = plane.published(PositionUpdate.self)
        #expect(legs.map(\.positionIndex) == [.hedgeLong, .hedgeShort])
        #expect(legs.map(\.quantity) == [2, -3])
        #expect(legs.map(\.unrealisedProfit) == [10, 15])
        #expect(plane.published(AccountUpdate.self).map(\.equity) == [1_025])
        plane.fill("e3", .buy, 1, at: 104, index: .hedgeShort)
        #expect(plane.position?.quantity == -2)
        #expect(plane.position?.realisedProfit == 6)
        #expect(plane.account?.equity == 1_026)
        #expect(plane.account?.available == 606)
    }

    @Test func `funding, paid, received and told twice`() {
        let plane = PlaneHarness.books(PortfolioSettings(startingEquity: 1_000))
        plane.fill("e1", .buy, 2, at: 100)
        plane.forget()
        plane.fund("f1", Money(units: 2, scale: 2))
        plane.fund("f1", Money(units: 2, scale: 2))
        plane.fund("f2", Money(units: -5, scale: 3))
        #expect(plane.published(PositionUpdate.self).map(\.funding) == [Money("0.02"), Money("0.015")])
        #expect(plane.account?.funding == Money("0.015"))
        #expect(plane.account?.equity == Money("999.985"))
        #expect(
            plane.published(PositionUpdate.self).map(\.meta.correlationID) == [.intent(33), .intent(33)],
            "funding follows from what made the position"
        )
    }

    @Test func `a liquidation, as a fill like any other`() {
        let plane = PlaneHarness.books(PortfolioSettings(startingEquity: 100, leverage: 10))
        plane.fill("e1", .buy, 1, at: 100)
        #expect(plane.position?.liquidationPrice == Price("90.5"))
        plane.fill(
            "l1",
            .sell,
            1,
            at: Price(units: 905, scale: 1),
            fee: Money(units: 4_525, scale: 4),
            purpose: .liquidation,
            correlationID: nil
        )
        #expect(plane.position?.quantity == 0)
        #expect(plane.position?.realisedProfit == Money("-9.5"))
        #expect(plane.position?.liquidationPrice == nil)
        #expect(plane.account?.equity == Money("90.0475"))
    }
}
