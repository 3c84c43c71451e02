import Contracts

/// A feed that connects to nothing: in a replay the market's events come from the journal.
package struct SilentFeed: MarketFeed, InstrumentSource {
    package init() {}

    package func connect(_ category: Category) {}
    package func disconnect(why: String) {}
    package func subscribe(_ instruments: [Instrument], to streams: [MarketStream]) {}
    package func load(_ instruments: [Instrument]) {}
}
