import Contracts
import EventKernel
import Synchronization

/// Compares our clock with the exchange's again and again: `market:clock`.
///
/// - Shape: one event each interval, from the best of several samples; `market:error` of `clock.…` where none came.
package final class ClockProbe: Sendable {
    private static let sampleCount = 3

    private let rest: RestClient
    private let intervalMilliseconds: Int64
    private let clock: any HostClock
    private let post: @Sendable (AnyEvent) -> Bool
    private let worker = Mutex<Task<Void, Never>?>(nil)

    package init(
        rest: RestClient,
        intervalMilliseconds: Int64,
        clock: any HostClock,
        post: @escaping @Sendable (AnyEvent) -> Bool
    ) {
        self.rest = rest
        self.intervalMilliseconds = intervalMilliseconds
        self.clock = clock
        self.post = post
    }

    /// Begins to compare; asking twice does no more, and an interval of zero compares never.
    package func start() {
        guard intervalMilliseconds > 0 else { return }
        worker.withLock { worker in
            if worker == nil { worker = Task { await self.work() } }
        }
    }

    /// Ends, and returns once the request under way has ended.
    package func shutdown() async {
        let task = worker.withLock { $0 }
        task?.cancel()
        await task?.value
    }

    private func work() async {
        while !Task.isCancelled {
            await compare()
            do { try await Task.sleep(for: .milliseconds(intervalMilliseconds)) } catch { return }
        }
    }

    private func compare() async {
        var samples: [ClockSample] = []
        for _ in 0..<Self.sampleCount {
            let sentAt = clock.now
            do throws(RestFailure) {
                let exchange = try await rest.serverTime()
                samples.append(
                    ClockSample(sentAt: sentAt, receivedAt: clock.now, exchangeNanoseconds: exchange)
                )
            } catch {
                if samples.isEmpty, error != .cancelled { tell(error) }
                break
            }
        }
        guard let best = ClockSample.best(of: samples) else { return }
        _ = post(
            .marketClock(
                ClockOffset(
                    meta: EventMeta(source: .market, ts: clock.now),
                    offsetMilliseconds: best.offsetMilliseconds,
                    errorBoundMilliseconds: best.errorBoundMilliseconds
                )
            )
        )
    }

    private func tell(_ failure: RestFailure) {
        _ = post(
            .marketError(
                MarketErrorEvent(
                    meta: EventMeta(source: .market, ts: clock.now),
                    connectionID: RestClient.connectionID,
                    code: failure.code(of: "clock"),
                    what: "our clock can't be compared with the exchange's",
                    why: failure.why,
                    willRetryInMilliseconds: intervalMilliseconds
                )
            )
        )
    }
}
