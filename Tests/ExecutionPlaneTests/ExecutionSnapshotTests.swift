import Contracts
import EventKernel
import ExecutionPlane
import TestKit
import Testing

@Suite struct `A cut anywhere` {
    private static let modes: [PaperVenueSettings.Liquidity] = [
        .book, .trades(slippage: ratio("0.001")), .candles(slippage: ratio("0.001")),
    ]

    /// What was said, and when; without the ids that are made from sequence numbers.
    private static func words(_ plane: PlaneHarness) -> [String] {
        plane.events.compactMap { event in
            switch event {
            case .execVenueReport(let report): "\(report.meta.ts) \(report.words)"
            case .execOrderEvent(let order) where order.purpose == .liquidation:
                "\(order.meta.ts) liquidation \(order.side) \(order.quantity.plain)"
            case .execOrderEvent(let order): "\(order.meta.ts) \(order.orderID) \(order.words)"
            default: nil
            }
        }
    }

    private static func hand(_ parts: [StatefulPart], from old: PlaneHarness, to new: PlaneHarness) throws {
        old.requestSnapshot()
        for part in parts {
            let kept = try #require(old.published(StateSnapshot.self).last { $0.part == part })
            new.tell(
                StateRecovery(
                    meta: EventMeta(source: .storage),
                    step: .restored(part: part, version: kept.version, body: kept.body, asOf: kept.meta.seq)
                )
            )
        }
    }

    /// The first line in which the two differ over the rest of the script; nil where there is none.
    private static func difference(
        _ old: PlaneHarness,
        _ new: PlaneHarness,
        _ rest: some Sequence<TradingScript.Step>
    ) -> String? {
        old.forget()
        new.forget()
        for plane in [old, new] {
            for step in rest { plane.run(step) }
            plane.advance(milliseconds: 60_000)
        }
        let (expected, found) = (words(old), words(new))
        for line in 0..<max(expected.count, found.count) {
            let (left, right) = (expected.dropFirst(line).first, found.dropFirst(line).first)
            if left != right { return "line \(line): \(left ?? "nothing") became \(right ?? "nothing")" }
        }
        return nil
    }

    @Test(arguments: 0..<600 as Range<UInt64>)
    func `leaves the paper venue's later reports as they were`(seed: UInt64) throws {
        let liquidity = Self.modes[Int(seed % 3)]
        let settings = PaperVenueSettings.fixture(
            liquidity,
            latency: seed % 4 < 2 ? 0 : 370,
            reportLatency: seed % 8 < 4 ? 0 : 230,
            leverage: seed % 5 == 0 ? 20 : 0
        )
        let steps = TradingScript(seed: seed, stepCount: 120, liquidity, hasEngine: false).steps
        let cut = Int(seed * 7 % UInt64(steps.count))
        let old = PlaneHarness.paper(settings, hasBook: false)
        for step in steps[..<cut] { old.run(step) }
        let new = PlaneHarness(startingAt: old.time) { kernel in
            _ = PaperVenue(settings: settings, kernel: kernel)
        }
        try Self.hand([.paperVenue], from: old, to: new)
        #expect(Self.difference(old, new, steps[cut...]) == nil, "seed \(seed), cut \(cut)")
    }

    @Test(arguments: 0..<600 as Range<UInt64>)
    func `leaves the engine's later orders as they were`(seed: UInt64) throws {
        let liquidity = Self.modes[Int(seed % 3)]
        let venue = PaperVenueSettings.fixture(
            liquidity,
            latency: seed % 4 < 2 ? 0 : 37,
            reportLatency: seed % 8 < 4 ? 0 : 23,
            leverage: seed % 5 == 0 ? 20 : 0
        )
        let settings = ExecutionSettings.fixture(seed % 7 == 0 ? .hedge : .oneWay)
        let steps = TradingScript(seed: seed, stepCount: 120, liquidity, hasEngine: true).steps
        let cut = Int(seed * 7 % UInt64(steps.count))
        let old = PlaneHarness.loop(settings, venue, hasBook: false)
        for step in steps[..<cut] { old.run(step) }
        let isPaused = old.published(ControlState.self).last?.isPaused == true
        let new = PlaneHarness(startingAt: old.time) { kernel in
            // Its numbers follow on those of the run before, so that execution ids are new.
            kernel.bus.resume(after: old.kernel.bus.sequence)
            _ = ExecutionEngine(settings: settings, kernel: kernel)
            _ = PaperVenue(settings: venue, kernel: kernel)
            _ = PositionManager(settings: PortfolioSettings(startingEquity: 1_000), kernel: kernel)
        }
        try Self.hand([.portfolio, .paperVenue, .execution], from: old, to: new)
        new.tell(ControlState.fixture(isPaused ? .paused : .running, paused: isPaused))
        #expect(Self.difference(old, new, steps[cut...]) == nil, "seed \(seed), cut \(cut)")
    }

    @Test func `refuses the state of another version, and one that cannot be read`() {
        let plane = PlaneHarness.loop()
        for part in [StatefulPart.execution, .paperVenue] {
            for (version, body) in [(99, "{}"), (1, "{")] {
                plane.tell(
                    StateRecovery(
                        meta: EventMeta(source: .storage),
                        step: .restored(part: part, version: version, body: body, asOf: 1)
                    )
                )
            }
        }
        #expect(
            plane.errorCodes == [
                "execution.state_version", "execution.state_unreadable", "execution.state_version",
                "execution.state_unreadable",
            ]
        )
    }

    @Test func `leaves execution ids of the two runs apart`() throws {
        let old = PlaneHarness.loop()
        old.approve(1)
        // A run continues the order of the one before it, so its numbers are new.
        let next = PlaneHarness { kernel in
            kernel.bus.resume(after: 1_000)
            _ = ExecutionEngine(settings: .fixture(), kernel: kernel)
            _ = PaperVenue(settings: .fixture(), kernel: kernel)
        }
        try Self.hand([.paperVenue, .execution], from: old, to: next)
        next.tell(ControlState.fixture())
        next.approve(0, intent: 34)
        let ids = (old.fills + next.fills).map(\.executionID)
        #expect(ids.count == 2 && Set(ids).count == 2)
    }
}
