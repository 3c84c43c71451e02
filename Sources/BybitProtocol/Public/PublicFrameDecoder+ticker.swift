import Contracts

extension PublicFrameDecoder {
    /// Merges one ticker message; open interest and funding are told only when they changed.
    mutating func readTicker(
        _ push: Push,
        _ scanner: inout ByteScanner,
        _ output: inout DecodedFrame
    ) throws(WireError) {
        // Options name their base coin in the topic and the contract in the data: the data wins.
        var symbol = push.topic.symbol
        do throws(WireError) {
            if let named = try scanner.named("symbol") { symbol = named }
        } catch {
            return breakTicker(push, symbol, error, &output)
        }
        guard let place = tickers.place(of: symbol) else { return }
        let isDelta = push.envelope.kind == .delta
        var state = TickerState()
        if isDelta {
            let kept = tickers[place].state
            guard kept.isAnchored else {
                counters.unanchored &+= 1
                return
            }
            if let sequence = push.envelope.sequence, sequence < kept.sequence {
                counters.outdated &+= 1
                return
            }
            state = kept
        }
        do throws(WireError) {
            try state.merge(&scanner, counters: &counters)
        } catch {
            return breakTicker(push, symbol, error, &output)
        }
        state.isAnchored = true
        state.sequence = push.envelope.sequence ?? state.sequence
        tickers[place].state = state
        let instrument = Instrument(category: category, symbol: symbol)
        give(state, at: place, push.meta, instrument, push.time, &output)
    }

    /// A ticker message that can't be read may have changed anything: the state waits for a snapshot.
    private mutating func breakTicker(
        _ push: Push,
        _ symbol: Symbol,
        _ error: WireError,
        _ output: inout DecodedFrame
    ) {
        counters.malformed &+= 1
        counters.gaps &+= 1
        tickers.breakOff(symbol)
        tickers.breakOff(push.topic.symbol)
        let instrument = Instrument(category: category, symbol: push.topic.symbol)
        output.gap = StreamGap(topic: push.topic, instrument: instrument, reason: .malformed(error))
    }

    /// Tells the ticker, and of open interest and funding what is new.
    @inline(__always)
    mutating func give(
        _ state: TickerState,
        at place: Int,
        _ meta: EventMeta,
        _ instrument: Instrument,
        _ time: UnixMilliseconds,
        _ output: inout DecodedFrame
    ) {
        output.events.append(.marketTicker(state.ticker(meta, instrument, at: time)))
        if let interest = state.openInterest, tickers[place].lastInterest != interest {
            tickers[place].lastInterest = interest
            let event = OpenInterestEvent(
                meta: meta,
                instrument: instrument,
                exchangeTime: time,
                openInterest: interest,
                value: state.openInterestValue
            )
            output.events.append(.marketOi(event))
        }
        guard let rate = state.fundingRate else { return }
        let funding = TickerEntry.Funding(
            rate: rate,
            next: state.nextFundingTime,
            hours: state.fundingIntervalHours
        )
        guard tickers[place].lastFunding != funding else { return }
        tickers[place].lastFunding = funding
        let event = FundingEvent(
            meta: meta,
            instrument: instrument,
            exchangeTime: time,
            rate: rate,
            nextFundingTime: funding.next,
            intervalHours: funding.hours
        )
        output.events.append(.marketFunding(event))
    }
}

extension ByteScanner {
    /// The symbol that the member `name` of the next object has; reading goes on before the object.
    fileprivate mutating func named(_ name: StaticString) throws(WireError) -> Symbol? {
        let start = at
        defer { at = start }
        var symbol: Symbol?
        try enterObject("data")
        var isFirst = true
        while let key = try nextKey(&isFirst) {
            if matches(key, name) { symbol = try self.symbol(name) } else { try skipValue() }
        }
        return symbol
    }
}
