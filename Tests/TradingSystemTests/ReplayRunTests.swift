import Contracts
import EventKernel
import FoundationEssentials
import StoragePlane
import Testing

@testable import TradingSystem

/// The whole system with its journal, and that journal's replay.
@Suite struct `A replay of the whole system` {
    private static let instrument = Instrument("linear:BTCUSDT")
    private let configuration: Configuration
    private let folder: JournalFolder

    init() throws {
        configuration = try Configuration(text: FakeMarket.settings, file: "test")
        folder = try JournalFolder()
    }

    /// Trades for some minutes and writes all of it down.
    private func trade(extend: (Kernel) -> Void = { _ in }) throws {
        let journal = try JournalWriter(path: folder.journal)
        let named = configuration.namingOrders(after: journal.opening.journal)
        let wiring = Wiring(named, journal: journal, extend: extend)
        let market = FakeMarket(
            instrument: try #require(Self.instrument),
            kernel: wiring.kernel,
            clock: ManualClock()
        )
        market.open()
        market.wave(seed: 3)
        wiring.kernel.settle()
        try journal.close()
    }

    private func replay(extend: @escaping (Kernel) -> Void = { _ in }) throws -> ReplayRun.Outcome {
        try ReplayRun(configuration, reader: JournalReader(path: folder.journal), extend: extend).run()
    }

    @Test func `has no difference, and the journal breaks no invariant`() throws {
        try trade()
        let outcome = try replay()
        #expect(outcome.difference == nil, "\(outcome.difference.map(\.description) ?? "")")
        let reader = try JournalReader(path: folder.journal)
        #expect(try outcome.equalCount == Int(reader.head()) && outcome.rootCount > 1_000)
        let verdict = try reader.verify(limits: configuration.invariantLimits)
        #expect(verdict.isClean, "\(verdict.violations)")
        let orders = try reader.rows(JournalQuery(topics: ["exec:order_event"]))
        let id = try #require(try reader.identity())
        #expect(orders.count > 10 && orders.allSatisfy { $0.payload.contains("-\(id)-") })
    }

    @Test func `stops where the journal stood at its begin, however much is written meanwhile`() throws {
        try trade()
        let reader = try JournalReader(path: folder.journal)
        let head = try reader.head()
        var isGrown = false
        let run = try ReplayRun(configuration, reader: reader)
        let outcome = try run.run {
            guard !isGrown else { return }
            isGrown = true
            let journal = try? JournalWriter(path: folder.journal)
            var meta = EventMeta(source: .system, ts: 1_900_000_000_000)
            meta.seq = head + 1
            journal?.append([JournalEntry(event: ClockEvent(meta: meta).erased, isRoot: true)])
            try? journal?.close()
        }
        #expect(isGrown && outcome.difference == nil && outcome.equalCount == Int(head))
    }

    @Test func `tells the way from the tick to the fill`() throws {
        try trade()
        let reader = try JournalReader(path: folder.journal)
        let filled = try #require(
            try reader.rows(JournalQuery(topics: ["exec:order_event"])).first {
                $0.payload.contains("\"state\":\"filled\"")
            }
        )
        guard case .execOrderEvent(let order) = try filled.event() else {
            Issue.record("no order")
            return
        }
        let name = try #require(ChainName(order.orderID.rawValue))
        let id = try #require(try reader.correlation(of: name))
        #expect(id == order.meta.correlationID)
        #expect(try reader.correlation(of: .number(filled.sequence)) == id)
        let chain = try #require(try reader.causalChain(of: id))
        #expect(
            chain.steps.prefix(3).map(\.topic) == ["market:trade", "analytics:features", "strategy:intent"]
        )
        #expect(chain.steps.first?.isRoot == true && chain.steps.dropFirst().first?.isRoot == false)
        #expect(chain.steps.map(\.sequence) == chain.steps.map(\.sequence).sorted())
        #expect(chain.ending.contains("was filled") && !chain.isCut)
        let cut = try #require(try reader.causalChain(of: id, limit: 3))
        #expect(cut.steps.count == 3 && cut.isCut)
        #expect(try reader.causalChain(of: .intent(1)) == nil)
    }

    // MARK: A planted fault

    @Test func `has no difference where a planted clock stands still`() throws {
        try trade { ClockReader.install(on: $0) { 1_700_000_000 } }
        #expect(try replay { ClockReader.install(on: $0) { 1_700_000_000 } }.difference == nil)
    }

    @Test func `catches a strategy that reads a clock: both events, and what they followed`() throws {
        // Given a day of trading whose sizes depend on the time of day
        try trade { ClockReader.install(on: $0) { 1_700_000_000 } }
        // When it is replayed a second later
        let outcome = try replay { ClockReader.install(on: $0) { 1_700_000_001 } }
        // Then
        let difference = try #require(outcome.difference)
        let (recorded, derived) = (try #require(difference.recorded), try #require(difference.derived))
        #expect(recorded.topic == "strategy:intent" && derived.topic == "strategy:intent")
        #expect(recorded.sequence == derived.sequence && !derived.isRoot)
        #expect(recorded.payload.contains("\"target\":\"120\""))
        #expect(String(decoding: derived.bytes, as: UTF8.self).contains("\"target\":\"121\""))
        let cause = try #require(difference.cause)
        #expect(cause.isRoot && cause.topic.hasPrefix("market:") && cause.sequence < recorded.sequence)
        let text = difference.description
        #expect(
            text.contains("\"120\"") && text.contains("\"121\"")
                && text.contains("after    \(cause.sequence)")
        )
    }
}

/// A strategy as nobody may write one: how much it wants depends on what a clock says.
private enum ClockReader {
    static func install(on kernel: Kernel, seconds: @escaping () -> Int64) {
        kernel.bus.on(FeatureSet.self, as: .strategyManager) { [unowned kernel] features in
            guard features.isWarm else { return }
            kernel.bus.publish(
                StrategyIntent(
                    meta: EventMeta(
                        source: .strategy,
                        correlationID: .intent(kernel.bus.nextSequence)
                    ),
                    instrument: features.instrument,
                    strategy: StrategyID("clock-reader"),
                    version: 1,
                    target: Money(units: Int128(100 + seconds() % 60), scale: 0),
                    referencePrice: features.close,
                    slippageMax: Ratio(units: 1, scale: 3),
                    expires: kernel.now + 1_000,
                    reason: "it is time"
                )
            )
        }
    }
}

/// A folder for one journal; gone when the test lets go of it.
final class JournalFolder {
    let folder: String
    var journal: String { folder + "/journal" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/tradebot-system-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}
