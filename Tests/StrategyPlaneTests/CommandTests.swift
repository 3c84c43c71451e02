import Contracts
import EventKernel
import StrategyPlane
import TestKit
import Testing

@Suite struct `An operator` {
    private let floor = Floor(
        StrategySettings(
            emaCross: EMACrossSettings(mode: .always),
            donchian: DonchianSettings(
                options: StrategyOptions(id: StrategyID("donchian"), instruments: [ether])
            )
        )
    )

    private func outcome(_ command: ControlCommand.Command) throws -> CommandOutcome {
        let before = floor.plane.outcomes.count
        floor.plane.command(command, reason: "a test")
        #expect(floor.plane.outcomes.count == before + 1)
        return try #require(floor.plane.outcomes.last)
    }

    private func bar(_ distance: Double, close: Price = 100) {
        floor.plane.tell(FeatureSet.fixture(distance: distance, close: close))
    }

    @Test func `disables a strategy, whose holding is closed, and enables it anew`() throws {
        bar(1)
        let off = try outcome(.strategyDisable(emaCross))
        #expect(off.isAccepted && off.changed)
        #expect(off.meta.correlationID == .command(CommandKey(high: 1, low: 2)))
        #expect(off.by == "ann")
        bar(-1)
        #expect(floor.plane.intents.map(\.target) == [500, 0])
        #expect(floor.plane.intents.last?.reason == "disabled by ann: a test")
        #expect(floor.plane.states.filter { $0.strategy == emaCross }.last?.isEnabled == false)
        let on = try outcome(.strategyEnable(emaCross))
        #expect(on.isAccepted && on.changed)
        bar(-1)
        #expect(floor.plane.intents.map(\.target) == [500, 0, -500])
        #expect(floor.plane.states.filter { $0.strategy == emaCross }.last?.isEnabled == true)
    }

    @Test func `changes nothing twice`() throws {
        #expect(try !outcome(.strategyEnable(emaCross)).changed)
        #expect(try outcome(.strategyDisable(emaCross)).changed)
        let again = try outcome(.strategyDisable(emaCross))
        #expect(again.isAccepted && !again.changed)
    }

    @Test func `disables a strategy before it has a seat`() throws {
        _ = try outcome(.strategyDisable(emaCross))
        bar(1)
        #expect(floor.plane.intents.isEmpty)
    }

    @Test func `sets a parameter, which holds from the next bar on`() throws {
        bar(1)
        let outcome = try outcome(.strategySet(emaCross, key: "notional", value: "250"))
        #expect(outcome.isAccepted && outcome.changed)
        #expect(outcome.message.contains("notional 500 → notional 250"), "\(outcome.message)")
        #expect(floor.plane.intents.map(\.target) == [500])
        bar(1)
        #expect(floor.plane.intents.map(\.target) == [500, 250])
        bar(1)
        bar(-1)
        #expect(floor.plane.intents.map(\.target) == [500, 250, -250])
    }

    @Test func `has a short closed that is allowed no longer`() throws {
        bar(-1)
        _ = try outcome(.strategySet(emaCross, key: "allow_short", value: "false"))
        bar(-1)
        #expect(floor.plane.intents.map(\.target) == [-500, 0])
        _ = try outcome(.strategySet(emaCross, key: "allow_short", value: "true"))
        bar(-1)
        bar(1)
        bar(-1)
        #expect(floor.plane.intents.map(\.target) == [-500, 0, 500, -500])
    }

    @Test func `has what was set kept when the strategy is enabled again`() throws {
        _ = try outcome(.strategySet(emaCross, key: "notional", value: "250"))
        _ = try outcome(.strategyDisable(emaCross))
        _ = try outcome(.strategyEnable(emaCross))
        bar(1)
        #expect(floor.plane.intents.map(\.target) == [250])
    }

