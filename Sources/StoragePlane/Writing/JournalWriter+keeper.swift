import Contracts
import Dispatch
import Synchronization

extension JournalWriter {
    /// What the keeper of complete segments may ask of this writer.
    func keeperFace() -> SegmentKeeper.Writer {
        SegmentKeeper.Writer(
            newest: { [weak self] in self?.state.withLock { $0.newest } ?? 0 },
            record: { [weak self] retirement in
                guard let self else { throw Stopped() }
                try commitQueue.sync { try self.segments.withLock { try $0.record(retirement) } }
            },
            report: { [onFailure] error in onFailure(error) }
        )
    }
}

/// Where the writer's segments find their keeper, which is made after them.
final class KeeperLink: Sendable {
    private let keeper = Mutex<SegmentKeeper?>(nil)

    func connect(_ keeper: SegmentKeeper) { self.keeper.withLock { $0 = keeper } }

    func putAway(_ sealed: SealedFile) { keeper.withLock { $0 }?.putAway(sealed) }
}
