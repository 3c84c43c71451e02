import Contracts
import ExecutionPlane
import TestKit
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What holds whatever the market and the leaves are: I9, I17 and I18 of operations.md, and the books.
@Suite struct `Engine and paper venue, whatever happens` {
    private static let modes: [PaperVenueSettings.Liquidity] = [
        .book, .trades(slippage: ratio("0.001")), .candles(slippage: ratio("0.001")),
    ]

    @Test(arguments: 0..<1_000 as Range<UInt64>)
    func `keep their promises`(seed: UInt64) throws {
        let liquidity = Self.modes[Int(seed % 3)]
        let venue = PaperVenueSettings.fixture(
            liquidity,
            latency: seed % 4 < 2 ? 0 : 37,
            reportLatency: seed % 8 < 6 ? 0 : 23,
            leverage: seed % 5 == 0 ? 20 : 0
        )
        let mode: PositionMode = seed % 7 == 0 ? .hedge : .oneWay
        let plane = PlaneHarness.loop(.fixture(mode, seed % 2 == 0 ? .last : .mark), venue, hasBook: false)
        for step in TradingScript(seed: seed, stepCount: 120, liquidity, hasEngine: true).steps {
            plane.run(step)
        }
        plane.advance(milliseconds: 60_000)
        var witness = Witness(checksBook: seed % 8 < 6 && liquidity == .book)
        for event in plane.events { witness.see(event) }
        #expect(witness.breaches.isEmpty, "seed \(seed): \(witness.breaches.prefix(3))")
        #expect(
            plane.errorCodes.filter { !Self.answers.contains($0) }.isEmpty,
            "seed \(seed): \(plane.errorCodes)"
        )
        try compare(plane, witness, seed)
    }

    /// What the engine says when a leave cannot be acted on, or the venue will not have an order.
    private static let answers: Set<String> = [
        "execution.not_trading", "execution.expired", "execution.unprotected",
    ]

    private struct EngineBody: Decodable {
        struct Entry: Decodable { let held: Legs }
        let desks: [Entry]
    }
    private struct VenueBody: Decodable {
        struct Entry: Decodable { let positions: Positions }
        struct Positions: Decodable { let oneWay: Leg, hedgeLong: Leg, hedgeShort: Leg }
        struct Leg: Decodable { let quantity: Quantity }
        let markets: [Entry]
    }
    private struct Legs: Decodable { let oneWay: Quantity, hedgeLong: Quantity, hedgeShort: Quantity }

    /// The venue's count, the engine's tally and the sum of fills are one.
    private func compare(_ plane: PlaneHarness, _ witness: Witness, _ seed: UInt64) throws {
        plane.requestSnapshot()
        let kept = plane.published(StateSnapshot.self)
        let engine = try #require(kept.last { $0.part == .execution })
        let venue = try #require(kept.last { $0.part == .paperVenue })
        let held = try JSONDecoder().decode(EngineBody.self, from: Data(engine.body.utf8)).desks.first?.held
        let counted = try JSONDecoder().decode(VenueBody.self, from: Data(venue.body.utf8)).markets.first?
            .positions
        for (index, ours, theirs) in [
            (PositionIndex.oneWay, held?.oneWay, counted?.oneWay.quantity),
            (.hedgeLong, held?.hedgeLong, counted?.hedgeLong.quantity),
            (.hedgeShort, held?.hedgeShort, counted?.hedgeShort.quantity),
        ] {
            #expect(ours == witness.positions[index], "seed \(seed), \(index): engine")
            #expect(theirs == witness.positions[index], "seed \(seed), \(index): venue")
        }
    }
}

