import AnalyticsPlane
import Contracts
import EventKernel
import TestKit

/// One event of a random market, and when it comes in.
struct MarketMoment {
    enum Content {
        case ticker(TickerEvent)
        case trade(TradeEvent)
        case kline(KlineEvent)
        case book(OrderBookDelta)
        case interest(OpenInterestEvent)
        case funding(FundingEvent)
    }

    let time: UnixMilliseconds
    let content: Content

    func tell(_ plane: PlaneHarness) {
        plane.time = time
        switch content {
        case .ticker(let event): plane.tell(event)
        case .trade(let event): plane.tell(event)
        case .kline(let event): plane.tell(event)
        case .book(let event): plane.tell(event)
        case .interest(let event): plane.tell(event)
        case .funding(let event): plane.tell(event)
        }
    }
}

/// A market that is the same for each seed: trades, now and then late or off the book, and all the other streams.
struct RandomMarket {
    private var numbers: SeededGenerator
    private var price: Int64 = 100_000
    private var clock: UnixMilliseconds = startOfBar
    private var hasBook = false

    init(seed: UInt64) { numbers = SeededGenerator(seed: seed) }

    mutating func moments(_ count: Int, source: BarSource) -> [MarketMoment] {
        (0..<count).map { index in
            clock += Int64.random(in: 0...9_000, using: &numbers)
            if index % 97 == 96 { clock += Int64.random(in: 0...400_000, using: &numbers) }
            let content =
                source == .trades || index % 3 == 0 ? stream() : .kline(candle(index))
            return MarketMoment(time: clock + Int64.random(in: 0...40, using: &numbers), content: content)
        }.sorted { $0.time < $1.time }
    }

    private mutating func stream() -> MarketMoment.Content {
        let instrument = Int.random(in: 0..<4, using: &numbers) == 0 ? ether : bitcoin
        let offset = clock - startOfBar
        switch Int.random(in: 0..<12, using: &numbers) {
        case 0: return .ticker(.fixture(of: instrument, at: offset, mark: move(), index: move()))
        case 1: return .interest(.fixture(at: offset, size()))
        case 2:
            return .funding(
                .fixture(at: offset, rate: Ratio(units: price % 977, scale: 6), next: offset + 9_000_000)
            )
        case 3, 4: return .book(delta())
        default:
            let late: Int64 = Int.random(in: 0..<15, using: &numbers) == 0 ? 3_000 : 0
            return .trade(
                .fixture(
                    of: instrument,
                    at: offset - late,
                    price: move(),
                    side: Bool.random(using: &numbers) ? .buy : .sell,
                    quantity: size(),
                    isBlockTrade: Int.random(in: 0..<20, using: &numbers) == 0
                )
            )
        }
    }

    private mutating func candle(_ index: Int) -> KlineEvent {
        let prices = (0..<4).map { _ in move() }.sorted()
        return .fixture(
            bar: Int64(index),
            open: prices[1],
            high: prices[3],
            low: prices[0],
            close: prices[2],
            volume: size(),
            isConfirmed: index % 7 != 0
        )
    }

    private mutating func delta() -> OrderBookDelta {
        let isSnapshot = !hasBook
        hasBook = true
        let count = isSnapshot ? 20 : 3
        let bids = (0..<count).map {
            BookLevel(price: Price(units: 99_999 - Int64($0), scale: 1), size: size())
        }
        let asks = (0..<count).map {
            BookLevel(price: Price(units: 100_001 + Int64($0), scale: 1), size: size())
        }
        return OrderBookDelta(
            meta: EventMeta(source: .market),
            instrument: bitcoin,
            exchangeTime: clock,
            depth: 50,
            isSnapshot: isSnapshot,
            updateID: 1,
            levels: ContiguousArray(bids + asks),
            bidCount: count
        )
    }

    private mutating func move() -> Price {
        price = max(1_000, price + Int64.random(in: -300...300, using: &numbers))
        return Price(units: price, scale: 1)
    }

    private mutating func size() -> Quantity {
        Quantity(units: .random(in: 1...99_999, using: &numbers), scale: 3)
    }
}

/// A feature set but for its place in the order, every bit of it.
struct PlainFeatures: Hashable, CustomStringConvertible {
    let time: UnixMilliseconds
    let instrument: Instrument
    let barSeconds: Int
    let barEnd: UnixMilliseconds
    let prices: [Price]
    let isWarm: Bool
    let known: FeatureMask
    let bits: [UInt64]

    init(_ features: FeatureSet, isTimed: Bool = true) {
        time = isTimed ? features.meta.ts : 0
        instrument = features.instrument
        barSeconds = features.barSeconds
        barEnd = features.barEnd
        prices = [features.open, features.high, features.low, features.close]
        isWarm = features.isWarm
        known = features.known
        bits = features.figures.map(\.bitPattern)
    }

    var description: String {
        "\(instrument) \(barSeconds) s to \(barEnd): \(bits.map(Double.init(bitPattern:)))"
    }
}
