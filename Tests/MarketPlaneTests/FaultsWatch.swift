import Contracts
import EventKernel
import MarketPlane
import Synchronization

/// Listens on the kernel as any plane does, and keeps what it heard.
final class FaultWatch {
    let market: LiveMarket
    private(set) var book = OrderBook(depth: FaultWorld.depth)
    private(set) var health: [Instrument: FeedHealth] = [:]
    private(set) var healths: [FeedHealth] = []
    private(set) var connects: [MarketConnected] = []
    private(set) var disconnects: [MarketDisconnected] = []
    private(set) var errors: [MarketErrorEvent] = []
    private(set) var specs: [InstrumentSpec] = []
    private(set) var statuses: [ExchangeStatus] = []
    private(set) var snapshotCount = 0
    /// Books that were published crossed while their instrument was called fresh.
    private(set) var crossedCount = 0
    private(set) var doubledTradeCount = 0
    private(set) var tradeCount = 0
    private var trades: Set<TradeID> = []

    init(market: LiveMarket, kernel: Kernel) {
        self.market = market
        kernel.bus.record { [unowned self] event, _ in hear(event) }
    }

    /// The states of one instrument, in order.
    func states(of instrument: Instrument = FaultWorld.instrument) -> [FeedHealth.State] {
        healths.filter { $0.instrument == instrument }.map(\.state)
    }

    func errors(_ code: String) -> [MarketErrorEvent] { errors.filter { $0.code == code } }

    var summary: String {
        let counts = Dictionary(grouping: errors, by: \.code).mapValues(\.count).sorted { $0.key < $1.key }
        let last = healths.last.map { "\($0.instrument) \($0.state): \($0.detail)" } ?? "no health"
        return
            "\(last); \(connects.count) connects, \(disconnects.count) disconnects, \(snapshotCount) snapshots, "
            + "errors \(counts.map { "\($0.key) \($0.value)" }), last \(errors.last?.why ?? "none")"
    }

    private func hear(_ event: AnyEvent) {
        switch event {
        case .marketOrderbookDelta(let delta) where delta.instrument == FaultWorld.instrument:
            book.apply(delta)
            if delta.isSnapshot { snapshotCount += 1 }
            if book.isCrossed { crossedCount += 1 }
        case .marketTrade(let trade):
            tradeCount += 1
            if !trades.insert(trade.id).inserted { doubledTradeCount += 1 }
        case .marketHealth(let event):
            health[event.instrument] = event
            healths.append(event)
        case .marketConnected(let event): connects.append(event)
        case .marketDisconnected(let event): disconnects.append(event)
        case .marketError(let event): errors.append(event)
        case .marketInstrument(let spec): specs.append(spec)
        case .marketExchangeStatus(let status): statuses.append(status)
        default: break
        }
    }
}

/// A second client, which begins when no fault is at work: what it is told of the book is the truth.
final class Witness: Sendable {
    private static let booksMax = 256

    private struct State {
        var foldedCount = 0
        var book = OrderBook(depth: FaultWorld.depth)
        var books: [OrderBook] = []
    }

    private let bench: Bench
    private let state = Mutex(State())

    init(port: Int) async throws {
        bench = Bench(.local(port: port))
        bench.client.subscribe(Bench.topics([.orderBook(depth: FaultWorld.depth)]))
        bench.client.connect()
        _ = try await bench.tape.snapshot()
    }

    /// The exchange's book as of an update number; nil where it was not told of that one, or long ago.
    func book(at updateID: UInt64) -> OrderBook? {
        let events = bench.tape.events
        return state.withLock { state in
            for event in events.dropFirst(state.foldedCount) {
                guard case .marketOrderbookDelta(let delta) = event else { continue }
                state.book.apply(delta)
                state.books.append(state.book)
            }
            state.foldedCount = events.count
            state.books.removeFirst(max(0, state.books.count - Self.booksMax))
            return state.books.last { $0.updateID == updateID }
        }
    }

    func stop() async { await bench.client.disconnect(why: "done") }
}
