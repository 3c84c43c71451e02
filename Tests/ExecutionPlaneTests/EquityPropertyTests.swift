import Contracts
import EventKernel
import ExecutionPlane
import TestKit
import Testing

/// The books against plain cash accounting in whole numbers.
@Suite struct `Equity, whatever is filled` {
    /// Cash and holdings in units of 10^-10 of the quote asset: prices have 2 places, quantities 3, fee rates 5.
    private struct Ledger {
        var cash: Int128 = 10_000 * Self.one
        var held: [Instrument: Int128] = [:]
        var mark: [Instrument: Int128] = [:]
        static let one: Int128 = 10_000_000_000

        mutating func trade(
            _ instrument: Instrument,
            signedThousandths: Int128,
            cents: Int128,
            feeRate: Int128
        ) {
            cash -= signedThousandths * cents * 100_000
            cash -= abs(signedThousandths) * cents * feeRate
            held[instrument, default: 0] += signedThousandths
        }

        var equity: Int128 {
            held.reduce(cash) { $0 + $1.value * (mark[$1.key] ?? 0) * 100_000 }
        }
    }

    @Test func `is cash plus holdings to the last digit, in two thousand random runs`() throws {
        for seed in 0..<2_000 as Range<UInt64> { try run(seed) }
    }

    private func run(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let plane = PlaneHarness { kernel in
            _ = PositionManager(settings: PortfolioSettings(startingEquity: 10_000), kernel: kernel)
        }
        var ledger = Ledger()
        for index in 0..<Int.random(in: 1...12, using: &random) {
            let instrument = Bool.random(using: &random) ? bitcoin : ether
            let mark = Int64.random(in: 1...9_000_000, using: &random)
            ledger.mark[instrument] = Int128(mark)
            plane.tell(TickerEvent.fixture(of: instrument, mark: Price(units: mark, scale: 2)))
            try trade(index, instrument, &ledger, plane, &random)
            let account = try #require(plane.published(AccountUpdate.self).last)
            #expect(account.equity == Money(units: ledger.equity, scale: 10), "seed \(seed)")
            let parts = try Money(10_000).adding(account.realisedProfit).adding(account.unrealisedProfit)
                .subtracting(account.fees).subtracting(account.funding)
            #expect(account.equity == parts)
            plane.forget()
        }
    }

    /// One fill, sometimes told twice.
    private func trade(
        _ index: Int,
        _ instrument: Instrument,
        _ ledger: inout Ledger,
        _ plane: PlaneHarness,
        _ random: inout SeededGenerator
    ) throws {
        let side: Side = Bool.random(using: &random) ? .buy : .sell
        let thousandths = Int64.random(in: 1...50_000, using: &random)
        let cents = Int64.random(in: 1...9_000_000, using: &random)
        let feeRate = Int64.random(in: 0...100, using: &random)
        let quantity = Quantity(units: thousandths, scale: 3)
        let price = Price(units: cents, scale: 2)
        let fee = try quantity.times(price).times(Ratio(units: feeRate, scale: 5))
        let event = OrderEvent.fixture(
            of: instrument,
            .partiallyFilled,
            side,
            quantity: quantity,
            fill: Fill.fixture("e\(index)", price: price, quantity: quantity, fee: fee)
        )
        plane.tell(event)
        if Int.random(in: 0..<8, using: &random) == 0 { plane.tell(event) }
        ledger.trade(
            instrument,
            signedThousandths: Int128(side == .buy ? thousandths : -thousandths),
            cents: Int128(cents),
            feeRate: Int128(feeRate)
        )
    }
}
