import BybitProtocol
import Contracts
import NIOCore

/// What is done with events that the kernel has no room for: keep, conflate, or drop, count, tell and mend.
extension PublicStream {
    /// How long to wait before the kernel is asked for room again.
    private static let drainMilliseconds: Int64 = 2

    /// Hands one event to the kernel, or keeps it behind those that wait already.
    func deliver(_ event: AnyEvent) {
        guard !outbox.isEmpty || !context.post(event) else { return }
        figures.refusedCount += 1
        switch outbox.take(event) {
        case .kept: break
        case .conflated: figures.conflatedCount += 1
        case .dropped: dropped(event)
        }
        drainLater()
    }

    /// Hands over what waits, as far as there is room.
    func drainOutbox() {
        outbox.drain(context.post)
        if outbox.isEmpty {
            drain?.cancel()
            drain = nil
        }
    }

    /// The connection is over: what still waits would tell of a book that no longer holds.
    func giveUpWaiting() {
        drainOutbox()
        for event in outbox.empty() { dropped(event) }
        drain?.cancel()
        drain = nil
        tellDrops()
    }

    private func drainLater() {
        guard drain == nil, !outbox.isEmpty else { return }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        drain = eventLoop.scheduleTask(in: .milliseconds(Self.drainMilliseconds)) {
            let stream = bound.value
            stream.drain = nil
            stream.drainOutbox()
            stream.drainLater()
        }
    }

    /// Nothing is lost without a word: a book is asked for anew, missing trades are fetched.
    private func dropped(_ event: AnyEvent) {
        drops.note(event)
        switch event {
        case .marketOrderbookDelta(let delta):
            figures.droppedBookCount += 1
            let (symbol, depth) = (delta.instrument.symbol, delta.depth)
            guard decoder.breakBook(depth: depth, symbol: symbol) else { return }
            let topic = StreamTopic(stream: .orderBook(depth: depth), symbol: symbol)
            repair(
                topic,
                delta.instrument,
                "the kernel's inlet was full and a message of the book was dropped"
            )
        case .marketTrade: figures.droppedTradeCount += 1
        case .marketOi(let interest):
            figures.droppedOtherCount += 1
            decoder.tellAgain(interest.instrument.symbol)
        case .marketFunding(let funding):
            figures.droppedOtherCount += 1
            decoder.tellAgain(funding.instrument.symbol)
        default: figures.droppedOtherCount += 1
        }
    }

    func tellDrops() {
        guard let (text, tradeGaps) = drops.flush(at: uptime) else { return }
        fail(
            "feed.dropped",
            about: nil,
            "events were dropped: \(text)",
            "the kernel's inlet and \(settings.outboxEventsMax) more places were full; "
                + "books are asked for anew and trades are fetched"
        )
        if let missed = context.missed { for instrument in tradeGaps { missed(instrument, .trades) } }
    }
}
