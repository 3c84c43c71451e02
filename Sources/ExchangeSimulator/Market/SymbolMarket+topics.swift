import NIOCore

/// Who listens to a market, and what newcomers are told first.
extension SymbolMarket {
    /// The order book as REST shows it: that of the deepest topic, with its update id.
    func wholeBook() -> DepthFeed.Push {
        feeds[feeds.count - 1].opening(source)
    }

    /// What a new listener gets first; wakes the topic if it was the only one.
    func opening(_ topic: Topic, timeMs: Int64) -> ByteBuffer? {
        switch topic {
        case .trade, .liquidation, .insurance, .adl, .status: return nil
        case .book(let depth, _):
            guard let index = feeds.firstIndex(where: { $0.depth == depth }) else { return nil }
            feeds[index].wake(source)
            let push = feeds[index].opening(source)
            guard category == .option || !push.bids.isEmpty || !push.asks.isEmpty else { return nil }
            desk.counts.bookSnapshots += 1
            return encoder.book(push, depth: depth, timeMs: timeMs)
        case .kline(let interval, _):
            guard let candle = series.first(where: { $0.interval == interval })?.current,
                !recordedKlines.contains(interval)
            else { return nil }
            desk.counts.klines += 1
            return encoder.kline(candle, interval: interval, isClosed: false, timeMs: timeMs)
        case .ticker:
            board.wake(tickerFields(), sequence: sequence)
            guard !board.known.isEmpty else { return nil }
            desk.counts.tickers += 1
            return encoder.ticker(board.known, isSnapshot: true, sequence: board.sequence, timeMs: timeMs)
        case .priceLimit:
            guard let limits = currentLimits() else { return nil }
            self.limits = limits
            desk.counts.others += 1
            return encoder.priceLimit(limits, timeMs: timeMs)
        }
    }

    /// Nobody listens to this topic any more.
    func abandon(_ topic: Topic) {
        switch topic {
        case .book(let depth, _):
            if let index = feeds.firstIndex(where: { $0.depth == depth }) { feeds[index].sleep() }
        case .ticker: board.sleep()
        default: break
        }
    }

    // MARK: Faults

    /// Loses the next delta of every book topic, so that its update ids have a hole.
    func loseNextBookUpdate() {
        for index in feeds.indices { feeds[index].loseNext() }
    }

    /// Crosses the book in the next push of every book topic.
    func crossNextBookUpdate() {
        for index in feeds.indices { feeds[index].crossNext() }
    }

    /// Numbers every book topic from 1 again, beginning with a snapshot.
    func startBooksOver() {
        for index in feeds.indices { feeds[index].startOver() }
    }
}
