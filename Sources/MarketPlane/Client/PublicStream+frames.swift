import BybitProtocol
import Contracts
import EventKernel

/// From a message to events.
extension PublicStream {
    func read(_ text: RawSpan) {
        figures.byteCount += UInt64(text.byteCount)
        let now = clock.now
        tap?(connectionID, category, now, text)
        let failure: WireError? = unsafe text.withUnsafeBytes { bytes in
            do throws(WireError) {
                unsafe try decoder.decode(bytes, receivedAt: now, into: &output)
                return nil
            } catch {
                return error
            }
        }
        if let failure { return noteMalformed(failure) }
        for event in output.events where !deliver(event) { refused(event) }
        if let gap = output.gap { repair(gap.topic, gap.instrument, gap.reason.description) }
        if let control = output.control { answer(control) }
    }

    private func deliver(_ event: AnyEvent) -> Bool {
        guard post(event) else { return false }
        if !desk.isWhole { noteHealing(event) }
        return true
    }

    private func noteHealing(_ event: AnyEvent) {
        switch event {
        case .marketOrderbookDelta(let delta) where delta.isSnapshot:
            desk.healed(StreamTopic(stream: .orderBook(depth: delta.depth), symbol: delta.instrument.symbol))
        case .marketTicker(let ticker):
            desk.healed(StreamTopic(stream: .ticker, symbol: ticker.instrument.symbol))
        case .marketTrade(let trade):
            desk.healed(StreamTopic(stream: .trades, symbol: trade.instrument.symbol))
        case .marketKline(let candle):
            desk.healed(
                StreamTopic(stream: .kline(minutes: candle.minutes), symbol: candle.instrument.symbol)
            )
        default: break
        }
    }

    /// The kernel had no room: a book that misses a message is broken, the rest comes again or is lost.
    private func refused(_ event: AnyEvent) {
        figures.refusedCount += 1
        switch event {
        case .marketOrderbookDelta(let delta):
            let (symbol, depth) = (delta.instrument.symbol, delta.depth)
            guard decoder.breakBook(depth: depth, symbol: symbol) else { return }
            let topic = StreamTopic(stream: .orderBook(depth: depth), symbol: symbol)
            repair(
                topic,
                delta.instrument,
                "the kernel's inlet was full and a message of the book was dropped"
            )
        case .marketOi(let interest): decoder.tellAgain(interest.instrument.symbol)
        case .marketFunding(let funding): decoder.tellAgain(funding.instrument.symbol)
        default: break
        }
    }

    private func repair(_ topic: StreamTopic, _ instrument: Instrument, _ why: String) {
        figures.gapCount += 1
        let (isNew, requests) = desk.broke(topic, at: uptime)
        send(requests)
        guard isNew else { return }
        let isBook = if case .orderBook = topic.stream { true } else { false }
        _ = post(
            .marketError(
                MarketErrorEvent(
                    meta: meta(),
                    connectionID: connectionID,
                    instrument: instrument,
                    code: isBook ? "book.gap" : "stream.gap",
                    what: "\(topic) is broken and is asked for anew",
                    why: why
                )
            )
        )
    }

    private func answer(_ message: ControlMessage) {
        switch message {
        case .subscribed(let requestID): desk.acknowledged(requestID)
        case .refused("unsubscribe", _, _, _): break
        case .refused(_, let requestID, let reason, _):
            // A topic that is there already is no loss; where its state is missing, the repair goes on.
            if reason.contains("already subscribed") { return desk.acknowledged(requestID) }
            let (retry, given) = desk.refused(requestID, at: uptime)
            send(retry)
            for topic in given { fail("subscribe.refused", about: topic, "\(topic) was refused", reason) }
        case .pong, .unsubscribed, .other: break
        }
    }

    private func noteMalformed(_ error: WireError) {
        if let note = malformed.note(error, at: uptime) { tellMalformed(note) }
    }

    func flushMalformed() {
        if let note = malformed.flush(at: uptime) { tellMalformed(note) }
    }

    private func tellMalformed(_ note: MalformedFold.Note) {
        let more = note.foldedCount > 0 ? " (and \(note.foldedCount) more)" : ""
        fail("frame.malformed", about: nil, note.error.what + more, note.error.why)
    }

    func fail(
        _ code: String,
        about topic: StreamTopic?,
        _ what: String,
        _ why: String,
        retryIn delay: Int64? = nil
    ) {
        _ = post(
            .marketError(
                MarketErrorEvent(
                    meta: meta(),
                    connectionID: connectionID,
                    instrument: topic.map { Instrument(category: category, symbol: $0.symbol) },
                    code: code,
                    what: what,
                    why: why,
                    willRetryInMilliseconds: delay
                )
            )
        )
    }
}
