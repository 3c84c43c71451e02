import BybitProtocol
import Contracts

/// Tells breaks of order books as the feed monitor does: resyncing at the gap, fresh at the snapshot that heals it.
struct BookGaps {
    private var broken: [(instrument: Instrument, depth: Int)] = []

    /// What to tell of `gap`; nil where it is no book's, or known.
    mutating func note(_ gap: StreamGap, at time: UnixMilliseconds) -> AnyEvent? {
        guard case .orderBook(let depth) = gap.topic.stream,
            !broken.contains(where: { $0.instrument == gap.instrument && $0.depth == depth })
        else { return nil }
        broken.append((gap.instrument, depth))
        return health(gap.instrument, .resyncing, "\(gap.reason)", at: time)
    }

    /// What to tell before `event`; nil unless it heals the last broken book of its instrument.
    mutating func heal(_ event: AnyEvent, at time: UnixMilliseconds) -> AnyEvent? {
        guard !broken.isEmpty, case .marketOrderbookDelta(let delta) = event, delta.isSnapshot else {
            return nil
        }
        let count = broken.count
        broken.removeAll { $0.instrument == delta.instrument && $0.depth == delta.depth }
        guard broken.count < count, !broken.contains(where: { $0.instrument == delta.instrument }) else {
            return nil
        }
        return health(delta.instrument, .fresh, "whole again by a snapshot", at: time)
    }

    private func health(
        _ instrument: Instrument,
        _ state: FeedHealth.State,
        _ detail: String,
        at time: UnixMilliseconds
    ) -> AnyEvent {
        FeedHealth(
            meta: EventMeta(source: .market, ts: time),
            instrument: instrument,
            state: state,
            ageMilliseconds: 0,
            lagMilliseconds: 0,
            detail: detail
        ).erased
    }
}