    @Test(arguments: [
        (id: "ghost", key: "notional", value: "1", code: "not_found"),
        (id: "ema-cross", key: "stop_atr", value: "1", code: "usage.parameter"),
        (id: "ema-cross", key: "notional", value: "0", code: "usage.value"),
        (id: "ema-cross", key: "notional", value: "1e3", code: "usage.value"),
        (id: "ema-cross", key: "quantity", value: "-1", code: "usage.value"),
        (id: "ema-cross", key: "equity_fraction", value: "101", code: "usage.value"),
        (id: "ema-cross", key: "allocation_max", value: "much", code: "usage.value"),
        (id: "ema-cross", key: "cooldown_bars", value: "-1", code: "usage.value"),
        (id: "ema-cross", key: "expected_slippage", value: "0.2", code: "usage.value"),
        (id: "ema-cross", key: "slippage_max", value: "0.2", code: "usage.value"),
        (id: "ema-cross", key: "allow_short", value: "yes", code: "usage.value"),
        (id: "donchian", key: "exit", value: "top", code: "usage.value"),
        (id: "donchian", key: "stop_atr", value: "-1", code: "usage.value"),
    ])
    func `is told what is wrong with a parameter`(id: String, key: String, value: String, code: String) throws
    {
        let outcome = try outcome(.strategySet(StrategyID(id), key: key, value: value))
        #expect(!outcome.isAccepted && !outcome.changed)
        #expect(outcome.code == code)
    }

    @Test(arguments: [
        (id: "ema-cross", key: "quantity", value: "0.5"),
        (id: "ema-cross", key: "equity_fraction", value: "1.5"),
        (id: "ema-cross", key: "allocation_max", value: "900"),
        (id: "ema-cross", key: "cooldown_bars", value: "3"),
        (id: "ema-cross", key: "expected_slippage", value: "0.0005"),
        (id: "ema-cross", key: "slippage_max", value: "0.002"),
        (id: "donchian", key: "exit", value: "opposite"),
        (id: "donchian", key: "stop_atr", value: "2.5"),
    ])
    func `sets every parameter that is documented`(id: String, key: String, value: String) throws {
        let outcome = try outcome(.strategySet(StrategyID(id), key: key, value: value))
        #expect(outcome.isAccepted && outcome.changed)
        #expect(outcome.message.contains(value))
        #expect(try !self.outcome(.strategySet(StrategyID(id), key: key, value: value)).changed)
    }

    @Test func `is told that a strategy does not exist`() throws {
        #expect(try outcome(.strategyEnable(StrategyID("ghost"))).code == "not_found")
        #expect(try outcome(.strategyDisable(StrategyID("ghost"))).code == "not_found")
    }

    @Test func `is answered by others on what is not a strategy's`() {
        for command in [ControlCommand.Command.pause, .resume, .stop, .riskReset, .logs(isOn: true)] {
            floor.plane.command(command)
        }
        #expect(floor.plane.outcomes.isEmpty)
    }

    @Test func `disables and enables a scenario, and sets nothing of it`() throws {
        floor.plane.tell(ScenarioEnabled.fixture())
        floor.plane.tell(FeatureSet.fixture(imbalance: 0.6))
        #expect(try outcome(.strategyDisable(dip)).changed)
        #expect(try !outcome(.strategyDisable(dip)).changed)
        floor.plane.tell(FeatureSet.fixture(imbalance: 0.6))
        #expect(floor.plane.intents.filter { $0.strategy == dip }.map(\.target) == [1_000, 0])
        #expect(try outcome(.strategyEnable(dip)).changed)
        #expect(try !outcome(.strategyEnable(dip)).changed)
        floor.plane.tell(FeatureSet.fixture(imbalance: 0.6))
        #expect(floor.plane.intents.filter { $0.strategy == dip }.map(\.target) == [1_000, 0, 1_000])
        #expect(try outcome(.strategySet(dip, key: "notional", value: "1")).code == "usage.parameter")
    }
}
