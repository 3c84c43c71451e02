import Contracts
import EventKernel
import StoragePlane
import TestKit

/// A journal told event by event; each comes from outside, ten milliseconds after the one before.
final class Story {
    static let instrument: Instrument = {
        guard let instrument = Instrument("linear:BTCUSDT") else { preconditionFailure("it is one") }
        return instrument
    }()

    private let kernel = Kernel()
    private var entries: [JournalEntry] = []
    /// All that was told so far.
    var told: [JournalEntry] { entries }
    var time: UnixMilliseconds = dayStart

    init() {
        kernel.bus.record { event, isRoot in self.entries.append(JournalEntry(event: event, isRoot: isRoot)) }
    }

    /// The number of the newest event.
    var last: UInt64 { kernel.bus.sequence }

    @discardableResult
    func tell<Payload: BusEvent>(
        _ make: (EventMeta) -> Payload,
        _ correlation: CorrelationID? = nil
    ) -> UInt64 {
        time += 10
        kernel.ingest(make(EventMeta(source: .system, ts: time, correlationID: correlation)))
        return last
    }

    /// What a reader finds wrong with the journal that the writer makes of it.
    func violations(_ limits: InvariantLimits = InvariantLimits()) throws -> [InvariantViolation] {
        let scratch = try Scratch()
        try scratch.write([entries])
        let verdict = try JournalReader(path: scratch.journal).verify(limits: limits)
        precondition(verdict.check.isWhole && verdict.unreadableCount == 0, "the story is a whole journal")
        return verdict.violations
    }

    // MARK: Events

    /// A start tells its configuration right after.
    @discardableResult
    func state(
        _ lifecycle: ControlState.Lifecycle = .running,
        paused: Bool = false,
        digest: String? = String(repeating: "5e", count: 32)
    ) -> UInt64 {
        let number = tell {
            ControlState(meta: $0, lifecycle: lifecycle, isPaused: paused, mode: .paper, since: self.time)
        }
        if lifecycle == .starting, let digest {
            tell { ConfigApplied(meta: $0, oldHash: nil, newHash: digest) }
        }
        return number
    }

    /// An intent of the number that it will have, and risk's leave.
    @discardableResult
    func approve(
        to target: Quantity = quantity(1_000),
        stop: Price? = nil,
        verdicts: [CheckVerdict] = []
    ) -> CorrelationID {
        let id = CorrelationID.intent(last + 1)
        var intent: StrategyIntent?
        tell(
            { meta in
                let made = StrategyIntent(
                    meta: meta,
                    instrument: Self.instrument,
                    strategy: StrategyID("ema-cross"),
                    version: 1,
                    target: Money(units: 100, scale: 0),
                    referencePrice: Self.price(10_000),
                    slippageMax: Ratio(units: 1, scale: 3),
                    expires: meta.ts + 60_000,
                    stop: stop,
                    reason: "cross"
                )
                intent = made
                return made
            },
            id
        )
        guard let intent else { preconditionFailure("it was told") }
        tell(
            { meta in
                var approved = ApprovedIntent(
                    answering: intent,
                    targetQuantity: target,
                    isShrunk: false,
                    verdicts: verdicts
                )
                approved.meta = meta
                return approved
            },
            id
        )
        return id
    }

    @discardableResult
    func order(
        _ state: OrderState,
        _ id: CorrelationID?,
        name: String = "tb1-papr-abcdefgh-1-0",
        side: Side = .buy,
        quantity: Quantity = quantity(1_000),
        filled: Quantity = quantity(0),
        limit: Price? = price(10_000),
        reduceOnly: Bool = false,
        purpose: OrderPurpose = .move,
        fill: Fill? = nil
    ) -> UInt64 {
        tell(
            {
                OrderEvent(
                    meta: $0,
                    orderID: OrderID(rawValue: name),
                    instrument: Self.instrument,
                    strategy: StrategyID("ema-cross"),
                    state: state,
                    side: side,
                    type: .limit,
                    timeInForce: .goodTillCancelled,
                    limitPrice: limit,
                    quantity: quantity,
                    filledQuantity: filled,
                    isReduceOnly: reduceOnly,
                    purpose: purpose,
                    fill: fill
                )
            },
            id
        )
    }

