import Contracts

/// A feed whose streams are kept whole by REST, and whose clock is compared as long as it runs.
package struct BackfilledFeed: MarketFeed {
    private let feed: any MarketFeed
    private let backfiller: Backfiller
    private let probe: ClockProbe

    package init(feed: any MarketFeed, backfiller: Backfiller, probe: ClockProbe) {
        self.feed = feed
        self.backfiller = backfiller
        self.probe = probe
    }

    package func connect(_ category: Category) {
        probe.start()
        feed.connect(category)
    }

    package func subscribe(_ instruments: [Instrument], to streams: [MarketStream]) {
        // First, so that nothing streams by unseen.
        backfiller.want(instruments, streams)
        feed.subscribe(instruments, to: streams)
    }

    package func disconnect(why: String) { feed.disconnect(why: why) }
}
