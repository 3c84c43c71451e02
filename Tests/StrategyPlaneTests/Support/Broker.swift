import Contracts
import EventKernel
import StrategyPlane
import TestKit

/// Risk, execution and the books in one, for tests: answers each intent in the cascade that it was spoken in.
///
/// Approves at whole tenths of a unit and fills at the reference price; what it does otherwise, a test chooses.
final class Broker {
    enum Answer: Equatable { case fill, refuse, ignore, half }

    private unowned let kernel: Kernel
    var answer: (StrategyIntent) -> Answer = { _ in .fill }
    /// The cost of one unit turned over, so that the equity moves with each fill.
    var fee: Money = 1
    private(set) var equity: Money = 10_000
    private var shares: [(instrument: Instrument, strategy: StrategyID, quantity: Quantity)] = []
    private var newest: [StrategyIntent] = []
    private var orders = 0

    init(_ kernel: Kernel) {
        self.kernel = kernel
        kernel.bus.on(StrategyIntent.self, as: .riskManager) { intent in try self.take(copy intent) }
    }

    func share(_ instrument: Instrument, _ strategy: StrategyID) -> Quantity {
        shares.first { $0.instrument == instrument && $0.strategy == strategy }?.quantity ?? 0
    }

    func net(_ instrument: Instrument) throws -> Quantity {
        try shares.filter { $0.instrument == instrument }.reduce(0) { try $0.adding($1.quantity) }
    }

    /// Closes what a strategy holds with an order that is not its own wish.
    func close(_ intent: StrategyIntent, _ purpose: OrderPurpose) throws {
        let held = share(intent.instrument, intent.strategy)
        if !held.isZero { try fill(held.negated(), of: intent, purpose) }
    }

    /// The same, for the newest intent of a strategy, if there was one.
    func close(_ strategy: StrategyID, on instrument: Instrument, _ purpose: OrderPurpose) throws {
        guard let intent = newest.last(where: { $0.strategy == strategy && $0.instrument == instrument })
        else { return }
        try close(intent, purpose)
    }

    /// Carries on where another broker stood.
    func takeOver(_ other: Broker) {
        equity = other.equity
        shares = other.shares
        newest = other.newest
        orders = other.orders
    }

    private func take(_ intent: StrategyIntent) throws {
        newest.append(intent)
        let answer = answer(intent)
        if answer == .ignore { return }
        if answer == .refuse {
            let verdict = CheckVerdict(check: .paused, value: "true", limit: "false")
            kernel.bus.publish(RejectedIntent(answering: intent, failed: verdict, reason: "paused"))
            return
        }
        let own = try intent.target.quantity(at: intent.referencePrice, places: 3)
        let held = share(intent.instrument, intent.strategy)
        let target = try net(intent.instrument).subtracting(held).adding(own)
        kernel.bus.publish(
            ApprovedIntent(answering: intent, targetQuantity: target, isShrunk: false, verdicts: [])
        )
        let step = try own.subtracting(held)
        guard !step.isZero else { return }
        if answer == .half {
            let part = try Quantity(nearestTo: step.approximate / 2, scale: 3)
            try fill(part, of: intent, .move, whole: step)
        } else {
            try fill(step, of: intent, .move)
        }
    }

    private func fill(
        _ step: Quantity,
        of intent: StrategyIntent,
        _ purpose: OrderPurpose,
        whole: Quantity? = nil
    ) throws {
        let side: Side = step.isNegative ? .sell : .buy
        let whole = try (whole ?? step).magnitude
        orders += 1
        let id = "order-\(orders)"
        kernel.bus.publish(
            OrderEvent.fixture(
                intent,
                id: id,
                state: .submitting,
                side: side,
                quantity: whole,
                filled: 0,
                purpose: purpose
            )
        )
        let place = shares.firstIndex { $0.instrument == intent.instrument && $0.strategy == intent.strategy }
        if let place {
            shares[place].quantity = try shares[place].quantity.adding(step)
        } else {
            shares.append((intent.instrument, intent.strategy, step))
        }
        equity = try equity.subtracting(fee)
        let part = try step.magnitude
        let isWhole = part == whole
        let event = OrderEvent.fixture(
            intent,
            id: id,
            state: isWhole ? .filled : .partiallyFilled,
            side: side,
            quantity: whole,
            filled: part,
            last: part,
            purpose: purpose
        )
        kernel.bus.publish(event)
        kernel.bus.publish(
            PositionUpdate.fixture(
                of: intent.instrument,
                quantity: try net(intent.instrument),
                answering: intent
            )
        )
        kernel.bus.publish(AccountUpdate.fixture(equity: equity, answering: intent))
        guard !isWhole else { return }
        kernel.bus.publish(
            OrderEvent.fixture(
                intent,
                id: id,
                state: .cancelled,
                side: side,
                quantity: whole,
                filled: part,
                purpose: purpose
            )
        )
    }
}

/// The strategies with a broker that answers them.
struct Floor {
    let plane: PlaneHarness
    let broker: Broker

    init(
        _ settings: StrategySettings = StrategySettings(),
        others: [ConfiguredStrategy] = [],
        startingAt time: UnixMilliseconds = 1_700_000_000_000,
        after sequence: UInt64 = 0
    ) {
        var brokers: [Broker] = []
        plane = PlaneHarness(startingAt: time) { kernel in
            kernel.bus.resume(after: sequence)
            _ = StrategyManager(settings: settings, others: others, kernel: kernel)
            brokers.append(Broker(kernel))
        }
        broker = brokers[0]
    }

    /// The phases told of one strategy, in order.
    func phases(
        of strategy: StrategyID = emaCross,
        on instrument: Instrument = bitcoin
    ) -> [StrategyState
        .Phase]
    {
        plane.states.filter { $0.strategy == strategy && $0.instrument == instrument }.map(\.phase)
    }
}
