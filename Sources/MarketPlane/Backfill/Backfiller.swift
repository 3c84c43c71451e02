import BybitProtocol
import Contracts
import EventKernel
import Synchronization

/// Stands between the connections and the kernel and fills what was missed by REST, in order and without duplicates.
///
/// At the start and after every reconnect trades, closed candles, funding and open interest of an instrument wait,
/// bounded in time and number, until what was missed has been passed on. What fills a gap is marked `isBackfill`.
///
/// - Shape: events in by ``post(_:)``, the same and the missing ones out.
/// - Errors: `market:error` of `backfill.failed` and `backfill.incomplete`; the stream goes on then.
package final class Backfiller: Sendable {
    private struct State {
        var desk: BackfillDesk
        var worker: Task<Void, Never>?
        var isStopped = false
    }

    /// How long the worker sleeps at most before it looks again.
    private static let lookMilliseconds: Int64 = 25

    private let rest: RestClient
    private let settings: BackfillSettings
    private let clock: any HostClock
    private let sink: @Sendable (AnyEvent) -> Bool
    private let state: Mutex<State>

    package init(
        rest: RestClient,
        settings: BackfillSettings,
        clock: any HostClock,
        post: @escaping @Sendable (AnyEvent) -> Bool
    ) {
        self.rest = rest
        self.settings = settings
        self.clock = clock
        sink = post
        state = Mutex(State(desk: BackfillDesk(settings: settings)))
    }

    /// Keeps these streams of these instruments whole from now on.
    package func want(_ instruments: [Instrument], _ streams: [MarketStream]) {
        guard settings.isEnabled else { return }
        let now = clock.now
        change { desk, _ in desk.want(instruments, streams, at: now) }
    }

    /// Something of this stream was lost: it is fetched.
    package func missed(_ instrument: Instrument, _ stream: MarketStream) {
        guard settings.isEnabled else { return }
        let now = clock.now
        change { desk, _ in desk.missed(instrument, stream, at: now) }
    }

    /// Takes one event on its way to the kernel; false where there is no room for it now.
    package func post(_ event: AnyEvent) -> Bool {
        guard settings.isEnabled else { return sink(event) }
        switch event {
        case .marketTrade, .marketKline, .marketFunding, .marketOi:
            let now = clock.now
            return change { desk, troubles in desk.take(event, at: now, &troubles, sink) }
        case .marketConnected(let connected):
            let now = clock.now
            return change { desk, _ in
                let isTaken = sink(event)
                desk.connected(connected.category, at: now)
                return isTaken
            }
        default:
            return sink(event)
        }
    }

    /// Asks no more, and returns once what is under way has ended.
    package func shutdown() async {
        let worker = state.withLock { state in
            state.isStopped = true
            return state.worker
        }
        worker?.cancel()
        await worker?.value
    }

    // MARK: Work

    /// Changes the desk, in order with all that is posted, and sees that the work it makes is done.
    @discardableResult
    private func change<Value: Sendable>(
        _ body: (inout BackfillDesk, inout [BackfillDesk.Trouble]) -> Value
    ) -> Value {
        state.withLock { state in
            var troubles: [BackfillDesk.Trouble] = []
            let value = body(&state.desk, &troubles)
            for trouble in troubles { tell(trouble) }
            if state.desk.hasNews, state.worker == nil, !state.isStopped {
                state.worker = Task { await self.work() }
            }
            state.desk.hasNews = false
            return value
        }
    }

    /// Asks all that is due, several questions at once, until nothing is left to do.
    private func work() async {
        await withDiscardingTaskGroup { group in
            while !endsWork() {
                let now = clock.now
                switch change({ desk, troubles in desk.next(at: now, &troubles, sink) }) {
                case .ask(let question): group.addTask { await self.ask(question) }
                case .idle: continue
                case .wait(let milliseconds):
                    let pause = min(milliseconds, Self.lookMilliseconds)
                    try? await Task.sleep(for: .milliseconds(pause))
                }
            }
        }
    }

    /// Whether there is nothing more to do; then the next news begins anew.
    private func endsWork() -> Bool {
        let now = clock.now
        return state.withLock { state in
            var troubles: [BackfillDesk.Trouble] = []
            let isIdle = state.desk.peek(at: now, &troubles, sink) == .idle
            for trouble in troubles { tell(trouble) }
            guard state.isStopped || Task.isCancelled || isIdle else { return false }
            state.worker = nil
            return true
        }
    }

    private func ask(_ question: BackfillDesk.Question) async {
        do throws(RestFailure) {
            let answer = try await fetch(question)
            let now = clock.now
            change { desk, troubles in desk.settle(question, answer, at: now, &troubles, sink) }
        } catch {
            guard error != .cancelled else { return }
            let now = clock.now
            change { desk, troubles in desk.settle(question, error, at: now, &troubles, sink) }
        }
    }

    private func fetch(_ question: BackfillDesk.Question) async throws(RestFailure) -> [AnyEvent] {
        let instrument = question.lane.instrument
        switch question.lane.stream {
        case .trades:
            return try await rest.recentTrades(instrument, count: question.count).map { .marketTrade($0) }
        case .kline(let minutes):
            let candles = try await rest.klines(instrument, minutes: minutes, count: question.count)
            return candles.filter(\.isConfirmed).map { .marketKline($0) }
        case .funding:
            return try await rest.fundingHistory(instrument, count: question.count).map { .marketFunding($0) }
        case .openInterest:
            return try await rest.openInterest(instrument, count: question.count).map { .marketOi($0) }
        }
    }

    private func tell(_ trouble: BackfillDesk.Trouble) {
        _ = sink(
            .marketError(
                MarketErrorEvent(
                    meta: EventMeta(source: .market, ts: clock.now),
                    connectionID: RestClient.connectionID,
                    instrument: trouble.instrument,
                    code: trouble.code,
                    what: trouble.what,
                    why: trouble.why,
                    willRetryInMilliseconds: trouble.retryMilliseconds
                )
            )
        )
    }
}
