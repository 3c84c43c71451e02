import Contracts
import EventKernel
import RiskPlane

/// One short sequence of random events, and what it found broken.
struct RandomRun {
    private static let instruments = [bitcoin, ether]
    private static let equityMin: Int64 = 900_000
    private static let limits = {
        var limits = RiskLimits.only {
            $0.orderNotionalMax = 1_000
            $0.positionNotionalMax = 1_800
            $0.grossNotionalMax = 2_500
            $0.netNotionalMax = 2_200
            $0.equityMin = 9_000
            $0.leverageMax = ratio("0.24")
        }
        return limits
    }()
    /// In hundred-thousandths of the quote coin.
    private static let (orderMax, positionMax, grossMax, netMax): (Int64, Int64, Int64, Int64) = (
        100_000_000, 180_000_000, 250_000_000, 220_000_000
    )

    private var random: SeededGenerator
    private var world = RandomWorld()
    private let gate: Gate
    private var now: UnixMilliseconds = 1_700_000_000_000
    private var number: UInt64 = 0
    private(set) var breaches: [String] = []
    private(set) var approvedCount = 0
    private(set) var refusedCount = 0
    private(set) var reducedCount = 0

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed &* 0x9E37_79B9 &+ 1)
        gate = Gate(Self.limits)
        gate.tell(ControlState.fixture(), at: now)
        gate.tell(AccountUpdate.fixture(), at: now)
        for instrument in Self.instruments {
            gate.tell(InstrumentSpec.fixture(of: instrument, notionalMin: nil), at: now)
            gate.tell(FeedHealth.fixture(of: instrument), at: now)
        }
    }

    mutating func play() throws {
        for _ in 0..<2 {
            try ask()
            for _ in 0..<Int.random(in: 0...3, using: &random) { try change() }
        }
        try ask()
    }

    // MARK: What happens

    private mutating func change() throws {
        now += Int64.random(in: 1...400, using: &random)
        let index = Int.random(in: 0...1, using: &random)
        switch Int.random(in: 0..<12, using: &random) {
        case 0:
            world.isPaused.toggle()
            gate.tell(ControlState.fixture(paused: world.isPaused), at: now)
        case 1:
            world.markets[index].isFresh.toggle()
            let state: FeedHealth.State = world.markets[index].isFresh ? .fresh : .stale
            gate.tell(FeedHealth.fixture(of: Self.instruments[index], state), at: now)
        case 2:
            world.equity = Int64.random(in: 850_000...1_100_000, using: &random)
            gate.tell(AccountUpdate.fixture(equity: Money(units: Int128(world.equity), scale: 2)), at: now)
        case 3, 4:
            world.markets[index].mark = Int64.random(in: 8_000...12_000, using: &random)
            let mark = Price(units: world.markets[index].mark, scale: 2)
            gate.tell(TickerEvent.fixture(of: Self.instruments[index], mark: mark), at: now)
        default: try work(index)
        }
    }

    /// Plays the execution: places what was approved, fills, loses and ends orders.
    private mutating func work(_ index: Int) throws {
        guard var order = world.markets[index].order else { return place(index) }
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            world.markets[index].isUnknown = true
            tell(order, .unknown, index)
        case 1:
            world.markets[index].isUnknown = false
            world.markets[index].order = nil
            world.markets[index].leaves.removeAll { $0.intent == order.intent }
            tell(order, .cancelled, index)
        default:
            world.markets[index].isUnknown = false
            let part = Int64.random(in: 1...(order.quantity - order.filled), using: &random)
            order.filled += part
            world.markets[index].held += order.isBuy ? part : -part
            let isDone = order.filled == order.quantity
            world.markets[index].order = isDone ? nil : order
            if isDone { world.markets[index].leaves.removeAll { $0.intent == order.intent } }
            tell(order, isDone ? .filled : .partiallyFilled, index, fill: part)
        }
    }

    private mutating func place(_ index: Int) {
        guard let leave = world.markets[index].leaves.last, now < leave.expires else { return }
        let step = leave.target - world.markets[index].held
        guard step != 0 else { return }
        let id = "\(leave.intent)"
        let order = RandomWorld.Order(id: id, intent: leave.intent, isBuy: step > 0, quantity: abs(step))
        world.markets[index].order = order
        world.markets[index].leaves = [leave]
        tell(order, .submitting, index)
    }

    private func tell(
        _ order: RandomWorld.Order,
        _ state: OrderState,
        _ index: Int,
        fill: Int64? = nil
    ) {
        gate.tell(
            OrderEvent.step(
                order.id,
                state,
                of: Self.instruments[index],
                intent: order.intent,
                side: order.isBuy ? .buy : .sell,
                quantity: Quantity(units: order.quantity, scale: 3),
                filled: Quantity(units: order.filled, scale: 3),
                price: Price(units: world.markets[index].mark, scale: 2),
                timeInForce: .immediateOrCancel,
                fill: fill.map { Quantity(units: $0, scale: 3) }
            ),
            at: now
        )
    }

    // MARK: What is asked

    private mutating func ask() throws {
        now += 1
        number += 1
        let index = Int.random(in: 0...1, using: &random)
        let isExit = Int.random(in: 0..<4, using: &random) == 0
        let cents = isExit ? 0 : Int64.random(in: -250_000...250_000, using: &random)
        let isLate = Int.random(in: 0..<12, using: &random) == 0
        let expires = now + (isLate ? 0 : Int64.random(in: 1...2_000, using: &random))
        let price = world.markets[index].mark
        let before = world
        gate.tell(
            StrategyIntent.fixture(
                number,
                of: Self.instruments[index],
                target: Money(units: Int128(cents), scale: 2),
                price: Price(units: price, scale: 2),
                expires: expires
            ),
            at: now
        )
        // The exposure wanted, in thousandths of a coin, and whether it can only reduce.
        let wanted = cents * 1_000 / price
        let market = world.markets[index]
        let range = market.range(at: now)
        let isSafe = wanted == 0 || (wanted > 0 ? wanted <= range.lowerBound : wanted >= range.upperBound)
        let isReducing = isSafe && Self.isWithin(wanted, market.held)
        let answer = gate.take()
        if let rejected = answer.rejected, answer.approved == nil {
            judge(rejected, index, isReducing: isReducing, isLate: isLate)
        } else if let approved = answer.approved, answer.rejected == nil {
            try judge(approved, index, before: before, isLate: isLate, expires: expires)
        } else {
            breaches.append("intent \(number) has no answer, or two")
        }
    }

    private static func isWithin(_ target: Int64, _ held: Int64) -> Bool {
        target == 0 || (target < 0) == (held < 0) && abs(target) <= abs(held)
    }

    private mutating func judge(
        _ rejected: RejectedIntent,
        _ index: Int,
        isReducing: Bool,
        isLate: Bool
    ) {
        refusedCount += 1
        if rejected.reason.isEmpty {
            breaches.append("a refusal by \(rejected.failed.check) gives no reason")
        }
        let check = rejected.failed.check
        if world.isPaused {
            if check != .paused { breaches.append("paused, but refused by \(check)") }
            return
        }
        let closed: [RiskCheck] = [.feed, .intentExpired, .quantityStep, .reduceOnly]
        if isReducing, !closed.contains(check) { breaches.append("an exit was refused by \(check)") }
        switch check {
        case .feed: if world.markets[index].isFresh { breaches.append("fresh, but refused by feed") }
        case .intentExpired: if !isLate { breaches.append("in time, but refused by expiry") }
        case .halted:
            if world.equity > Self.equityMin { breaches.append("not halted, but refused by it") }
        case .unknownOrder:
            if !world.markets[index].isUnknown { breaches.append("nothing unknown, but refused by it") }
        case .orderNotional, .positionNotional, .grossNotional, .netNotional, .leverage, .quantityStep,
            .reduceOnly, .selfTrade:
            break
        default: breaches.append("refused by \(check), which has no reason to")
        }
    }

    private mutating func judge(
        _ approved: ApprovedIntent,
        _ index: Int,
        before: RandomWorld,
        isLate: Bool,
        expires: UnixMilliseconds
    ) throws {
        approvedCount += 1
        let market = world.markets[index]
        let target = try approved.targetQuantity.rescaled(to: 3).units
        if world.isPaused { breaches.append("approved while paused") }
        if !market.isFresh { breaches.append("approved on stale data") }
        if isLate { breaches.append("approved after its time") }
        if approved.verdicts.count != RiskCheck.allCases.count { breaches.append("a verdict is missing") }
        let worstBefore = before.gross(at: now)
        world.markets[index].leaves.append(
            RandomWorld.Leave(intent: number, target: target, expires: expires)
        )
        guard !Self.isWithin(target, market.held) else {
            reducedCount += 1
            return
        }
        if world.equity <= Self.equityMin { breaches.append("an entry was approved while halted") }
        if market.isUnknown { breaches.append("an entry was approved beside an unknown order") }
        let worth = abs(target) * market.mark
        let others = before.gross(at: now, leavingOut: index)
        if abs(target - market.held) * market.mark > Self.orderMax { breaches.append("order too big") }
        if worth > Self.positionMax { breaches.append("position too big") }
        if worth + others > Self.grossMax { breaches.append("gross too big") }
        if worth + others > world.equity * 240 { breaches.append("leverage too high") }
        if world.gross(at: now) > max(Self.grossMax, worstBefore) { breaches.append("the worst case grew") }
        let other = before.markets[1 - index]
        let range = other.range(at: now)
        let net =
            target > 0
            ? target * market.mark + range.upperBound * other.mark
            : -(target * market.mark + range.lowerBound * other.mark)
        if net > Self.netMax { breaches.append("net too big") }
    }
}
