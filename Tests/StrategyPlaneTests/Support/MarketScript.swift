import Contracts
import EventKernel
import StrategyPlane
import TestKit

/// A random market with operators and scenarios, the same for the same seed.
struct MarketScript {
    enum Step {
        case bar(FeatureSet)
        case open(KlineEvent)
        case context(MarketContext)
        case funding(FundingEvent)
        case drift
        case scenario(ScenarioEnabled)
        case scenarioOff
        case rollback
        case command(ControlCommand.Command)
        case closed(OrderPurpose)
        case overrun
        case wait(Int64)
    }

    let steps: [Step]

    init(seed: UInt64, count: Int) {
        var generator = SeededGenerator(seed: seed)
        var steps: [Step] = []
        var minute: UnixMilliseconds = 0
        for _ in 0..<count {
            minute += 1
            steps += Self.steps(at: minute * 60_000, &generator)
        }
        self.steps = steps
    }

    /// What the broker answers: the same for the same intent, whatever its number is.
    func answer(_ intent: StrategyIntent) -> Broker.Answer {
        switch (intent.referencePrice.units &+ intent.target.units.hashlessLow) % 7 {
        case 0: .refuse
        case 1: .half
        case 2: .ignore
        default: .fill
        }
    }

    func tell(_ step: Step, to floor: Floor) throws {
        let plane = floor.plane
        switch step {
        case .bar(let bar): plane.tell(bar)
        case .open(let kline): plane.tell(kline)
        case .context(let context): plane.tell(context)
        case .funding(let funding): plane.tell(funding)
        case .drift: plane.tell(MarketDriftDetected.fixture(.severe))
        case .scenario(let scenario): plane.tell(scenario)
        case .scenarioOff:
            plane.tell(ScenarioDisabled(meta: EventMeta(source: .research), scenario: dip, why: "test"))
        case .rollback:
            plane.tell(
                RollbackRequested(
                    meta: EventMeta(source: .research),
                    scenario: dip,
                    fromVersion: 2,
                    toVersion: 1,
                    why: "test"
                )
            )
        case .command(let command): plane.command(command)
        case .closed(let purpose): try floor.broker.close(StrategyID("donchian"), on: bitcoin, purpose)
        case .overrun:
            plane.tell(
                StrategyOverrun(
                    meta: EventMeta(source: .system),
                    instrument: bitcoin,
                    strategy: emaCross,
                    elapsedMicroseconds: 6_000,
                    budgetMicroseconds: 5_000
                )
            )
        case .wait(let milliseconds): plane.advance(milliseconds: milliseconds)
        }
    }

    private static func steps(at end: UnixMilliseconds, _ generator: inout SeededGenerator) -> [Step] {
        let close = Price(units: Int64.random(in: 8_800...11_200, using: &generator), scale: 2)
        var steps = other(at: end, &generator)
        for (instrument, seconds) in [(bitcoin, 60), (ether, 60), (bitcoin, 120)] {
            if seconds == 120, end % 120_000 != 0 { continue }
            steps.append(
                .bar(
                    .fixture(
                        of: instrument,
                        distance: Double.random(in: -1...1, using: &generator),
                        close: close,
                        imbalance: Double.random(in: 0...0.8, using: &generator),
                        seconds: seconds,
                        end: end,
                        isWarm: Int.random(in: 0..<12, using: &generator) > 0,
                        others: [
                            .donchianUpper: 108, .donchianLower: 92, .bollingerUpper: 107,
                            .bollingerMiddle: 100, .bollingerLower: 93,
                        ]
                    )
                )
            )
        }
        steps.append(.wait(Int64.random(in: 1...30_000, using: &generator)))
        if Int.random(in: 0..<5, using: &generator) > 0 {
            steps.append(.open(.fixture(start: end, open: close)))
            steps.append(.open(.fixture(of: ether, start: end, open: close)))
        }
        return steps
    }

    private static func other(at end: UnixMilliseconds, _ generator: inout SeededGenerator) -> [Step] {
        switch Int.random(in: 0..<40, using: &generator) {
        case 0: [.context(.fixture(trend: .range))]
        case 1: [.context(.fixture(trend: .up))]
        case 2, 3:
            [
                .funding(
                    .fixture(
                        rate: Ratio(units: Int64.random(in: -9...9, using: &generator), scale: 4),
                        settlement: end + Int64.random(in: 0...20_000_000, using: &generator)
                    )
                )
            ]
        case 4: [.drift]
        case 5: [.scenario(.fixture(version: Int.random(in: 1...3, using: &generator)))]
        case 6: [.scenario(.fixture(version: 2, stage: .canary, of: ether))]
        case 7: [.scenarioOff]
        case 8: [.rollback]
        case 9: [.command(.strategyDisable(emaCross))]
        case 10, 11: [.command(.strategyEnable(emaCross))]
        case 12: [.command(.strategySet(StrategyID("donchian"), key: "allow_short", value: "false"))]
        case 13: [.command(.strategySet(StrategyID("donchian"), key: "allow_short", value: "true"))]
        case 14: [.command(.strategySet(emaCross, key: "equity_fraction", value: "0.3"))]
        case 15, 16: [.closed(.stopLoss)]
        case 17: [.closed(.liquidation)]
        case 18: [.overrun]
        default: []
        }
    }
}

extension Int128 {
    /// The low digits, as a plain number.
    fileprivate var hashlessLow: Int64 { Int64(truncatingIfNeeded: magnitude % 1_000_003) }
}

extension PlaneHarness {
    /// All that the strategies said, without the numbers that the bus gave.
    var decisions: [String] {
        events.compactMap { event in
            switch event {
            case .strategyIntent(let intent):
                "\(intent.strategy) \(intent.version) \(intent.instrument) \(intent.target) "
                    + "\(intent.referencePrice) \(intent.expires) \(String(describing: intent.stop)) "
                    + "\(intent.style) \(intent.reason)"
            case .strategyState(let state):
                "\(state.strategy) \(state.version) \(state.instrument) \(state.phase) \(state.isEnabled) "
                    + state.why
            case .errorEvent(let error): "\(error.code) \(error.why)"
            case .controlOutcome(let outcome): "\(outcome.isAccepted) \(outcome.message)"
            default: nil
            }
        }
    }
}
