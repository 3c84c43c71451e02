import Contracts
import Foundation
import TestKit
import Testing

@testable import TradingSystem

@Suite struct `Decision digest` {
    private static let decisions: [AnyEvent] = Samples.all.filter { event in
        ["strategy:", "risk:", "exec:", "portfolio:"].contains { event.topic.rawValue.hasPrefix($0) }
    }

    @Test func `is made of strategy, risk, execution and portfolio events alone`() {
        var digest = DecisionDigest()
        let taken = Samples.all.filter { digest.note($0) }
        #expect(taken.map(\.topic) == Self.decisions.map(\.topic))
        #expect(digest.count == Self.decisions.count)
    }

    @Test func `is the same for a journal's events as for those on the bus`() throws {
        var (onBus, inJournal) = (DecisionDigest(), DecisionDigest())
        for event in Self.decisions {
            onBus.note(event)
            inJournal.note(try event.throughJournal())
            #expect(onBus.text == inJournal.text, "\(event)")
        }
    }

    @Test func `does not know times, numbers and ids`() throws {
        let intent = { (sequence: UInt64, time: UnixMilliseconds) in
            var event = StrategyIntent(
                meta: EventMeta(source: .strategy, ts: time, correlationID: .intent(sequence)),
                instrument: Instrument.btc,
                strategy: StrategyID("s"),
                version: 1,
                target: 100,
                referencePrice: 10,
                slippageMax: 0,
                expires: time + 5_000,
                reason: "r"
            )
            event.meta.seq = sequence
            return event
        }
        var (one, other, late) = (DecisionDigest(), DecisionDigest(), DecisionDigest())
        one.note(intent(5, 1_000))
        one.note(intent(9, 2_000))
        other.note(intent(70, 9_000))
        other.note(intent(71, 9_500))
        late.note(intent(70, 9_000))
        late.note(intent(70, 9_500))
        #expect(one.text == other.text)
        #expect(one.text != late.text, "the second follows from the first")
    }

    @Test func `knows every figure of a decision`() {
        var seen: Set<String> = []
        for (price, quantity, fee) in [
            ("10", "1", "0.1"), ("10.1", "1", "0.1"), ("10", "2", "0.1"), ("10", "1", "0.2"),
        ] {
            guard let price = Price(price), let quantity = Quantity(quantity), let fee = Money(fee) else {
                continue
            }
            var digest = DecisionDigest()
            let fill = Fill(executionID: "x", price: price, quantity: quantity, fee: fee, liquidity: .taker)
            digest.note(
                VenueReport(
                    meta: EventMeta(source: .trading),
                    venue: "paper",
                    instrument: .btc,
                    orderID: nil,
                    kind: .filled(fill)
                )
            )
            seen.insert(digest.text)
        }
        #expect(seen.count == 4)
    }

    @Test func `names by first appearance, and forgets what was not named for thousands of names`() {
        var names = OrdinalNames()
        #expect(names.ordinal(of: nil as String?) == 0)
        #expect((1...20_000).allSatisfy { names.ordinal(of: "order \($0)") == $0 })
        // The newest are known, and stay known as long as they are named again.
        #expect((16_000...20_000).allSatisfy { names.ordinal(of: "order \($0)") == $0 })
        for number in 20_001...40_000 {
            #expect(names.ordinal(of: "order \(number)") == number)
            if number % 1_000 == 0 { #expect(names.ordinal(of: "order 20000") == 20_000) }
        }
        #expect(names.ordinal(of: "order 1") == 40_001, "a name of long ago is a new one")
        #expect(names.ordinal(of: CorrelationID.intent(1)) == 40_002)
        #expect(names.ordinal(of: CorrelationID.research(1)) == 40_003)
        #expect(names.ordinal(of: nil as CorrelationID?) == 0)
    }

    @Test func `tells texts apart by every byte and by their length`() {
        let texts = (0...20).flatMap { length in
            let plain = [UInt8](repeating: 0x61, count: length)
            return [plain]
                + plain.indices.map { place in
                    var other = plain
                    other[place] = 0x62
                    return other
                }
        }
        let hashes = texts.map { bytes in
            var hash = StableHash()
            hash.add(String(decoding: bytes, as: UTF8.self))
            return hash
        }
        #expect(Set(hashes).count == texts.count)
    }

    @Test func `counts equal numbers alike, whatever their decimal places`() {
        var (one, other) = (StableHash(), StableHash())
        one.add(Price(units: 15, scale: 1))
        one.add(Money(units: 1_500_000_000_000_000_000_000_000, scale: 24))
        other.add(Price(units: 1_500, scale: 3))
        other.add(Money(units: 15, scale: 1))
        #expect(one == other)
    }
}

extension AnyEvent {
    /// As a journal gives it back.
    fileprivate func throughJournal() throws -> AnyEvent {
        var bytes: [UInt8] = []
        try EventJSON.encode(self, into: &bytes)
        let data = Data(bytes)
        func read<Payload: Event>(_ type: Payload.Type) throws -> AnyEvent {
            try JSONDecoder().decode(type, from: data).erased
        }
        return switch self {
        case .strategyIntent: try read(StrategyIntent.self)
        case .strategyState: try read(StrategyState.self)
        case .strategyOverrun: try read(StrategyOverrun.self)
        case .strategyScenarioEnabled: try read(ScenarioEnabled.self)
        case .strategyScenarioDisabled: try read(ScenarioDisabled.self)
        case .riskApprovedIntent: try read(ApprovedIntent.self)
        case .riskRejectedIntent: try read(RejectedIntent.self)
        case .riskState: try read(RiskState.self)
        case .execVenueReport: try read(VenueReport.self)
        case .execReconciliation: try read(ReconciliationReport.self)
        case .execOrderEvent: try read(OrderEvent.self)
        case .portfolioPositionUpdate: try read(PositionUpdate.self)
        case .portfolioAccountUpdate: try read(AccountUpdate.self)
        default: self
        }
    }
}

extension Instrument {
    /// What the backtests of the tests trade.
    static var btc: Instrument {
        guard let instrument = Instrument("linear:BTCUSDT") else { preconditionFailure("plain text") }
        return instrument
    }
}
