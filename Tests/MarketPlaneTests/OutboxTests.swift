import Contracts
import Testing

@testable import MarketPlane

private let meta = EventMeta(source: .market, ts: 1)

private func ticker(_ time: Int64, _ name: String = "linear:BTCUSDT") -> AnyEvent {
    .marketTicker(TickerEvent(meta: meta, instrument: .fixture(name), exchangeTime: time))
}

private func trade(_ number: UInt64, _ name: String = "linear:BTCUSDT") -> AnyEvent {
    .marketTrade(
        TradeEvent(
            meta: meta,
            instrument: .fixture(name),
            exchangeTime: 1,
            id: .number(number),
            side: .buy,
            price: Price("1") ?? .zero,
            quantity: Quantity("1") ?? .zero
        )
    )
}

@Suite struct `The outbox` {
    @Test func `keeps the latest ticker of each instrument and every trade in order`() {
        var outbox = Outbox(eventCountMax: 10)
        #expect(outbox.take(ticker(1)) == .kept)
        #expect(outbox.take(trade(1)) == .kept)
        #expect(outbox.take(ticker(2)) == .conflated)
        #expect(outbox.take(ticker(3, "linear:ETHUSDT")) == .kept)
        #expect(outbox.take(trade(2)) == .kept)
        #expect(outbox.waitingCount == 4)
        var out: [AnyEvent] = []
        outbox.drain { event in
            out.append(event)
            return true
        }
        #expect(out == [trade(1), trade(2), ticker(2), ticker(3, "linear:ETHUSDT")])
        #expect(outbox.isEmpty)
    }

    @Test func `drops what exceeds its bound, and takes again once there is room`() {
        var outbox = Outbox(eventCountMax: 2)
        #expect((1...3).map { outbox.take(trade($0)) } == [.kept, .kept, .dropped])
        var room = 1
        var out: [AnyEvent] = []
        outbox.drain { event in
            guard room > 0 else { return false }
            room -= 1
            out.append(event)
            return true
        }
        #expect(out == [trade(1)])
        #expect(outbox.take(trade(4)) == .kept)
        #expect(outbox.empty() == [trade(2), trade(4)])
        #expect(outbox.isEmpty)
    }

    @Test func `folds what was dropped to one note a second`() {
        var drops = DropFold()
        let nothing = drops.flush(at: 0)
        #expect(nothing?.text == nil)
        for number in 1...5 as ClosedRange<UInt64> { drops.note(trade(number)) }
        drops.note(ticker(1))
        let first = drops.flush(at: 10)
        #expect(first?.text == "1 of market:ticker, 5 of market:trade")
        #expect(first?.tradeGaps == [.fixture()])
        drops.note(trade(6))
        let notes = [1_009, 1_010, 9_000].map { drops.flush(at: $0)?.text }
        #expect(notes == [nil, "1 of market:trade", nil])
    }
}
