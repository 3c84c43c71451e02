import NIOCore

/// The heart of the server: market, exchange, connections and faults, all confined to one event loop.
final class SimulatorCore {
    /// How often the market's clock is looked at.
    static let pumpMilliseconds: Int64 = 2
    /// Events applied in one go; more would keep clients waiting for their answers.
    static let eventsPerPumpMax = 5_000
    /// The same for a market that runs as fast as its clients read.
    static let eventsPerRushMax = 200
    /// Between two helpings of it.
    static let rushPause = TimeAmount.microseconds(50)
    static let idleCheckPause = TimeAmount.seconds(30)
    /// How often held back and delayed messages are looked at.
    static let releasePause = TimeAmount.milliseconds(5)

    let options: SimulatorOptions
    let exchange: Exchange
    let faults = FaultState()
    var limiter = RestLimiter()
    let eventLoop: any EventLoop

    private(set) var sessions: [ObjectIdentifier: Session] = [:]
    private var driver: MarketDriver
    private var unflushed: [ObjectIdentifier: Session] = [:]
    private var connectionCount = 0
    private var garbageSeed: UInt64 = 0
    private var pump: RepeatedTask?
    private var chores: [Scheduled<Void>] = []
    private var repeats: [RepeatedTask] = []
    private var startedAt: NIODeadline?
    private var startNs: Int64 = 0
    private var isRushing = false
    private var end: EventLoopPromise<Void>?
    private var over: EventLoopPromise<Void>?
    private var saidEnd = false

    init(
        options: SimulatorOptions,
        eventLoop: any EventLoop,
        end: EventLoopPromise<Void>,
        over: EventLoopPromise<Void>
    ) throws(SimulatorError) {
        self.options = options
        self.eventLoop = eventLoop
        (self.end, self.over) = (end, over)
        let market = try MarketFactory.market(for: options.market, hasOutages: options.hasOutages)
        exchange = Exchange(
            nowMs: market.startMs,
            candleGraceMs: market.candleGraceMs,
            desk: SubscriptionDesk()
        )
        driver = try MarketDriver(source: market.source, exchange: exchange, startsWith: market.isOpening)
        startNs = driver.nowNs
    }

    deinit {
        // A server that never started, or was never stopped, has nobody waiting but still owes the answer.
        end?.succeed()
        over?.succeed()
    }

    /// The market waits for slow clients in place of cutting them off.
    var waitsForClients: Bool { options.speed == .infinity }

    // MARK: Life

    /// The server is ready: from here on faults count and, unless it waits for a client, the market runs.
    func ready() {
        let isRecording = if case .replay = options.market { true } else { false }
        let start = options.start ?? (isRecording || waitsForClients ? .firstSubscription : .immediately)
        if start == .immediately { run() }
        for scheduled in options.faults {
            later(scheduled.after.amount) { core in core.inject(scheduled.fault) }
        }
        let script = FaultScript(options.faults)
        later(script.over.amount) { core in
            if !script.faults.isEmpty { core.options.report("faults over") }
            core.over?.succeed()
            core.over = nil
        }
        repeatedly(SimulatorCore.idleCheckPause) { core in
            let now = NIODeadline.now()
            for session in core.sessions.values { session.cutIfIdle(at: now) }
        }
    }

    func stop() {
        pump?.cancel()
        for task in repeats { task.cancel() }
        for chore in chores { chore.cancel() }
        isRushing = false
        for session in sessions.values { session.cut() }
        finish()
        over?.succeed()
        over = nil
    }

    /// Lets the market run ahead; for tests that keep the clock in their own hands.
    func advance(byNs nanoseconds: Int64) {
        move(toNs: driver.nowNs + nanoseconds, eventsMax: .max)
    }

    var summary: SimulatorSummary {
        SimulatorSummary(
            exchange: exchange,
            simulatedMs: (driver.nowNs - startNs) / 1_000_000,
            connections: connectionCount
        )
    }

