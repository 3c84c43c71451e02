import BybitProtocol
import Contracts
import EventKernel
import Synchronization
import WebSocketTransport

/// Loads instruments' trading rules by REST, one after the other, each until it succeeds.
///
/// - Shape: instruments in; `market:instrument` out, and `market:error` of `instruments.…` meanwhile.
package final class BybitInstrumentLoader: InstrumentSource {
    private struct State {
        /// When each is due, in milliseconds of the clock, and after how many failures.
        var waiting: [Instrument: (due: UnixMilliseconds, failures: Int)] = [:]
        var worker: Task<Void, Never>?
        var isStopped = false
    }

    private static let retryFirstMilliseconds: Int64 = 500
    private static let retryMaxMilliseconds: Int64 = 60_000
    /// The exchange answers 403 to who asks too often, and wants ten minutes of rest.
    private static let bannedMilliseconds: Int64 = 600_000
    static let connectionID = "bybit-rest"

    private let settings: MarketSettings
    private let transport: any RestTransport
    private let clock: any HostClock
    private let post: @Sendable (AnyEvent) -> Bool
    private let state = Mutex(State())

    package init(
        settings: MarketSettings,
        transport: any RestTransport,
        clock: any HostClock,
        post: @escaping @Sendable (AnyEvent) -> Bool
    ) {
        self.settings = settings
        self.transport = transport
        self.clock = clock
        self.post = post
    }

    package func load(_ instruments: [Instrument]) {
        let now = clock.now
        state.withLock { state in
            guard !state.isStopped else { return }
            for instrument in instruments where state.waiting[instrument] == nil {
                state.waiting[instrument] = (due: now, failures: 0)
            }
            if state.worker == nil { state.worker = Task { await self.work() } }
        }
    }

    /// Stops loading and returns when the request under way has ended.
    package func shutdown() async {
        let worker = state.withLock { state in
            state.isStopped = true
            state.waiting.removeAll()
            return state.worker
        }
        worker?.cancel()
        await worker?.value
    }

    /// Loads what waits, the most urgent first, until nothing does.
    private func work() async {
        while let (instrument, wait) = next() {
            if wait > 0 {
                // Looked at anew after a while, since something more urgent may have come.
                try? await Task.sleep(for: .milliseconds(min(wait, 200)))
                if Task.isCancelled { return }
                continue
            }
            let failure = await fetch(instrument)
            if Task.isCancelled { return }
            settle(instrument, failure)
        }
    }

    /// The most urgent instrument and its wait; nil, and no worker any more, where none is left.
    private func next() -> (Instrument, Int64)? {
        let now = clock.now
        return state.withLock { state in
            let first = state.waiting.min { ($0.value.due, $0.key) < ($1.value.due, $1.key) }
            guard let first, !state.isStopped else {
                state.worker = nil
                return nil
            }
            return (first.key, first.value.due - now)
        }
    }

    private func settle(_ instrument: Instrument, _ failure: LoadFailure?) {
        guard let failure else {
            state.withLock { _ = $0.waiting.removeValue(forKey: instrument) }
            return
        }
        let failures = state.withLock { $0.waiting[instrument]?.failures ?? 0 }
        let doubled = Self.retryFirstMilliseconds << Int64(min(failures, 10))
        let delay = failure.isBan ? Self.bannedMilliseconds : min(doubled, Self.retryMaxMilliseconds)
        let due = clock.now + delay
        state.withLock { state in
            if !state.isStopped { state.waiting[instrument] = (due: due, failures: failures + 1) }
        }
        _ = post(
            .marketError(
                MarketErrorEvent(
                    meta: EventMeta(source: .market, ts: clock.now),
                    connectionID: Self.connectionID,
                    instrument: instrument,
                    code: failure.code,
                    what: "the rules of \(instrument) can't be loaded",
                    why: failure.why,
                    willRetryInMilliseconds: delay
                )
            )
        )
    }

    private func fetch(_ instrument: Instrument) async -> LoadFailure? {
        let url =
            "\(settings.restURL)/v5/market/instruments-info?category=\(instrument.category.rawValue)"
            + "&symbol=\(instrument.symbol)"
        let answer: RestAnswer
        do {
            answer = try await transport.get(url)
        } catch {
            return .transport(ErrorText.of(error))
        }
        guard answer.status == 200 else { return .status(answer.status) }
        let meta = EventMeta(source: .market, ts: clock.now)
        do throws(RestError) {
            let list = try InstrumentsAnswer(reading: answer.body, category: instrument.category, meta: meta)
            guard let spec = list.instruments.first(where: { $0.instrument == instrument }) else {
                return .unknown(list.refused.first)
            }
            _ = post(.marketInstrument(spec))
            return nil
        } catch {
            return .answer(error)
        }
    }
}
