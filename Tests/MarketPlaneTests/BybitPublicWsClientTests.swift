import BybitProtocol
import Contracts
import EventKernel
import ExchangeSimulator
import Logging
import MarketPlane
import NIOCore
import NIOPosix
import Synchronization
import Testing
import WebSocketTransport

@Suite(.timeLimit(.minutes(1))) struct `Public WebSocket client` {
    @Test func `gets what was subscribed while it was closed`() async throws {
        let (server, port) = try await Bench.simulator()
        let bench = Bench(.local(port: port))
        bench.client.subscribe(Bench.topics())
        bench.client.connect()
        bench.client.connect()
        let connected = try await bench.tape.connected()
        #expect(connected.attempt == 1)
        #expect(connected.category == .linear)
        let book = try await bench.tape.snapshot()
        #expect(book.instrument.description == "linear:BTCUSDT")
        _ = try await bench.tape.next { if case .marketTicker = $0 { true } else { nil } }
        await bench.client.disconnect(why: "done")
        await server.stop()
    }

    @Test func `comes back after a cut and subscribes anew`() async throws {
        let (server, port) = try await Bench.simulator()
        let bench = Bench(.local(port: port))
        bench.client.connect()
        _ = try await bench.tape.connected()
        bench.client.subscribe(Bench.topics())
        _ = try await bench.tape.snapshot()
        await server.inject(.drop(refusing: .milliseconds(150)))
        let lost = try await bench.tape.disconnected()
        #expect(lost.reason == .closedByPeer)
        #expect(lost.willRetryInMilliseconds != nil)
        #expect(try await bench.tape.connected().attempt == 2)
        _ = try await bench.tape.snapshot()
        #expect(bench.tape.disconnects.count == 1)
        await bench.client.disconnect(why: "done")
        await server.stop()
    }

    @Test func `takes silence for death`() async throws {
        let (server, port) = try await Bench.simulator()
        var settings = MarketSettings.local(port: port)
        settings.silenceMilliseconds = 300
        let bench = Bench(settings)
        bench.client.subscribe(Bench.topics())
        bench.client.connect()
        _ = try await bench.tape.snapshot()
        await server.inject(.silence(.seconds(30)))
        #expect(try await bench.tape.disconnected().reason == .silence)
        #expect(try await bench.tape.connected().attempt == 2)
        _ = try await bench.tape.snapshot()
        await bench.client.disconnect(why: "done")
        await server.stop()
    }

    @Test func `mends a gap and ends with the book that others have`() async throws {
        let (server, port) = try await Bench.simulator()
        let (bench, witness) = (Bench(.local(port: port)), Bench(.local(port: port)))
        let topics = Bench.topics([.orderBook(depth: 50)])
        bench.client.subscribe(topics)
        bench.client.connect()
        _ = try await bench.tape.snapshot()
        await server.inject(.gap)
        let error = try await bench.tape.error("book.gap")
        #expect(error.instrument?.description == "linear:BTCUSDT")
        var book = OrderBook(depth: 50)
        book.apply(try await bench.tape.snapshot())
        witness.client.subscribe(topics)
        witness.client.connect()
        var other = OrderBook(depth: 50)
        other.apply(try await witness.tape.snapshot())
        for round in 0..<500 where round < 20 || book.updateID != other.updateID {
            let isBehind = book.updateID <= other.updateID
            let tape = isBehind ? bench.tape : witness.tape
            let delta = try await tape.next {
                if case .marketOrderbookDelta(let event) = $0 { event } else { nil }
            }
            if isBehind { book.apply(delta) } else { other.apply(delta) }
        }
        #expect(book.updateID == other.updateID)
        #expect(book.bids == other.bids)
        #expect(book.asks == other.asks)
        #expect(book.isUsable)
        await bench.client.disconnect(why: "done")
        await witness.client.disconnect(why: "done")
        await server.stop()
    }

    @Test func `mends a book whose message the kernel had no room for`() async throws {
        let (server, port) = try await Bench.simulator()
        var settings = MarketSettings.local(port: port)
        settings.outboxEventsMax = 0
        let bench = Bench(settings)
        bench.client.subscribe(Bench.topics([.orderBook(depth: 50)]))
        bench.client.connect()
        _ = try await bench.tape.snapshot()
        bench.tape.refusals.withLock { $0 = 1 }
        _ = try await bench.tape.error("book.gap")
        _ = try await bench.tape.snapshot()
        #expect(await bench.client.figures().refusedCount == 1)
        await bench.client.disconnect(why: "done")
        await server.stop()
    }

    @Test func `asks again for what was refused`() async throws {
        let (server, port) = try await Bench.simulator()
        let bench = Bench(.local(port: port))
        await server.inject(.reject(.seconds(2)))
        bench.client.subscribe(Bench.topics())
        bench.client.connect()
        let error = try await bench.tape.error("subscribe.refused")
        #expect(error.instrument != nil)
        _ = try await bench.tape.snapshot()
        await bench.client.disconnect(why: "done")
        await server.stop()
    }

    @Test func `tells unreadable messages and stays connected`() async throws {
        let (server, port) = try await Bench.simulator()
        let bench = Bench(.local(port: port))
        bench.client.subscribe(Bench.topics([.trades]))
        bench.client.connect()
        _ = try await bench.tape.next { if case .marketTrade = $0 { true } else { nil } }
        await server.inject(.garbage(.zero))
        _ = try await bench.tape.error("frame.malformed")
        _ = try await bench.tape.next { if case .marketTrade = $0 { true } else { nil } }
        await bench.client.disconnect(why: "done")
        await server.stop()
    }

    @Test func `disconnects once however often it is asked`() async throws {
        let (server, port) = try await Bench.simulator()
        let bench = Bench(.local(port: port))
        bench.client.connect()
        _ = try await bench.tape.connected()
        async let first: Void = bench.client.disconnect(why: "enough")
        async let second: Void = bench.client.disconnect(why: "enough")
        _ = await (first, second)
        await bench.client.disconnect(why: "enough")
        #expect(bench.tape.disconnects.map(\.reason) == [.requested])
        #expect(bench.tape.disconnects.map(\.detail) == ["enough"])
        #expect(bench.tape.disconnects.map(\.willRetryInMilliseconds) == [nil])
        bench.client.connect()
        #expect(try await bench.tape.connected().attempt == 2)
        await bench.client.disconnect(why: "done")
        await server.stop()
    }

    @Test func `can be called off while it connects`() async throws {
        let mute = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let bench = Bench(.local(port: try #require(mute.localAddress?.port)))
        bench.client.connect()
        await bench.client.disconnect(why: "changed my mind")
        await bench.client.disconnect(why: "changed my mind")
        #expect(bench.tape.events.isEmpty)
        try await mute.close()
    }

    @Test func `tells that nobody listens and keeps trying`() async throws {
        let (server, port) = try await Bench.simulator()
        await server.stop()
        let bench = Bench(.local(port: port))
        bench.client.connect()
        for _ in 0..<3 {
            let error = try await bench.tape.error("connect.refused")
            #expect(error.willRetryInMilliseconds != nil)
        }
        await bench.client.disconnect(why: "done")
    }

    @Test func `takes a ping that is not answered for death, long before silence`() async throws {
        let (server, port) = try await Bench.simulator()
        var settings = MarketSettings.local(port: port)
        settings.pingMilliseconds = 100
        settings.pongMilliseconds = 300
        let bench = Bench(settings)
        bench.client.connect()
        _ = try await bench.tape.connected()
        await server.inject(.silence(.seconds(30)))
        let lost = try await bench.tape.disconnected()
        #expect(lost.reason == .silence)
        #expect(lost.detail.hasPrefix("no answer to a ping"))
        await bench.client.disconnect(why: "done")
        await server.stop()
    }

    @Test func `says once that it has been down for long`() async throws {
        let (server, port) = try await Bench.simulator()
        await server.stop()
        var settings = MarketSettings.local(port: port)
        settings.downAlertMilliseconds = 100
        settings.connectCountMax = 1_000
        let bench = Bench(settings)
        bench.client.connect()
        let alert = try await bench.tape.error("feed.down")
        #expect(alert.what.hasPrefix("CRITICAL"))
        for _ in 0..<5 { _ = try await bench.tape.error("connect.refused") }
        await bench.client.disconnect(why: "done")
        let alerts = bench.tape.events.filter {
            if case .marketError(let event) = $0 { event.code == "feed.down" } else { false }
        }
        #expect(alerts.count == 1)
    }

    @Test func `goes slowly once the budget of tries is spent`() async throws {
        let (server, port) = try await Bench.simulator()
        await server.stop()
        var settings = MarketSettings.local(port: port)
        settings.connectCountMax = 3
        let bench = Bench(settings)
        bench.client.connect()
        let slow = try await bench.tape.error("connect.slow")
        #expect(slow.willRetryInMilliseconds ?? 0 > 200_000)
        #expect(await bench.client.figures().tryCount == 3)
        await bench.client.disconnect(why: "done")
    }

    @Test func `conflates tickers and keeps trades while the kernel has no room`() async throws {
        let (server, port) = try await Bench.simulator()
        let bench = Bench(.local(port: port))
        bench.client.subscribe(Bench.topics([.ticker, .trades]))
        bench.client.connect()
        _ = try await bench.tape.next { if case .marketTrade = $0 { true } else { nil } }
        bench.tape.isFull.withLock { $0 = true }
        var figures = await bench.client.figures()
        while figures.conflatedCount == 0 || figures.waitingCount < 3 {
            try await Task.sleep(for: .milliseconds(20))
            figures = await bench.client.figures()
        }
        #expect(figures.droppedCount == 0)
        bench.tape.isFull.withLock { $0 = false }
        while figures.waitingCount > 0 {
            try await Task.sleep(for: .milliseconds(20))
            figures = await bench.client.figures()
        }
        await bench.client.disconnect(why: "done")
        figures = await bench.client.figures()
        let trades = bench.tape.events.count { if case .marketTrade = $0 { true } else { false } }
        let tickers = bench.tape.events.count { if case .marketTicker = $0 { true } else { false } }
        let others = bench.tape.events.count {
            switch $0 {
            case .marketConnected, .marketDisconnected, .marketTrade, .marketTicker: false
            default: true
            }
        }
        #expect(figures.wire.events == UInt64(trades + tickers + others) + figures.conflatedCount)
        await server.stop()
    }

    @Test func `drops, counts and tells what is too much, and says whose trades have a hole`() async throws {
        let (server, port) = try await Bench.simulator()
        let tape = Tape()
        let holes = Mutex<[Instrument]>([])
        var settings = MarketSettings.local(port: port)
        settings.outboxEventsMax = 2
        let context = FeedContext(
            settings: settings,
            configuration: WebSocketConfiguration(),
            clock: SystemClock(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            missed: { instrument, _ in holes.withLock { $0.append(instrument) } },
            post: { tape.post($0) }
        )
        let client = BybitPublicWsClient(
            ConnectionIdentity(.linear),
            context: context,
            eventLoop: MultiThreadedEventLoopGroup.singleton.next()
        )
        client.subscribe(Bench.topics([.trades, .orderBook(depth: 50)]))
        client.connect()
        _ = try await tape.snapshot()
        tape.isFull.withLock { $0 = true }
        let error = try await tape.error("feed.dropped")
        #expect(error.what.contains("market:orderbook_delta") || error.what.contains("market:trade"))
        while await client.figures().droppedTradeCount == 0 { try await Task.sleep(for: .milliseconds(20)) }
        tape.isFull.withLock { $0 = false }
        _ = try await tape.snapshot()
        while holes.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(20)) }
        #expect(holes.withLock { $0.first } == .fixture())
        let figures = await client.figures()
        #expect(figures.droppedBookCount > 0)
        #expect(figures.resyncCount > 0)
        await client.disconnect(why: "done")
        await server.stop()
    }
}