/// Watches the events of a run for broken promises.
struct Witness {
    private(set) var breaches: [String] = []
    private(set) var positions: [PositionIndex: Quantity] = [.oneWay: 0, .hedgeLong: 0, .hedgeShort: 0]
    private var orders: [OrderID: (state: OrderState, filled: Quantity, ids: Set<String>)] = [:]
    private var executionIDs: Set<String> = []
    /// What the exchange has said of each level less what was taken of it since.
    private var sizes: [Side: [Price: Quantity]] = [.buy: [:], .sell: [:]]
    private let checksBook: Bool
    private var sides: [OrderID: Side] = [:]

    init(checksBook: Bool) { self.checksBook = checksBook }

    mutating func see(_ event: AnyEvent) {
        switch event {
        case .execOrderEvent(let order): see(order)
        case .execVenueReport(let report): see(report)
        case .marketOrderbookDelta(let delta): see(delta)
        default: break
        }
    }

    private mutating func see(_ order: OrderEvent) {
        let known = orders[order.orderID]
        sides[order.orderID] = order.side
        if order.state.isRequest {
            if order.state == .submitting {
                if known != nil { breaches.append("\(order.orderID) placed twice") }
                orders[order.orderID] = (.submitting, 0, [])
            } else if known?.state.isFinal != false {
                breaches.append("\(order.words): a request for an ended order")
            }
            return
        }
        let before = order.purpose == .liquidation ? (.submitting, 0, []) : known
        guard let before else { return breaches.append("\(order.words): never placed") }
        if before.state.isFinal, order.state != before.state {
            breaches.append("\(order.words): left its end")
        }
        if order.filledQuantity < before.filled { breaches.append("\(order.words): filled less than before") }
        if order.filledQuantity > order.quantity { breaches.append("\(order.words): overfilled") }
        var ids = before.ids
        if let fill = order.fill {
            if !ids.insert(fill.executionID).inserted { breaches.append("\(order.words): booked twice") }
            book(fill, order)
        } else if order.filledQuantity != before.filled {
            breaches.append("\(order.words): filled without a fill")
        }
        orders[order.orderID] = (order.state, order.filledQuantity, ids)
    }

    private mutating func book(_ fill: Fill, _ order: OrderEvent) {
        if let limit = order.limitPrice, order.side == .buy ? fill.price > limit : fill.price < limit {
            breaches.append("\(order.words): through its limit \(limit)")
        }
        guard let before = positions[order.positionIndex],
            let after = try? before.adding(order.side == .buy ? fill.quantity : fill.quantity.negated()),
            let size = try? before.magnitude, let sizeAfter = try? after.magnitude
        else { return }
        if order.isReduceOnly, sizeAfter >= size || !after.isZero && after.isNegative != before.isNegative {
            breaches.append("\(order.words): reduce-only from \(before) to \(after)")
        }
        if order.positionIndex == .hedgeLong && after.isNegative
            || order.positionIndex == .hedgeShort && after.isPositive
        {
            breaches.append("\(order.words): a leg through zero")
        }
        positions[order.positionIndex] = after
    }

    private mutating func see(_ report: VenueReport) {
        switch report.kind {
        case .filled(let fill):
            if !executionIDs.insert(fill.executionID).inserted {
                breaches.append("\(report.words): id used twice")
            }
            guard checksBook, fill.liquidity == .taker, let id = report.orderID, let side = sides[id] else {
                return
            }
            let there = sizes[side.opposite]?[fill.price] ?? 0
            guard let left = try? there.subtracting(fill.quantity), !left.isNegative else {
                return breaches.append("\(report.words): took more than \(there)")
            }
            sizes[side.opposite]?[fill.price] = left
        case .liquidated(let fill, _, _):
            if !executionIDs.insert(fill.executionID).inserted {
                breaches.append("\(report.words): id used twice")
            }
        default: return
        }
    }

    /// `sizes[.buy]` are the bids.
    private mutating func see(_ delta: OrderBookDelta) {
        if delta.isSnapshot { sizes = [.buy: [:], .sell: [:]] }
        for level in delta.bids { sizes[.buy]?[level.price] = level.size }
        for level in delta.asks { sizes[.sell]?[level.price] = level.size }
    }
}
