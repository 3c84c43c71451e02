import BybitProtocol
import Contracts
import EventKernel
import Synchronization

/// Loads instruments' trading rules by REST, a category at a time, each until it succeeds.
///
/// - Shape: instruments in; `market:instrument` out where one is new or changed, `market:error` of `instruments.…`.
/// - Order: one question after the other; a question that is asked again while it runs is asked once more.
package final class BybitInstrumentLoader: InstrumentSource {
    private struct State {
        var shelf = InstrumentShelf()
        /// When each is due, in milliseconds of the clock, and after how many failures.
        var waiting: [InstrumentQuestion: (due: UnixMilliseconds, failures: Int)] = [:]
        var worker: Task<Void, Never>?
        var isStopped = false
    }

    private static let retryFirstMilliseconds: Int64 = 500
    private static let retryMaxMilliseconds: Int64 = 60_000
    /// Lists leave out what is not traded yet or no more: so many are then asked for one by one.
    private static let singleCountMax = 50

    private let rest: RestClient
    private let clock: any HostClock
    private let post: @Sendable (AnyEvent) -> Bool
    private let state = Mutex(State())

    package init(rest: RestClient, clock: any HostClock, post: @escaping @Sendable (AnyEvent) -> Bool) {
        self.rest = rest
        self.clock = clock
        self.post = post
    }

    package func load(_ instruments: [Instrument]) {
        let now = clock.now
        state.withLock { state in
            guard !state.isStopped else { return }
            state.shelf.want(instruments)
            for question in Set(instruments.map(InstrumentQuestion.init))
            where state.waiting[question] == nil {
                state.waiting[question] = (due: now, failures: 0)
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

    /// Asks what waits, the most urgent first, until nothing does.
    private func work() async {
        while let (question, wait, failures) = next() {
            if wait > 0 {
                // Looked at anew after a while, since something more urgent may have come.
                do { try await Task.sleep(for: .milliseconds(min(wait, 200))) } catch { return }
                continue
            }
            do throws(RestFailure) {
                try await load(question)
            } catch {
                if error == .cancelled { return }
                retry(question, after: error, failures)
            }
        }
    }

    /// The most urgent question and its wait; nil, and no worker any more, where none is left.
    private func next() -> (InstrumentQuestion, wait: Int64, failures: Int)? {
        let now = clock.now
        return state.withLock { state in
            let first = state.waiting.min { ($0.value.due, $0.key) < ($1.value.due, $1.key) }
            guard let first, !state.isStopped else {
                state.worker = nil
                return nil
            }
            let wait = first.value.due - now
            // From now on a new wish asks again: it may be for an instrument that this answer has left out.
            if wait <= 0 { state.waiting[first.key] = nil }
            return (first.key, wait, first.value.failures)
        }
    }

    private func load(_ question: InstrumentQuestion) async throws(RestFailure) {
        let answer = try await rest.instruments(of: question.category, baseCoin: question.baseCoin)
        let specs = answer.rules.map(\.spec)
        let (news, absent) = state.withLock { state in
            (state.shelf.take(specs), state.shelf.absent(from: specs, of: question))
        }
        tell(news)
        for instrument in absent.prefix(Self.singleCountMax) {
            let name = instrument.symbol.description
            let unusable = answer.refused.first { $0.name == name }
            try await loadSingle(instrument, unusable?.why)
        }
    }

    private func loadSingle(_ instrument: Instrument, _ unusable: String?) async throws(RestFailure) {
        var why = unusable
        if why == nil {
            do throws(RestFailure) {
                let (rules, refused) = try await rest.instrument(instrument)
                if let rules { return tell(state.withLock { $0.shelf.take([rules.spec]) }) }
                why = refused.first?.why
            } catch {
                // An unknown symbol is a refusal too.
                guard case .refused = error else { throw error }
                why = error.why
            }
        }
        let reason = why.map { "its rules can't be used: \($0)" } ?? "the exchange knows no such instrument"
        let news = state.withLock { $0.shelf.miss(instrument, why: reason, meta: meta()) }
        tell(news.map { [$0] } ?? [])
    }

    private func retry(_ question: InstrumentQuestion, after failure: RestFailure, _ failures: Int) {
        let doubled = Self.retryFirstMilliseconds << Int64(min(failures, 10))
        let delay = max(min(doubled, Self.retryMaxMilliseconds), failure.waitMilliseconds ?? 0)
        let due = clock.now + delay
        state.withLock { state in
            if !state.isStopped { state.waiting[question] = (due: due, failures: failures + 1) }
        }
        let subject = question.category.rawValue + (question.baseCoin.map { ":\($0)" } ?? "")
        fail(
            nil,
            failure.code(of: "instruments"),
            "the rules of \(subject) instruments can't be loaded",
            failure.why,
            delay
        )
    }

    private func meta() -> EventMeta { EventMeta(source: .market, ts: clock.now) }

    private func tell(_ news: [InstrumentShelf.News]) {
        for item in news {
            switch item {
            case .spec(let spec): _ = post(.marketInstrument(spec))
            case .unknown(let instrument, let why):
                fail(instrument, "instruments.unknown", "the rules of \(instrument) can't be loaded", why)
            case .delisted(let spec):
                _ = post(.marketInstrument(spec))
                fail(
                    spec.instrument,
                    "instruments.delisted",
                    "\(spec.instrument) is traded no more",
                    "the exchange has taken it off its list"
                )
            }
        }
    }

    private func fail(
        _ instrument: Instrument?,
        _ code: String,
        _ what: String,
        _ why: String,
        _ retryIn: Int64? = nil
    ) {
        _ = post(
            .marketError(
                MarketErrorEvent(
                    meta: meta(),
                    connectionID: RestClient.connectionID,
                    instrument: instrument,
                    code: code,
                    what: what,
                    why: why,
                    willRetryInMilliseconds: retryIn
                )
            )
        )
    }
}
