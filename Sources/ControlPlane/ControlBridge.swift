import Contracts
import EventKernel

/// The kernel's end of the control socket: gathers what planes publish and hands events to the server.
///
/// It decides nothing: a command enters by the inlet, its outcome leaves by the feed.
package final class ControlBridge {
    private unowned let kernel: Kernel
    private let feed: EventFeed
    private var board = StatusBoard()
    private var batch: [AnyEvent] = []

    package init(feed: EventFeed, kernel: Kernel) {
        self.kernel = kernel
        self.feed = feed
        gather(from: kernel.bus)
        kernel.bus.record { [unowned self] event, _ in
            if feed.wants(event.topic) { batch.append(event) }
        }
        kernel.onSettled { [unowned self] in
            feed.push(&batch, sequence: self.kernel.bus.sequence)
        }
    }

    /// What the status query answers, as of now.
    package var status: StatusReport {
        StatusReport(board: board, sequence: kernel.bus.sequence, now: kernel.now)
    }

    private func gather(from bus: EventBus) {
        // The feed hands outcomes on whether or not anyone subscribed: they are answers.
        bus.on(CommandOutcome.self, as: .controlBridge) { outcome in self.board.note(copy outcome) }
        bus.on(ControlState.self, as: .controlBridge) { event in self.board.note(copy event) }
        bus.on(FeedHealth.self, as: .controlBridge) { event in self.board.note(copy event) }
        bus.on(ClockOffset.self, as: .controlBridge) { event in self.board.note(copy event) }
        bus.on(StrategyState.self, as: .controlBridge) { event in self.board.note(copy event) }
        bus.on(StrategyIntent.self, as: .controlBridge) { event in self.board.note(copy event) }
        bus.on(ApprovedIntent.self, as: .controlBridge) { event in self.board.note(copy event) }
        bus.on(RejectedIntent.self, as: .controlBridge) { event in self.board.note(copy event) }
        bus.on(RiskState.self, as: .controlBridge) { event in self.board.note(copy event) }
        bus.on(OrderEvent.self, as: .controlBridge) { event in self.board.note(copy event) }
        bus.on(PositionUpdate.self, as: .controlBridge) { event in self.board.note(copy event) }
        bus.on(AccountUpdate.self, as: .controlBridge) { event in self.board.note(copy event) }
    }
}