    /// Places an order as soon as the machine is said to run, in the chain of that word.
    func orderOnceRunning(_ id: CorrelationID) {
        kernel.bus.on(ControlState.self, as: .executionEngine) { [kernel] state in
            guard state.lifecycle == .running else { return }
            kernel.bus.publish(
                OrderEvent(
                    meta: EventMeta(source: .trading, correlationID: id),
                    orderID: OrderID(rawValue: "tb1-papr-abcdefgh-1-0"),
                    instrument: Self.instrument,
                    strategy: StrategyID("ema-cross"),
                    state: .submitting,
                    side: .buy,
                    type: .limit,
                    timeInForce: .goodTillCancelled,
                    limitPrice: Self.price(10_000),
                    quantity: Self.quantity(1_000),
                    filledQuantity: Self.quantity(0),
                    isReduceOnly: false,
                    purpose: .move,
                    fill: nil
                )
            )
        }
    }

    /// An order that is placed, open and filled, with what the books make of it.
    func trade(
        _ id: CorrelationID?,
        name: String = "tb1-papr-abcdefgh-1-0",
        side: Side = .buy,
        position: Quantity = quantity(1_000),
        reduceOnly: Bool = false
    ) {
        order(.submitting, id, name: name, side: side, reduceOnly: reduceOnly)
        order(.open, id, name: name, side: side, reduceOnly: reduceOnly)
        order(
            .filled,
            id,
            name: name,
            side: side,
            filled: Self.quantity(1_000),
            reduceOnly: reduceOnly,
            fill: Self.fill("x-\(name)", 1_000)
        )
        books(position, id)
    }

    @discardableResult
    func books(_ quantity: Quantity, _ id: CorrelationID? = nil) -> UInt64 {
        tell(
            {
                PositionUpdate(
                    meta: $0,
                    instrument: Self.instrument,
                    quantity: quantity,
                    entryPrice: quantity.isZero ? nil : Self.price(10_000),
                    markPrice: Self.price(10_000),
                    realisedProfit: .zero,
                    unrealisedProfit: .zero,
                    fees: .zero,
                    funding: .zero
                )
            },
            id
        )
    }

    @discardableResult
    func account(equity: Int128, realised: Int128 = 0, fees: Int128 = 0) -> UInt64 {
        tell {
            AccountUpdate(
                meta: $0,
                equity: Money(units: equity, scale: 2),
                available: Money(units: equity, scale: 2),
                realisedProfit: Money(units: realised, scale: 2),
                unrealisedProfit: .zero,
                fees: Money(units: fees, scale: 2),
                funding: .zero
            )
        }
    }

    @discardableResult
    func feed(_ state: FeedHealth.State) -> UInt64 {
        tell {
            FeedHealth(
                meta: $0,
                instrument: Self.instrument,
                state: state,
                ageMilliseconds: 1,
                lagMilliseconds: 1,
                detail: ""
            )
        }
    }

    @discardableResult
    func risk(_ halts: [RiskHalt.Kind] = []) -> UInt64 {
        tell {
            RiskState(
                meta: $0,
                halts: halts.map { RiskHalt(kind: $0, why: $0.rawValue, since: self.time) },
                grossNotional: .zero,
                grossNotionalMax: Money(units: 1_000, scale: 0),
                rejections: []
            )
        }
    }

    @discardableResult
    func clock() -> UInt64 { tell { ClockEvent(meta: $0) } }

    /// A command and its answer; nil leaves one of them out.
    @discardableResult
    func command(
        _ command: ControlCommand.Command,
        key: UInt64,
        actor: String = "alice",
        isAsked: Bool = true,
        isAnswered: Bool = true
    ) -> UInt64 {
        let id = CorrelationID.command(CommandKey(high: 7, low: key))
        let asked = ControlCommand(
            meta: EventMeta(source: .cli, ts: time, correlationID: id),
            command: command,
            actor: Actor(uid: 1, gid: 1, pid: 1, role: .op, name: actor)
        )
        if isAsked {
            tell(
                { meta in
                    var asked = asked
                    asked.meta = meta
                    return asked
                },
                id
            )
        }
        guard isAnswered else { return last }
        return tell(
            { meta in
                var outcome = CommandOutcome(
                    answering: asked,
                    isAccepted: true,
                    changed: true,
                    message: "done"
                )
                outcome.meta = meta
                return outcome
            },
            id
        )
    }

    // MARK: Figures

    static func quantity(_ thousandths: Int64) -> Quantity { Quantity(units: thousandths, scale: 3) }
    static func price(_ hundredths: Int64) -> Price { Price(units: hundredths, scale: 2) }
    static func fill(_ id: String, _ thousandths: Int64) -> Fill {
        Fill(
            executionID: id,
            price: price(10_000),
            quantity: quantity(thousandths),
            fee: .zero,
            liquidity: .taker
        )
    }
}
