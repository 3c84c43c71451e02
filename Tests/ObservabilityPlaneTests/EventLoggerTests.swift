import Contracts
import EventKernel
import Logging
import ObservabilityPlane
import Systemd
import TestKit
import Testing

@Suite struct `The event logger` {
    let log = CapturedLog()
    let controls = LogSwitch(level: .trace)
    let plane: PlaneHarness

    init() {
        let (log, controls) = (log, controls)
        plane = PlaneHarness { kernel in
            _ = EventLogger(logger: log.logger, controls: controls, kernel: kernel)
        }
    }

    private func tell(_ event: AnyEvent) { plane.kernel.ingest(event) }

    @Test func `writes no line for a tick`() {
        let ticks: [Topic] = [.marketTicker, .marketTrade, .marketOrderbookDelta, .marketKline]
        for _ in 0..<1_000 { for topic in ticks { Samples.events(of: topic).forEach(tell) } }
        #expect(log.lines.isEmpty)
    }

    @Test(arguments: Topic.allCases.filter { $0.subscribers.contains(.logger) })
    func `gives every line its plane, topic and number`(topic: Topic) throws {
        let first = plane.kernel.bus.sequence
        for event in Samples.events(of: topic) { tell(event) }
        let lines = log.lines.filter { $0.fields["topic"] == topic.rawValue }
        #expect(!lines.isEmpty)
        for line in lines {
            #expect(line.fields["plane"]?.isEmpty == false)
            let sequence = try #require(line.fields["seq"].flatMap(UInt64.init))
            #expect((first + 1...plane.kernel.bus.sequence).contains(sequence))
            #expect(!line.message.isEmpty)
        }
    }

    @Test func `says which chain, instrument and order a line is about`() throws {
        let orders = Samples.events(of: .execOrderEvent)
        orders.forEach(tell)
        #expect(log.lines.count == orders.count)
        for line in log.lines {
            #expect(line.fields["correlation_id"] == "intent-41")
            #expect(line.fields["instrument"] == "linear:BTCUSDT")
            #expect(line.fields["order_id"]?.hasPrefix("tb1-main-") == true)
            #expect(line.level == .info)
        }
    }

    @Test func `leaves out fields that do not apply`() {
        tell(MarketDisconnectRequest(meta: EventMeta(source: .system), why: "stop").erased)
        #expect(log.lines.map { Set($0.fields.keys) } == [["plane", "topic", "seq"]])
    }

    @Test(arguments: [
        (ErrorEvent.Severity.warning, Logger.Level.warning), (.error, .error), (.critical, .critical),
    ])
    func `takes an error's severity for its level`(severity: ErrorEvent.Severity, level: Logger.Level) {
        plane.tell(
            ErrorEvent(
                meta: EventMeta(source: .system),
                module: .riskManager,
                severity: severity,
                code: "a.b",
                what: "it broke",
                why: "it was old",
                next: "mend it"
            )
        )
        #expect(log.lines.map(\.level) == [level])
        #expect(log.lines.map(\.message) == ["it broke: it was old; mend it [a.b]"])
        #expect(log.lines.map { $0.fields["plane"] } == ["riskManager"])
    }

    @Test func `says nothing below the level that is set`() {
        controls.level = .warning
        Samples.events(of: .execOrderEvent).forEach(tell)
        Samples.events(of: .strategyIntent).forEach(tell)
        #expect(log.lines.isEmpty)
        Samples.events(of: .errorEvent).forEach(tell)
        #expect(log.lines.count == 1)
    }

    @Test func `says a halt once, and when it is over`() {
        func state(_ halts: [RiskHalt], gross: Money) -> RiskState {
            RiskState(
                meta: EventMeta(source: .risk),
                halts: halts,
                grossNotional: gross,
                grossNotionalMax: 100,
                rejections: []
            )
        }
        let halt = RiskHalt(kind: .drawdown, why: "too deep", since: 1)
        controls.level = .info
        plane.tell(state([halt], gross: 1))
        plane.tell(state([halt], gross: 2))
        plane.tell(state([], gross: 3))
        plane.tell(state([], gross: 4))
        #expect(log.lines.map(\.level) == [.critical, .notice])
        #expect(log.lines.map { $0.fields["message_id"] } == [MessageID.limitHit.rawValue, nil])
    }

    @Test func `marks the moments of a run with their message ids`() {
        let states: [(ControlState.Lifecycle, MessageID?)] = [
            (.starting, .start), (.recovering, nil), (.running, .ready), (.paused, .paused),
            (.running, .resumed),
            (.stopping, .stopping), (.stopped, nil),
        ]
        for (lifecycle, _) in states { plane.tell(state(lifecycle)) }
        #expect(log.lines.map { $0.fields["message_id"] } == states.map { $0.1?.rawValue })
        #expect(log.lines.map(\.message) == states.map(\.0.rawValue))
    }

    @Test func `repeats no state that has not moved, but says a new trouble`() {
        plane.tell(state(.recovering))
        plane.tell(state(.recovering))
        plane.tell(state(.recovering, error: "no market connection"))
        plane.tell(state(.recovering, error: "no market connection"))
        #expect(log.lines.map(\.message) == ["RECOVERING", "RECOVERING: no market connection"])
    }

    @Test func `answers the commands of the log, and only those`() {
        for command in [.pause, .resume, .stop] as [ControlCommand.Command] { plane.tell(asked(command)) }
        #expect(plane.published(CommandOutcome.self).isEmpty)
        plane.tell(asked(.logsLevel(.error)))
        #expect(controls.level == .error)
        plane.tell(asked(.logs(isOn: false)))
        #expect(!controls.isOn)
        plane.tell(asked(.logs(isOn: true)))
        #expect(controls.isOn)
        let outcomes = plane.published(CommandOutcome.self)
        #expect(outcomes.map(\.command) == ["logs_level", "logs_off", "logs_on"])
        #expect(outcomes.allSatisfy { $0.isAccepted && $0.meta.correlationID == .command(key) })
    }

    private let key = CommandKey(high: 1, low: 2)

    private func asked(_ command: ControlCommand.Command) -> ControlCommand {
        let actor = Actor(uid: 1000, gid: 1000, pid: 1, role: .admin, name: "operator")
        return ControlCommand(
            meta: EventMeta(source: .cli, correlationID: .command(key)),
            command: command,
            actor: actor
        )
    }

    private func state(_ lifecycle: ControlState.Lifecycle, error: String? = nil) -> ControlState {
        ControlState(
            meta: EventMeta(source: .system),
            lifecycle: lifecycle,
            isPaused: lifecycle == .paused,
            mode: .paper,
            since: 0,
            lastError: error
        )
    }
}
