import Contracts
import EventKernel
import MarketPlane
import Synchronization
import TestKit
import Testing

/// Writes down what it is asked for.
final class NotedFeed: MarketFeed, InstrumentSource {
    private let notes = Mutex<[String]>([])
    var calls: [String] { notes.withLock { $0 } }

    func connect(_ category: Contracts.Category) { note("connect \(category)") }
    func subscribe(_ instruments: [Instrument], to streams: [MarketStream]) {
        note("subscribe \(instruments) \(streams)")
    }
    func disconnect(why: String) { note("disconnect \(why)") }
    func load(_ instruments: [Instrument]) { note("load \(instruments)") }

    private func note(_ call: String) { notes.withLock { $0.append(call) } }
}

extension Instrument {
    static func fixture(_ text: String = "linear:BTCUSDT") -> Instrument {
        guard let instrument = Instrument(text) else { preconditionFailure("'\(text)' is no instrument") }
        return instrument
    }
}

private let meta = EventMeta(source: .system)

@Suite struct `Market gateway` {
    private let feed: NotedFeed
    private let plane: PlaneHarness

    init() {
        let feed = NotedFeed()
        self.feed = feed
        plane = PlaneHarness { kernel in
            MarketPlane.install(settings: MarketSettings(), feed: feed, source: feed, on: kernel)
        }
    }

    @Test func `passes on what the orchestrator wants`() {
        plane.tell(MarketConnectRequest(meta: meta, venue: "bybit", category: .linear))
        plane.tell(MarketSubscribeRequest(meta: meta, instruments: [.fixture()], streams: [.ticker]))
        plane.tell(MarketDisconnectRequest(meta: meta, why: "stop"))
        #expect(
            feed.calls == [
                "connect linear", "subscribe [linear:BTCUSDT] [tickers]", "load [linear:BTCUSDT]",
                "disconnect stop",
            ]
        )
    }

    @Test func `loads the rules again every hour`() {
        plane.tell(MarketSubscribeRequest(meta: meta, instruments: [.fixture()], streams: [.ticker]))
        plane.advance(milliseconds: 3_600_000)
        #expect(feed.calls.filter { $0.hasPrefix("load") }.count == 2)
    }
}

@Suite struct `Feed monitor` {
    private let plane: PlaneHarness

    init() {
        plane = PlaneHarness { kernel in _ = FeedMonitor(settings: MarketSettings(), kernel: kernel) }
        plane.tell(MarketConnected(meta: meta, connectionID: "c", category: .linear, attempt: 1))
        plane.tell(
            MarketSubscribeRequest(
                meta: meta,
                instruments: [.fixture()],
                streams: [.ticker, .orderBook(depth: 50)]
            )
        )
    }

    private var states: [FeedHealth.State] { plane.published(FeedHealth.self).map(\.state) }

    private func tellBook(isSnapshot: Bool, exchangeTime: UnixMilliseconds? = nil, depth: Int = 50) {
        plane.tell(
            OrderBookDelta(
                meta: meta,
                instrument: .fixture(),
                exchangeTime: exchangeTime ?? plane.time - 7,
                depth: depth,
                isSnapshot: isSnapshot,
                updateID: 1,
                levels: [],
                bidCount: 0
            )
        )
    }

    private func tellTicker() {
        plane.tell(TickerEvent(meta: meta, instrument: .fixture(), exchangeTime: plane.time))
    }

    private func tellGap() {
        plane.tell(
            MarketErrorEvent(
                meta: meta,
                connectionID: "c",
                instrument: .fixture(),
                code: "book.gap",
                what: "gap",
                why: "u skipped"
            )
        )
    }

    @Test func `finds an instrument fresh from its book's snapshot on`() {
        tellTicker()
        tellBook(isSnapshot: false)
        #expect(states == [.stale])
        tellBook(isSnapshot: true)
        #expect(states == [.stale, .fresh])
        #expect(plane.published(FeedHealth.self).last?.lagMilliseconds == 7)
    }

    @Test func `heals by one snapshot what broke after a lost connection and before its first book`() {
        tellTicker()
        tellBook(isSnapshot: true)
        plane.tell(
            MarketDisconnected(
                meta: meta,
                connectionID: "c",
                reason: .failure,
                detail: "reset",
                willRetryInMilliseconds: 1
            )
        )
        tellGap()
        tellTicker()
        tellBook(isSnapshot: true)
        #expect(plane.published(FeedHealth.self).last?.state == .fresh)
    }

