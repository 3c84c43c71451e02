import Contracts
import EventKernel
import ExecutionPlane
import TestKit

/// A random stretch of market, leaves and orders that a seed repeats exactly.
struct TradingScript {
    enum Step {
        case trade(Side, Quantity, Price)
        case book(bids: [(Price, Quantity)], asks: [(Price, Quantity)], isSnapshot: Bool)
        case ticker(last: Price, mark: Price, bid: Price, ask: Price)
        case bar(open: Price, high: Price, low: Price, close: Price)
        case funding(Ratio, after: Int64)
        case wait(Int64)
        case approve(Quantity, UInt64, ExecutionStyle, stop: Price?, profit: Price?, expiresIn: Int64)
        case order(String, Side, Quantity, Price?, TimeInForce, reduces: Bool, OrderTrigger?)
        case end(String)
        case amend(String, Side, Quantity, Price?, OrderTrigger?)
        case pause, resume
    }

    private(set) var steps: [Step] = []
    private var random: SeededGenerator
    /// In ticks of a half.
    private var ticks: Int64 = 200
    private var orderCount = 0
    private let liquidity: PaperVenueSettings.Liquidity

    /// A script of the market and of what the engine is told, or of orders to the venue itself.
    init(seed: UInt64, stepCount: Int, _ liquidity: PaperVenueSettings.Liquidity, hasEngine: Bool) {
        random = SeededGenerator(seed: seed)
        self.liquidity = liquidity
        steps = [wholeBook()]
        for _ in 0..<stepCount {
            ticks = max(100, ticks + Int64.random(in: -3...3, using: &random))
            let isMarket = Int.random(in: 0..<10, using: &random) < 6
            steps.append(isMarket ? market() : hasEngine ? wish() : order())
        }
    }

    /// A price some ticks away from that of now.
    private mutating func near(_ range: ClosedRange<Int64>) -> Price {
        Price(units: (ticks + Int64.random(in: range, using: &random)) * 5, scale: 1)
    }

    private mutating func size(_ range: ClosedRange<Int64> = 2...40) -> Quantity {
        Quantity(units: Int64.random(in: range, using: &random), scale: 1)
    }

    private mutating func wholeBook() -> Step {
        var (bids, asks): ([(Price, Quantity)], [(Price, Quantity)]) = ([], [])
        for level in 1...4 as ClosedRange<Int64> {
            bids.append((Price(units: (ticks - level) * 5, scale: 1), size()))
            asks.append((Price(units: (ticks + level) * 5, scale: 1), size()))
        }
        return .book(bids: bids, asks: asks, isSnapshot: true)
    }

    private mutating func market() -> Step {
        switch Int.random(in: 0..<12, using: &random) {
        case 0...3: return .trade(Bool.random(using: &random) ? .buy : .sell, size(), near(-2...2))
        case 4...5: return wholeBook()
        case 6:
            let level = Int64.random(in: 1...4, using: &random)
            let bid = (Price(units: (ticks - level) * 5, scale: 1), size(0...40))
            return .book(bids: [bid], asks: [], isSnapshot: false)
        case 7: return .ticker(last: near(0...0), mark: near(-2...2), bid: near(-2 ... -1), ask: near(1...2))
        case 8: return .funding(Ratio(units: Int64.random(in: -9...9, using: &random), scale: 4), after: 700)
        case 9, 10: return .wait(Int64.random(in: 1...1_500, using: &random))
        default:
            let open = near(0...0)
            let close = near(-3...3)
            return .bar(
                open: open,
                high: max(open, close, near(0...6)),
                low: min(open, close, near(-6...0)),
                close: close
            )
        }
    }

    private mutating func wish() -> Step {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return .pause
        case 1, 2: return .resume
        case 3: return .wait(Int64.random(in: 1...5_000, using: &random))
        default: break
        }
        orderCount += 1
        let target = Quantity(units: Int64.random(in: -60...60, using: &random), scale: 1)
        let style: ExecutionStyle =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: .passive(waitMilliseconds: Int64.random(in: 1...3_000, using: &random))
            case 1: .twap(slices: Int.random(in: 1...4, using: &random), intervalMilliseconds: 701)
            default: .marketable
            }
        let isGuarded = Bool.random(using: &random) && !target.isZero
        let (below, above) = (near(-12 ... -3), near(3...12))
        return .approve(
            target,
            UInt64(orderCount),
            style,
            stop: isGuarded ? (target.isNegative ? above : below) : nil,
            profit: isGuarded ? (target.isNegative ? below : above) : nil,
            expiresIn: Int64.random(in: 1...6_000, using: &random)
        )
    }

    private mutating func order() -> Step {
        let side: Side = Bool.random(using: &random) ? .buy : .sell
        let known = "o\(Int.random(in: 0...max(0, orderCount), using: &random))"
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return .end(known)
        case 1: return .amend(known, side, size(), near(-6...6), nil)
        default: break
        }
        orderCount += 1
        let timeInForce: TimeInForce =
            switch Int.random(in: 0..<6, using: &random) {
            case 0: .immediateOrCancel
            case 1: .fillOrKill
            case 2: .postOnly
            default: .goodTillCancelled
            }
        let isMarket = timeInForce != .postOnly && Int.random(in: 0..<4, using: &random) == 0
        let limit: Price? = isMarket ? nil : near(side == .buy ? -4...2 : -2...4)
        var trigger: OrderTrigger?
        if Int.random(in: 0..<3, using: &random) == 0 {
            let rises = Bool.random(using: &random)
            trigger = OrderTrigger(
                kind: rises == (side == .buy) ? .stop : .takeProfit,
                price: near(rises ? 1...8 : -8 ... -1),
                source: [.last, .mark, .index][Int.random(in: 0..<3, using: &random)],
                direction: rises ? .rises : .falls
            )
        }
        return .order(
            "o\(orderCount)",
            side,
            size(),
            limit,
            timeInForce,
            reduces: Int.random(in: 0..<3, using: &random) == 0,
            trigger
        )
    }
}

extension PlaneHarness {
    func run(_ step: TradingScript.Step) {
        switch step {
        case .trade(let side, let quantity, let price): trade(side, quantity, at: price)
        case .book(let bids, let asks, let isSnapshot): book(bids: bids, asks: asks, isSnapshot: isSnapshot)
        case .ticker(let last, let mark, let bid, let ask): ticker(last: last, mark: mark, bid: bid, ask: ask)
        case .bar(let open, let high, let low, let close):
            self.open(open)
            self.close(open, high, low, close)
        case .funding(let rate, let delay): funding(rate, at: time + delay)
        case .wait(let milliseconds): advance(milliseconds: milliseconds)
        case .approve(let target, let intent, let style, let stop, let profit, let expiresIn):
            approve(target, intent: intent, style: style, stop: stop, profit: profit, expiresIn: expiresIn)
        case .order(let id, let side, let quantity, let limit, let timeInForce, let reduces, let trigger):
            ask(id, side, quantity, at: limit, timeInForce, reduces: reduces, on: trigger)
        case .end(let id): askEnd(id)
        case .amend(let id, let side, let quantity, let limit, let trigger):
            ask(id, side, quantity, at: limit, on: trigger, step: .amending)
        case .pause: pause()
        case .resume: resume()
        }
    }
}
