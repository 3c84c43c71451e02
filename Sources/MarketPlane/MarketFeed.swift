import Contracts

/// Where market data comes from: the exchange, a recording, a simulation.
///
/// Calls return at once; what follows arrives as events at the inlet.
package protocol MarketFeed: Sendable {
    /// Opens the connection of one category and keeps it open, whatever happens to it.
    func connect(_ category: Category)
    /// Asks for each of the streams of each of the instruments; also before the connection is open.
    func subscribe(_ instruments: [Instrument], to streams: [MarketStream])
    /// Ends every connection; asking twice does no more.
    func disconnect(why: String)
}

/// Where instruments' trading rules come from.
package protocol InstrumentSource: Sendable {
    /// Loads the rules of each instrument, however long it takes; they arrive as `market:instrument`.
    func load(_ instruments: [Instrument])
}
