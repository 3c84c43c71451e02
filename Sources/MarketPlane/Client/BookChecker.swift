import Contracts
import Synchronization

/// Fetches the exchange's snapshots of the books that are to be compared, one after the other.
///
/// - Errors: none; a snapshot that does not come is asked for again later, and the rest client tells of its trouble.
package final class BookChecker: Sendable {
    private static let lookSeconds = 1

    private let rest: RestClient
    private let feed: BybitMarketFeed
    private let worker = Mutex<Task<Void, Never>?>(nil)

    package init(rest: RestClient, feed: BybitMarketFeed) {
        self.rest = rest
        self.feed = feed
    }

    /// Begins to compare; without effect where it has begun.
    package func start() {
        worker.withLock { worker in
            if worker == nil { worker = Task { await self.work() } }
        }
    }

    /// Stops and returns when the request under way has ended.
    package func shutdown() async {
        let worker = worker.withLock { $0 }
        worker?.cancel()
        await worker?.value
    }

    private func work() async {
        while !Task.isCancelled {
            for (client, instruments) in await feed.booksDue() {
                for instrument in instruments {
                    guard !Task.isCancelled else { return }
                    let snapshot = try? await rest.bookSnapshot(instrument, depth: DeepBook.comparedCount)
                    if let snapshot { client.check(snapshot) }
                }
            }
            try? await Task.sleep(for: .seconds(Self.lookSeconds))
        }
    }
}