    @Test func `finds an instrument without a book fresh from any data on`() {
        let other = Instrument.fixture("linear:ETHUSDT")
        plane.tell(MarketSubscribeRequest(meta: meta, instruments: [other], streams: [.ticker]))
        plane.tell(TickerEvent(meta: meta, instrument: other, exchangeTime: plane.time))
        #expect(plane.published(FeedHealth.self).last?.state == .fresh)
    }

    @Test func `finds silence stale and the next data fresh`() {
        tellBook(isSnapshot: true)
        plane.advance(milliseconds: 5_000)
        #expect(states == [.stale, .fresh])
        plane.advance(milliseconds: 1_000)
        #expect(states == [.stale, .fresh, .stale])
        tellBook(isSnapshot: false)
        #expect(states == [.stale, .fresh, .stale, .fresh])
    }

    @Test func `finds a book dead that is silent while the rest goes on`() {
        tellBook(isSnapshot: true)
        for _ in 0..<21 {
            plane.advance(milliseconds: 1_000)
            tellTicker()
        }
        #expect(states == [.stale, .fresh, .stale])
    }

    @Test func `waits for a snapshot after a gap and after a lost connection`() {
        tellBook(isSnapshot: true)
        tellGap()
        tellBook(isSnapshot: false)
        #expect(states == [.stale, .fresh, .resyncing])
        tellBook(isSnapshot: true)
        plane.tell(
            MarketDisconnected(
                meta: meta,
                connectionID: "c",
                reason: .silence,
                detail: "quiet",
                willRetryInMilliseconds: 5
            )
        )
        tellBook(isSnapshot: false)
        #expect(states == [.stale, .fresh, .resyncing, .fresh, .stale])
    }

    @Test func `finds data stale whose exchange time stands still, and heals when it moves`() {
        let frozen = plane.time
        tellBook(isSnapshot: true)
        for _ in 0..<11 {
            plane.advance(milliseconds: 1_000)
            tellBook(isSnapshot: false, exchangeTime: frozen)
        }
        #expect(states == [.stale, .fresh, .stale])
        let health = plane.published(FeedHealth.self).last
        #expect(health?.ageMilliseconds ?? .max <= 1_000)
        #expect(health?.exchangeAgeMilliseconds ?? 0 > 10_000)
        tellBook(isSnapshot: false)
        #expect(states == [.stale, .fresh, .stale, .fresh])
    }

    /// Fresh by data of 8 s, with a limit of 10 s and a look each second; two seconds and a bit later.
    private func grownOld(_ tell: (_ exchangeTime: UnixMilliseconds) -> Void) -> UnixMilliseconds {
        let made = plane.time - 8_000
        tell(made)
        plane.advance(milliseconds: 1_500)
        plane.time += 600
        return made
    }

    @Test func `finds what comes late stale as it comes, without waiting for its next look`() {
        let made = grownOld { tellBook(isSnapshot: true, exchangeTime: $0) }
        #expect(states == [.stale, .fresh])
        tellBook(isSnapshot: false, exchangeTime: made)
        #expect(states == [.stale, .fresh, .stale])
        // Data about the limit don't change it with every message.
        tellBook(isSnapshot: false, exchangeTime: made + 200)
        #expect(states == [.stale, .fresh, .stale])
        tellBook(isSnapshot: false, exchangeTime: plane.time - 8_000)
        #expect(states == [.stale, .fresh, .stale, .fresh])
    }

    @Test func `finds a late ticker without a book stale as it comes, too`() {
        let other = Instrument.fixture("linear:ETHUSDT")
        plane.tell(MarketSubscribeRequest(meta: meta, instruments: [other], streams: [.ticker]))
        plane.forget()
        func tell(_ made: UnixMilliseconds) {
            plane.tell(TickerEvent(meta: meta, instrument: other, exchangeTime: made))
        }
        tell(grownOld(tell))
        #expect(states == [.fresh, .stale])
    }

