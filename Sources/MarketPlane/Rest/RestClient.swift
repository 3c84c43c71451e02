import BybitProtocol
import Contracts
import EventKernel
import Synchronization
import WebSocketTransport

/// Asks the exchange's public REST interface: no faster than it allows, again where that may help.
///
/// All REST of the plane goes through one of these, so that one bucket holds for all of it.
///
/// - Shape: a kind of answer and its parameters in, the answer out.
/// - Errors: ``RestFailure``, once the tries are used up or more of them would not help.
/// - Source: `docs/exchange/bybit-v5.md`, section 7.
package final class RestClient: Sendable {
    package struct Limits: Hashable, Sendable {
        package var triesMax = 3
        package var retryFirstMilliseconds: Int64 = 250
        package var retryMaxMilliseconds: Int64 = 5_000
        package var bucket = TokenBucket.Limits()

        package init() {}
    }

    private struct State {
        var bucket: TokenBucket
        var restsUntil: UnixMilliseconds = .min
        var generator: SeededGenerator
    }

    /// A token that is so far away is not waited for here.
    private static let turnMillisecondsMax: Int64 = 10_000
    static let connectionID = "bybit-rest"

    private let url: String
    private let transport: any RestTransport
    private let clock: any HostClock
    private let limits: Limits
    private let state: Mutex<State>

    package init(
        url: String,
        transport: any RestTransport,
        clock: any HostClock,
        limits: Limits = Limits(),
        jitterSeed: UInt64 = 0
    ) {
        self.url = url
        self.transport = transport
        self.clock = clock
        self.limits = limits
        state = Mutex(
            State(
                bucket: TokenBucket(limits.bucket, at: clock.now),
                generator: SeededGenerator(seed: jitterSeed)
            )
        )
    }

    /// How many requests a second are allowed just now.
    package var perSecond: Int { state.withLock { $0.bucket.perSecond } }

    /// Asks until there is an answer or no more sense in asking.
    package func ask(
        _ kind: MarketAnswerKind,
        _ query: [(name: String, value: String)],
        _ context: AnswerContext
    ) async throws(RestFailure) -> MarketAnswer {
        let parameters = query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        let target = url + kind.path + (parameters.isEmpty ? "" : "?" + parameters)
        var failure = RestFailure.cancelled
        for attempt in 0..<limits.triesMax {
            if attempt > 0 { try await pause(retryDelay(attempt, after: failure)) }
            try await waitForTurn()
            switch await tryOnce(target, kind, context) {
            case .success(let answer): return answer
            case .failure(let verdict): failure = try note(verdict)
            }
        }
        throw failure
    }

    private enum Try {
        case success(MarketAnswer)
        case failure(RestPolicy.Verdict)
    }

    private func tryOnce(_ url: String, _ kind: MarketAnswerKind, _ context: AnswerContext) async -> Try {
        let answer: RestAnswer
        do {
            answer = try await transport.get(url)
        } catch {
            if Task.isCancelled { return .failure(.give(.cancelled)) }
            return .failure(.again(.unreachable(ErrorText.of(error))))
        }
        if let verdict = RestPolicy.verdict(on: answer) { return .failure(verdict) }
        var context = context
        context.arrived(at: clock.now)
        do throws(RestError) {
            return .success(try MarketAnswer(reading: answer.body, kind: kind, context: context))
        } catch {
            return .failure(RestPolicy.verdict(on: error, in: answer))
        }
    }

    /// Keeps what a verdict says for all requests; throws where this one must not be tried again.
    private func note(_ verdict: RestPolicy.Verdict) throws(RestFailure) -> RestFailure {
        let now = clock.now
        switch verdict {
        case .done: return .cancelled
        case .again(let failure): return failure
        case .give(let failure): throw failure
        case .rest(let milliseconds):
            state.withLock { $0.restsUntil = max($0.restsUntil, now + milliseconds) }
            throw .resting(waitMilliseconds: milliseconds)
        case .slower(let reset):
            state.withLock { $0.bucket.halve(at: now) }
            let wait = max(limits.retryFirstMilliseconds, (reset ?? now) - now)
            guard wait <= limits.retryMaxMilliseconds else { throw .throttled(waitMilliseconds: wait) }
            return .throttled(waitMilliseconds: wait)
        }
    }

    private func waitForTurn() async throws(RestFailure) {
        var waited: Int64 = 0
        while true {
            let now = clock.now
            let (rest, wait) = state.withLock { state -> (Int64, Int64?) in
                guard state.restsUntil <= now else { return (state.restsUntil - now, nil) }
                return (0, state.bucket.take(at: now))
            }
            guard rest == 0 else { throw .resting(waitMilliseconds: rest) }
            guard let wait else { return }
            guard waited < Self.turnMillisecondsMax else { throw .throttled(waitMilliseconds: wait) }
            waited += wait
            try await pause(wait)
        }
    }

    /// Doubles with each try; the jitter keeps those that failed together from coming back together.
    private func retryDelay(_ attempt: Int, after failure: RestFailure) -> Int64 {
        let doubled = limits.retryFirstMilliseconds << Int64(min(attempt - 1, 16))
        let delay = max(min(doubled, limits.retryMaxMilliseconds), failure.waitMilliseconds ?? 0)
        return delay + Int64(state.withLock { $0.generator.fraction() } * Double(delay) / 4)
    }

    private func pause(_ milliseconds: Int64) async throws(RestFailure) {
        do { try await Task.sleep(for: .milliseconds(milliseconds)) } catch { throw .cancelled }
    }
}
