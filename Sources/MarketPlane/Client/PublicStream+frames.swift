import BybitProtocol
import Contracts
import EventKernel

/// From a message to events.
extension PublicStream {
    func read(_ text: RawSpan) {
        if !outbox.isEmpty { drainOutbox() }
        figures.byteCount += UInt64(text.byteCount)
        let now = context.clock.now
        context.tap?(connectionID, category, now, text)
        let failure: WireError? = unsafe text.withUnsafeBytes { bytes in
            do throws(WireError) {
                unsafe try decoder.decode(bytes, receivedAt: now, into: &output)
                return nil
            } catch {
                return error
            }
        }
        if let failure { return noteMalformed(failure) }
        for event in output.events {
            // First, since a delivery that fails breaks the stream again.
            if !desk.isWhole { noteHealing(event) }
            if case .marketOrderbookDelta(let delta) = event { follow(delta) }
            deliver(event)
        }
        if let gap = output.gap { repair(gap.topic, gap.instrument, gap.reason.description) }
        if let control = output.control { answer(control) }
    }

    private func noteHealing(_ event: AnyEvent) {
        let healed: (MarketStream, Instrument)? =
            switch event {
            case .marketOrderbookDelta(let delta) where delta.isSnapshot:
                (.orderBook(depth: delta.depth), delta.instrument)
            case .marketTicker(let ticker): (.ticker, ticker.instrument)
            case .marketTrade(let trade): (.trades, trade.instrument)
            case .marketKline(let candle): (.kline(minutes: candle.minutes), candle.instrument)
            case .marketLiquidation(let liquidation): (.liquidations, liquidation.instrument)
            case .marketPriceLimit(let limit): (.priceLimit, limit.instrument)
            default: nil
            }
        guard let (stream, instrument) = healed else { return }
        if let topic = StreamCatalogue.topic(stream, of: instrument) { desk.healed(topic) }
    }

    func repair(_ topic: StreamTopic, _ instrument: Instrument, _ why: String) {
        figures.gapCount += 1
        let (isNew, requests) = desk.broke(topic, at: uptime)
        request(requests)
        guard isNew else { return }
        let isBook = if case .orderBook = topic.stream { true } else { false }
        _ = context.post(
            .marketError(
                MarketErrorEvent(
                    meta: meta(),
                    connectionID: connectionID,
                    instrument: instrument,
                    stream: topic.stream,
                    code: isBook ? "book.gap" : "stream.gap",
                    what: "\(topic) is broken and is asked for anew",
                    why: why
                )
            )
        )
    }

    /// Sends what repairs streams, and counts it.
    func request(_ requests: [ClientRequest]) {
        for case .subscribe(let topics, _) in requests { figures.resyncCount += UInt64(topics.count) }
        send(requests)
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
        case .pong: pingSentAt = nil
        case .unsubscribed, .other: break
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
        _ = context.post(
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
