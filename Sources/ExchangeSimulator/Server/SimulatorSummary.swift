/// What the simulator sent, counted at its end: each connection's copy of a message counts.
package struct SimulatorSummary: Equatable, Sendable {
    /// What one market's trade subscribers were told.
    package struct Market: Equatable, Sendable {
        /// The symbol, led by its product line.
        package let name: String
        /// Trades told.
        package let trades: UInt64
        /// The id of the last trade told; empty before the first.
        package let lastTradeID: String
    }

    /// Market time that went by, in milliseconds.
    package let simulatedMs: Int64
    /// Connections that were upgraded to the stream.
    package let connections: Int
    /// Pushes of every kind.
    package let messages: UInt64
    /// Bytes of those, without framing.
    package let bytes: UInt64
    /// Order-book snapshots and deltas.
    package let bookSnapshots: UInt64
    package let bookDeltas: UInt64
    /// Ticker pushes.
    package let tickers: UInt64
    /// Trade pushes, and the trades in them.
    package let tradeMessages: UInt64
    package let trades: UInt64
    /// Candle pushes, and those of them with a closed candle.
    package let klines: UInt64
    package let closedKlines: UInt64
    /// Liquidation pushes.
    package let liquidations: UInt64
    /// By market, in the order of listing.
    package let markets: [Market]

    /// One JSON object on one line.
    package var json: String {
        let perMarket = markets.map {
            "\"\($0.name)\":{\"trades\":\($0.trades),\"lastTradeId\":\"\($0.lastTradeID)\"}"
        }
        return "{\"simulatedMs\":\(simulatedMs),\"connections\":\(connections),\"messages\":\(messages),"
            + "\"bytes\":\(bytes),\"bookSnapshots\":\(bookSnapshots),\"bookDeltas\":\(bookDeltas),"
            + "\"tickers\":\(tickers),\"tradeMessages\":\(tradeMessages),\"trades\":\(trades),"
            + "\"klines\":\(klines),\"closedKlines\":\(closedKlines),\"liquidations\":\(liquidations),"
            + "\"markets\":{\(perMarket.joined(separator: ","))}}"
    }

    init(exchange: Exchange, simulatedMs: Int64, connections: Int) {
        let counts = exchange.desk.counts
        (self.simulatedMs, self.connections) = (simulatedMs, connections)
        (messages, bytes) = (counts.messages, counts.bytes)
        (bookSnapshots, bookDeltas) = (counts.bookSnapshots, counts.bookDeltas)
        (tickers, tradeMessages, trades) = (counts.tickers, counts.tradeMessages, counts.trades)
        (klines, closedKlines, liquidations) = (counts.klines, counts.closedKlines, counts.liquidations)
        markets = exchange.markets.map { market in
            let isSpot = market.category == .spot
            return Market(
                name: market.category.rawValue + ":" + market.spec.symbol,
                trades: market.tradeCount,
                lastTradeID: isSpot ? PushEncoder.spotID(market.lastTradeID) : market.lastTradeID
            )
        }
    }
}
