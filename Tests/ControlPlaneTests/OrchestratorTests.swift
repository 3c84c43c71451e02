import Contracts
import ControlPlane
import EventKernel
import TestKit
import Testing

@Suite struct `The orchestrator` {
    static let instruments = ["linear:BTCUSDT", "linear:ETHUSDT"].compactMap { Instrument($0) }
    let plane = PlaneHarness { kernel in
        _ = Orchestrator(
            settings: OrchestratorSettings(
                mode: .paper,
                venue: "bybit",
                subscriptions: [MarketSubscription(instruments: Self.instruments, streams: [.ticker])],
                configurationHash: "ab12"
            ),
            kernel: kernel
        )
    }

    // MARK: Boot

    @Test func `boots with the first clock event, then asks for the state that was kept`() {
        #expect(
            plane.events.map(\.topic) == [
                .stateClock, .controlState, .controlConfig, .controlState, .stateRecovery,
            ]
        )
        #expect(lifecycles == [.starting, .recovering])
        #expect(plane.published(ConfigApplied.self).map(\.newHash) == ["ab12"])
        plane.advance(milliseconds: 1)
        #expect(plane.published(ConfigApplied.self).count == 1)
    }

    @Test func `connects and subscribes once everything is recovered`() throws {
        plane.forget()
        recovered()
        let topics = plane.events.map(\.topic)
        #expect(
            topics == [
                .stateRecovery, .stateSnapshotRequest, .stateSnapshot, .controlState, .marketConnect,
                .marketSubscribe,
            ]
        )
        let request = try #require(plane.published(MarketSubscribeRequest.self).first)
        #expect(request.instruments == Self.instruments && request.streams == [.ticker])
    }

    @Test func `runs only with a connection, every instrument's rules and fresh data`() {
        recovered()
        for step in [connect, rules, { fresh(Self.instruments[0]) }] {
            step()
            #expect(lifecycles.last == .recovering)
        }
        fresh(Self.instruments[1])
        #expect(lifecycles.last == .running)
        #expect(plane.published(ControlState.self).last?.allowsTrading == true)
    }

    @Test func `says what is missing when it does not become ready`() {
        recovered()
        plane.advance(milliseconds: 10_000)
        #expect(lastState?.lastError == "no market connection")
        connect()
        plane.advance(milliseconds: 10_000)
        #expect(lastState?.lastError == "no trading rules yet for linear:BTCUSDT, linear:ETHUSDT")
        rules()
        fresh(Self.instruments[0])
        plane.advance(milliseconds: 10_000)
        #expect(lastState?.lastError == "no fresh data yet for linear:ETHUSDT")
        fresh(Self.instruments[1])
        #expect(lastState?.lastError == nil)
    }

    @Test func `comes back paused when it was paused`() {
        restore(#"{"paused":true}"#)
        boot()
        #expect(lifecycles.last == .paused && lastState?.isPaused == true)
        #expect(!lifecycles.contains(.running))
    }

    @Test func `comes back running when it was running`() {
        restore(#"{"paused":false}"#)
        boot()
        #expect(lifecycles.last == .running)
    }

    @Test(arguments: [(1, "{"), (1, #"{"paused":"yes"}"#), (99, #"{"paused":false}"#)])
    func `comes back paused, with an error event, when the kept state can't be read`(
        version: Int,
        body: String
    ) {
        restore(body, version: version)
        boot()
        #expect(lifecycles.last == .paused)
        #expect(plane.published(ErrorEvent.self).map(\.code) == ["state.unreadable"])
        #expect(plane.published(ErrorEvent.self).map(\.module) == [.orchestrator])
    }

    @Test func `asks for recovery again, later each time, and never connects before`() {
        var asked: [Int64] = []
        for _ in 0..<9 {
            let before = plane.time
            plane.tell(StateRecovery(meta: EventMeta(source: .storage), step: .failed(why: "no disk")))
            #expect(lastState?.lastError == "recovery failed: no disk")
            let count = requests
            while requests == count { plane.advance(milliseconds: 100) }
            asked.append(plane.time - before)
        }
        #expect(asked == [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
        #expect(plane.published(MarketConnectRequest.self).isEmpty)
        boot()
        #expect(lifecycles.last == .running)
    }

    // MARK: Commands

    @Test func `pauses and resumes, and answers after the state is out`() throws {
        boot()
        plane.forget()
        command(.pause)
        let state = try #require(plane.published(ControlState.self).first)
        let outcome = try #require(plane.published(CommandOutcome.self).first)
        #expect(state.lifecycle == .paused && state.isPaused && !state.allowsTrading)
        #expect(outcome.isAccepted && outcome.changed && outcome.meta.correlationID == .command(key))
        #expect(outcome.meta.seq > state.meta.seq)
        #expect(plane.published(StateSnapshot.self).map(\.body) == [#"{"paused":true}"#])
        command(.resume)
        #expect(lifecycles.last == .running)
        #expect(
            plane.published(StateSnapshot.self).map(\.body) == [#"{"paused":true}"#, #"{"paused":false}"#]
        )
    }

    @Test func `changes nothing when asked for what is so already`() {
        boot()
        plane.forget()
        command(.resume)
        command(.pause)
        command(.pause)
        #expect(plane.published(CommandOutcome.self).map(\.changed) == [false, true, false])
        #expect(plane.published(CommandOutcome.self).map(\.isAccepted) == [true, true, true])
        #expect(plane.published(StateSnapshot.self).count == 1)
        #expect(plane.published(ControlState.self).count == 1)
    }

    @Test func `remembers a pause that comes before it is ready`() {
        command(.pause)
        #expect(lastState?.lifecycle == .recovering && lastState?.isPaused == true)
        boot()
        #expect(lifecycles.last == .paused)
    }

    @Test(arguments: [true, false])
    func `trusts a command of this run more than what was kept of the last one`(paused: Bool) {
        command(paused ? .pause : .resume)
        restore(paused ? #"{"paused":false}"# : #"{"paused":true}"#)
        boot()
        #expect(lifecycles.last == (paused ? .paused : .running))
        #expect(plane.published(StateSnapshot.self).last?.body == "{\"paused\":\(paused)}")
    }

    @Test func `has every part keep its state as one set, and tells what was allowed then`() throws {
        boot()
        plane.forget()
        plane.advance(milliseconds: 20_000)
        let request = try #require(plane.published(SnapshotRequest.self).first)
        #expect(request.meta.correlationID == .snapshot(request.meta.seq))
        #expect(
            plane.published(StateSnapshot.self).map(\.meta.correlationID) == [request.meta.correlationID]
        )
        #expect(lastState?.lifecycle == .running)
    }

    @Test func `keeps nothing when it is stopped before it has recovered`() {
        command(.stop)
        #expect(plane.published(SnapshotRequest.self).isEmpty && lifecycles.last == .stopped)
    }

    @Test func `leaves the log's commands to the logger`() {
        boot()
        plane.forget()
        command(.logs(isOn: false))
        command(.logsLevel(.debug))
        #expect(plane.published(CommandOutcome.self).isEmpty)
    }

    // MARK: Stop

    @Test func `stops once the market is disconnected`() {
        boot()
        plane.forget()
        command(.stop)
        #expect(lifecycles == [.stopping])
        #expect(plane.published(MarketDisconnectRequest.self).count == 1)
        plane.advance(milliseconds: 4_999)
        #expect(lifecycles.last == .stopping)
        disconnected()
        #expect(lifecycles.last == .stopped)
        #expect(lastState?.lastError == nil)
        plane.advance(milliseconds: 10_000)
        #expect(lifecycles.filter { $0 == .stopped }.count == 1)
    }

    @Test func `stops at once without a connection`() {
        command(.stop)
        #expect(Array(lifecycles.suffix(2)) == [.stopping, .stopped])
    }

    @Test func `is forced by a second stop`() {
        boot()
        command(.stop)
        command(.stop)
        #expect(lifecycles.last == .stopped)
        #expect(lastState?.lastError == "a second stop request")
    }

    @Test func `is forced when the disconnect takes too long`() {
        boot()
        command(.stop)
        plane.advance(milliseconds: 5_000)
        #expect(lifecycles.last == .stopped)
        #expect(lastState?.lastError == "the market connections did not close in time")
    }

    @Test func `refuses to pause or resume while stopping`() {
        boot()
        command(.stop)
        plane.forget()
        command(.pause)
        command(.resume)
        let outcomes = plane.published(CommandOutcome.self)
        #expect(outcomes.map(\.isAccepted) == [false, false])
        #expect(outcomes.map(\.code) == ["gate.stopping", "gate.stopping"])
        #expect(plane.published(ControlState.self).isEmpty)
    }

    // MARK: Steps

    private let key = CommandKey(high: 3, low: 4)
    private var lifecycles: [ControlState.Lifecycle] {
        var all = plane.published(ControlState.self).map(\.lifecycle)
        for index in all.indices.dropFirst().reversed() where all[index] == all[index - 1] {
            all.remove(at: index)
        }
        return all
    }
    private var lastState: ControlState? { plane.published(ControlState.self).last }
    private var requests: Int { plane.published(StateRecovery.self).filter { $0.step == .requested }.count }

    private func recovered() {
        plane.tell(StateRecovery(meta: EventMeta(source: .storage), step: .done(parts: 1)))
    }

    private func restore(_ body: String, version: Int = 1) {
        plane.tell(
            StateRecovery(
                meta: EventMeta(source: .storage),
                step: .restored(part: .orchestrator, version: version, body: body, asOf: 7)
            )
        )
    }

    private func connect() {
        plane.tell(
            MarketConnected(
                meta: EventMeta(source: .market),
                connectionID: "public-linear",
                category: .linear,
                attempt: 1
            )
        )
    }

    private func disconnected() {
        plane.tell(
            MarketDisconnected(
                meta: EventMeta(source: .market),
                connectionID: "public-linear",
                reason: .requested,
                detail: "stop",
                willRetryInMilliseconds: nil
            )
        )
    }

    private func rules() {
        for instrument in Self.instruments {
            plane.tell(
                InstrumentSpec(
                    meta: EventMeta(source: .market),
                    instrument: instrument,
                    baseCoin: "X",
                    quoteCoin: "USDT",
                    status: .trading,
                    tickSize: 1,
                    quantityStep: 1,
                    quantityMin: 1
                )
            )
        }
    }

    private func fresh(_ instrument: Instrument) {
        plane.tell(
            FeedHealth(
                meta: EventMeta(source: .market),
                instrument: instrument,
                state: .fresh,
                ageMilliseconds: 0,
                lagMilliseconds: 0,
                detail: "data comes in"
            )
        )
    }

    private func boot() {
        recovered()
        connect()
        rules()
        Self.instruments.forEach(fresh)
    }

    private func command(_ command: Contracts.ControlCommand.Command) {
        let actor = Actor(uid: 0, gid: 0, pid: 1, role: .admin, name: "root")
        plane.tell(
            Contracts.ControlCommand(
                meta: EventMeta(source: .cli, correlationID: .command(key)),
                command: command,
                actor: actor
            )
        )
    }
}