    private func run() {
        guard options.runsByItself, !saidEnd else { return }
        guard !waitsForClients else { return rush() }
        guard startedAt == nil else { return }
        startedAt = .now()
        let pause = TimeAmount.milliseconds(SimulatorCore.pumpMilliseconds)
        let core = NIOLoopBound(self, eventLoop: eventLoop)
        pump = eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: pause) { _ in core.value.beat() }
    }

    private func beat() {
        guard let startedAt, !faults.isOn(.freeze) else { return }
        let elapsed = Double((NIODeadline.now() - startedAt).nanoseconds) * options.speed
        move(toNs: startNs + Int64(elapsed), eventsMax: SimulatorCore.eventsPerPumpMax)
    }

    private func move(toNs targetNs: Int64, eventsMax: Int) {
        do {
            var isDone = false
            while !isDone {
                let lastNs = options.durationMs.map { startNs + $0 * 1_000_000 } ?? .max
                isDone = try driver.advance(
                    toNs: min(targetNs, lastNs),
                    exchange: exchange,
                    eventsMax: eventsMax
                )
                guard let length = driver.takeOutage() else { break }
                restart(for: length)
            }
        } catch {
            fail(error)
        }
        flush()
        checkEnd()
    }

    // MARK: As fast as clients read

    /// One helping of events; the next follows when this one is written, or when slow clients have caught up.
    private func rush() {
        guard !isRushing else { return }
        isRushing = true
        let core = NIOLoopBound(self, eventLoop: eventLoop)
        // A pause and no `execute`: a loop whose tasks beget tasks never reads its sockets, and pings go unanswered.
        eventLoop.scheduleTask(in: Self.rushPause) { core.value.rushOn() }
    }

    private func rushOn() {
        guard isRushing else { return }
        isRushing = false
        guard !saidEnd, sessions.values.contains(where: \.hasSubscriptions), !isHeldUp else { return }
        let lastNs = options.durationMs.map { startNs + $0 * 1_000_000 } ?? .max
        do {
            for _ in 0..<SimulatorCore.eventsPerRushMax where !driver.hasEnded && driver.nowNs < lastNs {
                try driver.step(exchange: exchange)
                if let length = driver.takeOutage() { restart(for: min(length, .seconds(1))) }
                if isHeldUp { break }
            }
        } catch {
            fail(error)
        }
        flush()
        checkEnd(isOver: driver.nowNs >= lastNs)
        if !isHeldUp { rush() }
    }

    /// Somebody reads too slowly, or a fault holds messages back or the market still.
    private var isHeldUp: Bool {
        if faults.holdsBack || faults.isOn(.freeze) || faults.isOn(.delay) { return true }
        return sessions.values.contains { $0.isBackedUp && !$0.isDead }
    }

    func writabilityChanged() {
        if waitsForClients { run() }
    }

    // MARK: The end

    private func checkEnd(isOver: Bool = false) {
        let isOver = isOver || options.durationMs.map { driver.nowNs >= startNs + $0 * 1_000_000 } ?? false
        guard driver.hasEnded || isOver, !saidEnd else { return }
        saidEnd = true
        pump?.cancel()
        options.notice(isOver ? "the market has run its time" : "replay finished")
        if isOver { options.report("summary " + summary.json) }
        guard options.exitsAtEnd else { return }
        // What is queued is read to its end before the run ends.
        let open = sessions.values.map { $0.retired() }
        let core = NIOLoopBound(self, eventLoop: eventLoop)
        EventLoopFuture.andAllComplete(open, on: eventLoop).whenComplete { _ in core.value.finish() }
    }

    private func finish() {
        end?.succeed()
        end = nil
    }

    private func fail(_ error: SimulatorError) {
        pump?.cancel()
        end?.fail(error)
        end = nil
    }

    // MARK: Connections

    func nextConnectionID() -> String {
        connectionCount += 1
        return "bybit-sim-\(connectionCount)"
    }

    func opened(_ session: Session) {
        sessions[ObjectIdentifier(session)] = session
    }

    func closed(_ session: Session) {
        sessions[ObjectIdentifier(session)] = nil
        unflushed[ObjectIdentifier(session)] = nil
        writabilityChanged()
    }

    func subscribed() {
        run()
    }

    func wrote(_ session: Session) {
        unflushed[ObjectIdentifier(session)] = session
    }

    func flush() {
        guard !unflushed.isEmpty else { return }
        let waiting = unflushed.values
        unflushed = [:]
        for session in waiting { session.flush() }
    }

    // MARK: Tools of the faults

    func sendGarbage() {
        garbageSeed += 1
        let frames = Garbage.frames(symbol: exchange.symbols.first ?? "BTCUSDT", seed: garbageSeed)
        for session in sessions.values {
            for frame in frames { session.sendRaw(frame.opcode, frame.bytes) }
        }
        flush()
    }

    func later(_ delay: TimeAmount, _ act: @escaping @Sendable (SimulatorCore) -> Void) {
        let core = NIOLoopBound(self, eventLoop: eventLoop)
        chores.append(eventLoop.scheduleTask(in: delay) { act(core.value) })
    }

    func repeatedly(_ pause: TimeAmount, _ act: @escaping @Sendable (SimulatorCore) -> Void) {
        let core = NIOLoopBound(self, eventLoop: eventLoop)
        repeats.append(
            eventLoop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { _ in act(core.value) }
        )
    }

    /// The market goes on, where a fault made it wait for its end.
    func goOn() {
        if waitsForClients, startedAt != nil || !sessions.isEmpty { run() }
    }
}

extension Duration {
    /// The same span for NIO's timers, to the microsecond.
    var amount: TimeAmount {
        .microseconds(components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000)
    }
}
