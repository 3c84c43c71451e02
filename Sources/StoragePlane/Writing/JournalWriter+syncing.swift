import Contracts
import Dispatch
import Synchronization

/// The last stage, and what is told of the disk.
extension JournalWriter {
    func begin(_ step: WriterState.Step) {
        switch step {
        case .none: break
        case .now: syncQueue.async { self.sync() }
        case .later:
            syncQueue.asyncAfter(deadline: .now() + .milliseconds(settings.syncMillisecondsMax)) {
                [weak self] in
                guard let self, state.withLock({ $0.syncIsDue() }) else { return }
                sync()
            }
        }
    }

    /// Runs on the syncing queue: brings to the disk what is committed, for as long as somebody needs more of it.
    private func sync() {
        while let (head, log) = state.withLock({ state in
            state.nextToSync().map { head in (head, self.log.withLock { $0 }) }
        }) {
            let start = disk.now
            do throws(JournalError) {
                try log.sync(on: disk)
            } catch {
                return breakOff(error)
            }
            let end = disk.now
            let (waiters, health) = state.withLock { state in
                state.status.syncCount += 1
                return (state.synced(head), state.monitor.synced(in: end - start, at: end))
            }
            for waiter in waiters { waiter.perform(nil) }
            tell(health)
            advance()
        }
    }

    func advance() {
        let now = disk.now
        tell(state.withLock { $0.monitor.advanced(at: now, goesOn: $0.isWaiting) })
    }

    /// The disk has lost something: nothing is written any more, and everybody who waits is told.
    func breakOff(_ error: JournalError) {
        let now = disk.now
        let (waiters, blocked, health) = state.withLock { state in
            (state.broke(error), state.takeBlocked(), state.monitor.broke(error.why, at: now))
        }
        for _ in 0..<blocked { room.signal() }
        tell(health)
        onFailure(error)
        for waiter in waiters { waiter.perform(error) }
    }

    // MARK: Health

    /// Looks at the time again and again, for what nobody tells: that nothing happens.
    func watch() {
        healthQueue.asyncAfter(deadline: .now() + .milliseconds(Self.watchMilliseconds)) { [weak self] in
            guard let self, !state.withLock({ $0.isClosed }) else { return }
            let now = disk.now
            tell(state.withLock { $0.monitor.passed(to: now) })
            watch()
        }
    }

    private static let watchMilliseconds = 250

    func tell(_ health: JournalHealth?) {
        if let health { onHealth(health) }
    }
}
