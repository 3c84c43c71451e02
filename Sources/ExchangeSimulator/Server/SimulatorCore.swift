import NIOCore

/// The heart of the server: market, exchange, connections and faults, all confined to one event loop.
final class SimulatorCore {
    /// How often the market's clock is looked at.
    static let pumpMilliseconds: Int64 = 2
    /// Events applied in one go; more would keep clients waiting for their answers.
    static let eventsPerPumpMax = 5_000

    let options: SimulatorOptions
    let exchange: Exchange
    private(set) var rejectsSubscriptions = false
    private(set) var isSlow = false

    private let eventLoop: any EventLoop
    private var driver: MarketDriver
    private var sessions: [ObjectIdentifier: Session] = [:]
    private var unflushed: [ObjectIdentifier: Session] = [:]
    private var connectionCount = 0
    private var garbageSeed: UInt64 = 0
    private var refusesUntil = NIODeadline.uptimeNanoseconds(0)
    private var rejectsUntil = NIODeadline.uptimeNanoseconds(0)
    private var slowUntil = NIODeadline.uptimeNanoseconds(0)
    private var pump: RepeatedTask?
    private var bursts: RepeatedTask?
    private var chores: [Scheduled<Void>] = []
    private var startedAt: NIODeadline?
    private var startNs: Int64 = 0
    private var end: EventLoopPromise<Void>?
    private var saidEnd = false

    init(
        options: SimulatorOptions,
        eventLoop: any EventLoop,
        end: EventLoopPromise<Void>
    ) throws(SimulatorError) {
        self.options = options
        self.eventLoop = eventLoop
        self.end = end
        let market = try MarketFactory.market(for: options.market)
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
    }

    // MARK: Life

    /// The server is ready: from here on faults count and, unless it waits for a client, the market runs.
    func ready() {
        let isRecording = if case .replay = options.market { true } else { false }
        let start = options.start ?? (isRecording ? .firstSubscription : .immediately)
        if start == .immediately { run() }
        for scheduled in options.faults {
            later(scheduled.after.amount) { core in core.inject(scheduled.fault) }
        }
    }

    func stop() {
        pump?.cancel()
        bursts?.cancel()
        for chore in chores { chore.cancel() }
        for session in sessions.values { session.cut() }
        end?.succeed()
        end = nil
    }

    /// Lets the market run ahead; for tests that keep the clock in their own hands.
    func advance(byNs nanoseconds: Int64) {
        move(toNs: driver.nowNs + nanoseconds, eventsMax: .max)
    }

    private func run() {
        guard options.runsByItself, startedAt == nil else { return }
        startedAt = .now()
        let pause = TimeAmount.milliseconds(SimulatorCore.pumpMilliseconds)
        let core = NIOLoopBound(self, eventLoop: eventLoop)
        pump = eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: pause) { _ in core.value.beat() }
    }

    private func beat() {
        guard let startedAt else { return }
        let elapsed = Double((NIODeadline.now() - startedAt).nanoseconds) * options.speed
        move(toNs: startNs + Int64(elapsed), eventsMax: SimulatorCore.eventsPerPumpMax)
    }

    private func move(toNs targetNs: Int64, eventsMax: Int) {
        do {
            _ = try driver.advance(toNs: targetNs, exchange: exchange, eventsMax: eventsMax)
        } catch {
            pump?.cancel()
            end?.fail(error)
            end = nil
        }
        flush()
        if driver.hasEnded, !saidEnd {
            saidEnd = true
            pump?.cancel()
            options.notice("replay finished")
            if options.exitsAtEnd {
                end?.succeed()
                end = nil
            }
        }
    }

    // MARK: Connections

    var refusesConnections: Bool { NIODeadline.now() < refusesUntil }

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
    }

    func subscribed() {
        run()
    }

    func wrote(_ session: Session) {
        unflushed[ObjectIdentifier(session)] = session
    }

    private func flush() {
        let waiting = unflushed.values
        unflushed = [:]
        for session in waiting { session.flush() }
    }

    // MARK: Faults

    func inject(_ fault: Fault) {
        options.notice("fault: \(fault)")
        switch fault {
        case .drop(let refusing):
            if refusing > .zero { refusesUntil = .now() + refusing.amount }
            for session in sessions.values { session.cut() }
        case .silence(let duration):
            for session in sessions.values { session.mute(for: duration.amount) }
        case .garbage(let duration):
            sendGarbage()
            for second in stride(from: 1, through: duration.amount.nanoseconds / 1_000_000_000, by: 1) {
                later(.seconds(second)) { core in core.sendGarbage() }
            }
        case .gap: exchange.loseNextBookUpdates()
        case .slow(let pause, let duration): slowDown(pause: pause.amount, duration: duration.amount)
        case .refuse(let duration): refusesUntil = .now() + duration.amount
        case .reject(let duration):
            rejectsSubscriptions = true
            rejectsUntil = .now() + duration.amount
            later(duration.amount) { core in
                if NIODeadline.now() >= core.rejectsUntil { core.rejectsSubscriptions = false }
            }
        }
    }

    private func sendGarbage() {
        garbageSeed += 1
        let frames = Garbage.frames(symbol: exchange.symbols.first ?? "BTCUSDT", seed: garbageSeed)
        for session in sessions.values {
            for frame in frames { session.sendRaw(frame.opcode, frame.bytes) }
        }
        flush()
    }

    private func slowDown(pause: TimeAmount, duration: TimeAmount) {
        isSlow = true
        slowUntil = .now() + duration
        bursts?.cancel()
        let core = NIOLoopBound(self, eventLoop: eventLoop)
        let period = max(pause, .milliseconds(1))
        bursts = eventLoop.scheduleRepeatedTask(initialDelay: period, delay: period) { task in
            let core = core.value
            if NIODeadline.now() >= core.slowUntil {
                core.isSlow = false
                task.cancel()
            }
            for session in core.sessions.values { session.release() }
        }
    }

    private func later(_ delay: TimeAmount, _ act: @escaping @Sendable (SimulatorCore) -> Void) {
        let core = NIOLoopBound(self, eventLoop: eventLoop)
        chores.append(eventLoop.scheduleTask(in: delay) { act(core.value) })
    }
}

extension Duration {
    /// The same span for NIO's timers, to the microsecond.
    var amount: TimeAmount {
        .microseconds(components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000)
    }
}
