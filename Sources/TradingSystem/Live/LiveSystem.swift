import AsyncHTTPClient
import Contracts
import ControlPlane
import ControlProtocol
import EventKernel
import Glibc
import Logging
import MarketPlane
import NIOCore
import NIOPosix
import OpenSSL
import ResearchPlane
import StoragePlane
import StrategyPlane
import Systemd

/// The live wiring: one kernel with every plane, its sockets, files and timers; paper venue, real market.
///
/// Sockets run on one event loop, the kernel on another, files and research on queues of their own.
package final class LiveSystem: Sendable {
    /// How the lifecycle moves, for whoever runs the system; ends with STOPPED.
    package let lifecycle: AsyncStream<ControlState>

    private let configuration: Configuration
    private let host: KernelHost<LiveWorld>
    private let journal: JournalWriter
    private let heads: ChainHeadLog
    private let features: FeatureWriter
    private let research: ResearchWorker
    private let sockets: MultiThreadedEventLoopGroup
    private let kernelThread: MultiThreadedEventLoopGroup
    private let http: HTTPClient
    private let control: ControlServerHandle
    private let clock: any HostClock

    /// The way of market events into the kernel; says whether there was room.
    package typealias MarketDoor = @Sendable (AnyEvent, Inlet) -> Bool

    /// Told once the journal can be kept no longer; nothing may be trusted to happen after it but the process's end.
    package typealias JournalEnd = @Sendable (JournalHealth) -> Void

    /// Opens the files, builds the planes, binds the socket; nothing moves before ``run()``.
    package convenience init(
        _ configuration: Configuration,
        output: LogOutput,
        notifier: ServiceNotifier,
        onJournalLost: @escaping JournalEnd
    ) async throws {
        guard let start = configuration.exchangeClockStart else {
            try await self.init(
                configuration,
                output: output,
                notifier: notifier,
                clock: SystemClock(),
                door: { event, inlet in inlet.post(event) },
                onJournalLost: onJournalLost
            )
            return
        }
        let clock = ExchangeClock(start)
        try await self.init(
            configuration,
            output: output,
            notifier: notifier,
            clock: clock,
            door: { event, inlet in ExchangeDoor.pass(event, into: inlet, by: clock) },
            onJournalLost: onJournalLost
        )
    }

    /// The same with a `clock` and a `door` of the caller's, as a soak brings them.
    package init(
        _ configuration: Configuration,
        output: LogOutput,
        notifier: ServiceNotifier,
        clock: any HostClock,
        door: @escaping MarketDoor,
        onJournalLost: @escaping JournalEnd
    ) async throws {
        let logger = Logger(label: "tradebot")
        let failures = FailureRelay(clock: clock)
        let heads = ChainHeadLog(logger: logger)
        let journal = try JournalWriter(
            path: configuration.journalPath,
            settings: configuration.journal,
            onFailure: { error in failures.report(error, of: .eventJournal, severity: .critical) },
            onHealth: { health in
                failures.report(health)
                if health.exitStatus != nil { onJournalLost(health) }
            },
            onSealed: { heads.note($0, .rotation) }
        )
        let configuration = configuration.namingOrders(after: journal.opening.journal)
        for remark in journal.opening.remarks {
            logger.warning("journal: \(remark)", metadata: ["plane": "storage"])
        }
        let features = FeatureWriter(file: try FeatureFile(path: configuration.featureStorePath)) { error in
            failures.report(error, of: .featureStore, severity: .error)
        }
        let sockets = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let kernelThread = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let http = HTTPClient(
            eventLoopGroupProvider: .shared(sockets),
            configuration: MarketPlane.httpConfiguration(configuration.market)
        )
        let timer = KernelTimer(loop: sockets.next(), clock: clock)
        let feed = EventFeed()
        let (lifecycle, states) = AsyncStream.makeStream(
            of: ControlState.self,
            bufferingPolicy: .bufferingNewest(LifecycleFeed.waitingCountMax)
        )
        let workerBox = ResearchOutlet(clock: clock, settings: configuration.research)

        let host = try KernelHost(
            on: kernelThread.next().executor,
            armTimer: { timer.arm($0, $1) },
            build: { kernel, inlet in
                kernel.bus.resume(after: journal.head)
                workerBox.connect(to: inlet)
                let outside = Planes.Outside(
                    journal: journal,
                    recovery: SnapshotRecovery(
                        path: journal.path,
                        inlet: inlet,
                        clock: clock,
                        find: RestartState(configuration).find
                    ),
                    features: features,
                    research: workerBox.worker,
                    // Played at another speed than the world's, a market says nothing of what a decision takes.
                    stopwatch: clock.isDriven
                        ? nil : Self.stopwatch(configuration.decisionBudgetMicroseconds, inlet, clock),
                    feed: feed,
                    logger: logger,
                    logSwitch: output.controls
                )
                let planes = Planes(configuration, outside: outside, kernel: kernel)
                let recorder = try configuration.recordingFolder.map { folder in
                    try FrameRecorder(
                        folder: folder,
                        settings: configuration.recorder.settings,
                        clock: clock,
                        post: { door($0, inlet) }
                    )
                }
                let market = try MarketPlane.live(
                    settings: configuration.market,
                    kernel: kernel,
                    clock: clock,
                    eventLoopGroup: sockets,
                    httpClient: http,
                    logger: logger,
                    tap: recorder?.tap,
                    post: { door($0, inlet) }
                )
                _ = LifecycleFeed(states, kernel: kernel)
                heads.watch(kernel) { journal.durableHead }
                if let interval = ServiceNotifier.watchdogInterval {
                    kernel.feedWatchdog(every: interval / 3, through: journal, notifier)
                }
                return LiveWorld(planes: planes, market: market, recorder: recorder)
            }
        )
        failures.connect(to: host.inlet)
        self.lifecycle = lifecycle
        self.configuration = configuration
        self.host = host
        self.journal = journal
        self.heads = heads
        self.features = features
        self.research = workerBox.worker
        self.sockets = sockets
        self.kernelThread = kernelThread
        self.http = http
        self.clock = clock
        control = try await Self.serveControl(
            configuration,
            host: host,
            feed: feed,
            journal: journal,
            research: workerBox.worker,
            output: output,
            logger: logger,
            clock: clock,
            loop: sockets.next()
        )
    }

    /// Measures decisions by the machine's monotonic clock; an overrun comes in as a root event.
    private static func stopwatch(
        _ budgetMicroseconds: Int64,
        _ inlet: Inlet,
        _ clock: any HostClock
    ) -> any DecisionStopwatch {
        StopwatchRelay(
            budgetMicroseconds: budgetMicroseconds,
            nanoseconds: { MonotonicTime.nanoseconds },
            post: { overrun in
                var overrun = overrun
                overrun.meta.ts = clock.now
                inlet.post(overrun.erased)
            }
        )
    }

    /// Runs until STOPPED; everything that happened is on disk when it returns.
    package func run() async throws {
        host.inlet.post(ClockEvent(meta: EventMeta(source: .system, ts: clock.now)).erased)
        await host.run()
        try await answersAreSent()
        try await control.stop()
        let (market, recorder) = await host.inspect { _, world in (world.market, world.recorder) }
        await market.shutdown(why: "the daemon ends")
        recorder?.close()
        research.finish()
        try journal.flush()
        heads.note(journal.durableHead, .stop)
        try journal.close()
        try features.close()
        try await http.shutdown()
        try await sockets.shutdownGracefully()
        try await kernelThread.shutdownGracefully()
    }

    /// The last answers wait for the disk: none is cut off by the socket's end.
    private func answersAreSent() async throws {
        let last = await host.inspect { kernel, _ in kernel.bus.sequence }
        // What the kernel has said is with the control server when its loop has turned.
        try await sockets.next().submit {}.get()
        // Where the disk has failed they say so; that ends the run elsewhere.
        try? await DurabilityGate(writer: journal).passed(last)
    }

    /// Asks for a stop as an operator would; a second time forces it.
    package func requestStop(reason: String) {
        let actor = Actor(uid: getuid(), gid: getgid(), pid: getpid(), role: .admin, name: "system")
        host.inlet.post(
            Contracts.ControlCommand(
                meta: EventMeta(source: .system, ts: clock.now, correlationID: .command(.drawn())),
                command: .stop,
                actor: actor,
                reason: reason
            ).erased
        )
    }

    /// Takes no more events: what waits is delivered, then ``run()`` ends.
    package func finish() { host.inlet.close() }
}

extension Kernel {
    /// Fed by the kernel through the thread that commits: where either stands still, the service is restarted.
    fileprivate func feedWatchdog(
        every interval: Duration,
        through journal: JournalWriter,
        _ notifier: ServiceNotifier
    ) {
        let (seconds, attoseconds) = interval.components
        let milliseconds = max(1, seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
        every(milliseconds: milliseconds, as: .serviceReporter) {
            journal.heartbeat { notifier.watchdog() }
        }
    }
}

/// What lives with the kernel and is asked from outside.
struct LiveWorld {
    let planes: Planes
    let market: LiveMarket
    let recorder: FrameRecorder?
}