    @Test func `finds what it knows stale after a standstill, before a timer can decide on it`() {
        tellBook(isSnapshot: true)
        var seen: [FeedHealth.State] = []
        plane.kernel.after(milliseconds: 250, as: .featureEngine) { seen = states }
        plane.time += 6_000
        tellTicker()
        #expect(seen == [.stale, .fresh, .stale])
        #expect(plane.published(FeedHealth.self).last?.ageMilliseconds == 6_000)
        tellBook(isSnapshot: false)
        #expect(states == [.stale, .fresh, .stale, .fresh])
    }

    @Test func `reckons with a clock that is known to be ahead`() {
        plane.tell(ClockOffset(meta: meta, offsetMilliseconds: 60_000, errorBoundMilliseconds: 5))
        tellBook(isSnapshot: true, exchangeTime: plane.time - 60_007)
        #expect(plane.published(FeedHealth.self).last?.state == .fresh)
        #expect(plane.published(FeedHealth.self).last?.exchangeAgeMilliseconds == 7)
        plane.tell(ClockOffset(meta: meta, offsetMilliseconds: 0, errorBoundMilliseconds: 5))
        plane.advance(milliseconds: 1_000)
        #expect(plane.published(FeedHealth.self).last?.state == .stale)
    }

    @Test func `finds one frozen symbol stale while the others go on`() {
        let other = Instrument.fixture("linear:ETHUSDT")
        plane.tell(MarketSubscribeRequest(meta: meta, instruments: [other], streams: [.ticker]))
        tellBook(isSnapshot: true)
        plane.forget()
        for _ in 0..<8 {
            plane.advance(milliseconds: 1_000)
            plane.tell(TickerEvent(meta: meta, instrument: other, exchangeTime: plane.time))
        }
        let changes = plane.published(FeedHealth.self)
        #expect(changes.map(\.instrument) == [other, .fixture()])
        #expect(changes.map(\.state) == [.fresh, .stale])
    }

    @Test func `lets a lost connection take only the instruments it carried`() {
        var settings = MarketSettings()
        settings.connectionTopicsMax = 1
        let plane = PlaneHarness { kernel in _ = FeedMonitor(settings: settings, kernel: kernel) }
        let (first, second) = (Instrument.fixture("linear:AAA"), Instrument.fixture("linear:BBB"))
        plane.tell(MarketSubscribeRequest(meta: meta, instruments: [first, second], streams: [.ticker]))
        for instrument in [first, second] {
            plane.tell(TickerEvent(meta: meta, instrument: instrument, exchangeTime: plane.time))
        }
        plane.forget()
        for id in ["bybit-public-linear-2", "bybit-status"] {
            plane.tell(
                MarketDisconnected(
                    meta: meta,
                    connectionID: id,
                    reason: .failure,
                    detail: "cut",
                    willRetryInMilliseconds: 5
                )
            )
        }
        let changes = plane.published(FeedHealth.self)
        #expect(changes.map(\.instrument) == [second])
        #expect(changes.map(\.state) == [.stale])
    }

    @Test func `does not take the touch's snapshot for that of a deeper book`() {
        plane.tell(
            MarketSubscribeRequest(meta: meta, instruments: [.fixture()], streams: [.orderBook(depth: 1)])
        )
        tellBook(isSnapshot: true)
        #expect(states == [.stale])
        tellBook(isSnapshot: true, depth: 1)
        #expect(states == [.stale, .fresh])
        tellGap()
        tellBook(isSnapshot: true, depth: 1)
        #expect(states == [.stale, .fresh, .resyncing])
        tellBook(isSnapshot: true)
        #expect(states == [.stale, .fresh, .resyncing, .fresh])
    }

    @Test func `hears nothing in what was fetched afterwards`() {
        let other = Instrument.fixture("linear:ETHUSDT")
        plane.tell(MarketSubscribeRequest(meta: meta, instruments: [other], streams: [.trades]))
        plane.forget()
        for isBackfill in [true, false] {
            plane.tell(
                TradeEvent(
                    meta: meta,
                    instrument: other,
                    exchangeTime: plane.time,
                    id: .number(1),
                    side: .buy,
                    price: Price("1") ?? .zero,
                    quantity: Quantity("1") ?? .zero,
                    isBackfill: isBackfill
                )
            )
            #expect(plane.published(FeedHealth.self).isEmpty == isBackfill)
        }
    }
}
