import BybitProtocol
import Contracts
import Foundation
import Recording
import Testing

/// Books replayed from recordings, level for level, against books that others computed from them.
@Suite struct `Books and their oracles` {
    @Test(arguments: BookOracles.files.map(\.lastPathComponent))
    func `agree level by level`(name: String) throws {
        let file = BookOracles.folder.appendingPathComponent(name)
        let json = try Data(contentsOf: file)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        if let states = try? decoder.decode([MessageState].self, from: json) {
            try compare(name, states)
        } else if let oracle = try? decoder.decode(BinanceOracle.self, from: json) {
            try compare(oracle)
        } else {
            try compare(decoder.decode(LineOracle.self, from: json))
        }
    }

    /// A book of one symbol after every so many messages: `book_bybit_v5_SYMBOL.json`.
    private func compare(_ name: String, _ states: [MessageState]) throws {
        let symbol = try #require(name.dropLast(5).split(separator: "_").last).uppercased()
        let tapes = BookOracles.recordings.filter { $0.lastPathComponent.hasPrefix("bybit_v5_\(symbol)_") }
        var compared = 0
        for tape in tapes {
            var replay = try BookReplay(tape)
            guard try replay.advance(to: try #require(states.first).afterMessage),
                replay.updateID(symbol) == states[0].u
            else { continue }
            for state in states {
                try #require(try replay.advance(to: state.afterMessage))
                #expect(replay.updateID(symbol) == state.u)
                #expect(replay.lastFrame.contains("\"seq\":\(state.seq)"))
                let book = try #require(replay.book(symbol))
                #expect(book.bids.count == state.bidLevels && book.asks.count == state.askLevels)
                expect(book.bids, state.bids)
                expect(book.asks, state.asks)
                compared += 1
            }
            #expect(replay.gapCount == 0)
        }
        #expect(compared > 0, "no recording of \(symbol) fits \(name)")
    }

    /// Books and trades of several symbols after every so many lines.
    private func compare(_ oracle: LineOracle) throws {
        var tape: BookReplay?
        for file in BookOracles.recordings where file.lastPathComponent.hasPrefix("reencoded_bybit_v5_") {
            var replay = try BookReplay(file)
            guard try replay.advance(to: 1), replay.lastReceived == oracle.firstRecvNs else { continue }
            tape = replay
        }
        var replay = try #require(tape, "no re-encoded recording begins at \(oracle.firstRecvNs)")
        for state in oracle.states {
            try #require(try replay.advance(to: state.afterLine))
            for (symbol, expected) in state.books {
                #expect(replay.updateID(symbol) == expected.u)
                let book = try #require(replay.book(symbol))
                #expect(book.bids.count == expected.bidLevels && book.asks.count == expected.askLevels)
                expect(book.bids, expected.bids)
                expect(book.asks, expected.asks)
                #expect(try expected.bidQtySum.is(book.bids.totalSize()))
                #expect(try expected.askQtySum.is(book.asks.totalSize()))
            }
            for (symbol, expected) in state.takerBuySellVolumeAndTrades {
                try #require(expected.count == 3)
                let tally = replay.trades[symbol] ?? TradeTally()
                #expect(expected[0].is(tally.bought) && expected[1].is(tally.sold))
                #expect(expected[2].is(Quantity(units: Int64(tally.count), scale: 0)))
            }
        }
        #expect(
            try !replay.advance(to: oracle.lines + 1),
            "the recording has more than \(oracle.lines) lines"
        )
        #expect(replay.lineCount == oracle.lines && replay.lastReceived == oracle.lastRecvNs)
        #expect(!oracle.states.isEmpty && !oracle.symbols.isEmpty)
        for (symbol, expected) in oracle.symbols {
            #expect(replay.trades[symbol]?.count ?? 0 == expected.trades)
        }
        #expect(replay.gapCount == 0)
    }

    /// A raw Binance recording: its REST snapshot, and the changes from there on.
    private func compare(_ oracle: BinanceOracle) throws {
        let path = BookOracles.shared.appendingPathComponent("data").appendingPathComponent(oracle.file)
        guard FileManager.default.fileExists(atPath: path.path) else {
            print("skipped: no \(path.path); set TRADEBOT_SHARED")
            return
        }
        var replay = try BinanceReplay(path)
        for state in oracle.states {
            try #require(try replay.advance(toApplied: state.afterApplied))
            #expect(replay.book.updateID == state.u && replay.eventTime == state.eventTimeMs)
            #expect(replay.book.bids.count == state.bidLevels)
            #expect(replay.book.asks.count == state.askLevels)
            expect(replay.book.bids, state.bids)
            expect(replay.book.asks, state.asks)
        }
        #expect(try !replay.advance(toApplied: .max))
        #expect(replay.appliedCount == oracle.applied && replay.staleCount == oracle.staleDropped)
        #expect(replay.gapCount == oracle.sequenceGaps)
    }

    /// The best levels, number for number.
    private func expect(
        _ side: ContiguousArray<BookLevel>,
        _ expected: [[String]],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let wanted = expected.compactMap { level -> BookLevel? in
            guard let price = Price(level[0]), let size = Quantity(level[1]) else { return nil }
            return BookLevel(price: price, size: size)
        }
        #expect(
            wanted.count == expected.count && side.reversed().prefix(expected.count).elementsEqual(wanted),
            sourceLocation: sourceLocation
        )
    }
}
