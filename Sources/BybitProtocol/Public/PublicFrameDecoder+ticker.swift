import Contracts

extension PublicFrameDecoder {
    /// Merges one ticker message; open interest and funding are told only when they changed.
    mutating func readTicker(
        _ push: Push,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        let isDelta = push.envelope.kind == .delta
        // Options name their base coin in the topic and the contract in the data: the data wins.
        var symbol = push.topic.symbol
        let kept = tickers[symbol]
        var state = TickerState()
        if isDelta {
            guard let kept, kept.isAnchored else {
                counters.unanchored &+= 1
                return
            }
            if let sequence = push.envelope.sequence, sequence < kept.sequence {
                counters.outdated &+= 1
                return
            }
            state = kept
        } else {
            guard kept != nil || tickers.count < Self.tickerCountMax else { return }
        }
        do throws(WireError) {
            try state.merge(&scanner, symbol: &symbol, counters: &counters)
        } catch {
            breakTicker(push, error, &output)
            return
        }
        state.isAnchored = true
        state.sequence = push.envelope.sequence ?? state.sequence
        tickers[push.topic.symbol] = state
        give(state, push, Instrument(category: category, symbol: symbol), &output)
    }

    /// A ticker message that can't be read may have changed anything: the state waits for a snapshot.
    private mutating func breakTicker(_ push: Push, _ error: WireError, _ output: inout DecodedFrame) {
        counters.malformed &+= 1
        counters.gaps &+= 1
        tickers[push.topic.symbol]?.isAnchored = false
        let instrument = Instrument(category: category, symbol: push.topic.symbol)
        output.gap = StreamGap(topic: push.topic, instrument: instrument, reason: .malformed(error))
    }

    private mutating func give(
        _ state: TickerState,
        _ push: Push,
        _ instrument: Instrument,
        _ output: inout DecodedFrame
    ) {
        output.events.append(.marketTicker(state.ticker(push.meta, instrument, at: push.time)))
        if let interest = state.openInterest, lastOpenInterest[instrument.symbol] != interest {
            lastOpenInterest[instrument.symbol] = interest
            let event = OpenInterestEvent(
                meta: push.meta,
                instrument: instrument,
                exchangeTime: push.time,
                openInterest: interest,
                value: state.openInterestValue
            )
            output.events.append(.marketOi(event))
        }
        guard let rate = state.fundingRate else { return }
        let funding = Funding(rate: rate, next: state.nextFundingTime, hours: state.fundingIntervalHours)
        guard lastFunding[instrument.symbol] != funding else { return }
        lastFunding[instrument.symbol] = funding
        let event = FundingEvent(
            meta: push.meta,
            instrument: instrument,
            exchangeTime: push.time,
            rate: rate,
            nextFundingTime: funding.next,
            intervalHours: funding.hours
        )
        output.events.append(.marketFunding(event))
    }
}
