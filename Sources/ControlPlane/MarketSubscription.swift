import Contracts

/// Instruments of one category, and what they are watched by.
package struct MarketSubscription: Hashable, Sendable {
    package let instruments: [Instrument]
    package let streams: [MarketStream]

    package init(instruments: [Instrument], streams: [MarketStream]) {
        self.instruments = instruments
        self.streams = streams
    }
}
