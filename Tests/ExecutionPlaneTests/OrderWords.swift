import Contracts
import EventKernel
import ExecutionPlane
import TestKit

/// An engine, told in few words, whose orders are read as words.
extension PlaneHarness {
    /// An engine that may trade, alone: the test is its venue.
    static func engine(_ settings: ExecutionSettings = .fixture()) -> PlaneHarness {
        let plane = PlaneHarness { kernel in _ = ExecutionEngine(settings: settings, kernel: kernel) }
        plane.tell(ControlState.fixture())
        plane.tell(InstrumentSpec.fixture())
        return plane
    }

    /// An engine that may trade with a paper venue and its books, on the book of the fixtures.
    static func loop(
        _ settings: ExecutionSettings = .fixture(),
        _ venue: PaperVenueSettings = .fixture(),
        hasBook: Bool = true,
        startingAt time: UnixMilliseconds = 1_700_000_000_000
    ) -> PlaneHarness {
        let plane = PlaneHarness(startingAt: time) { kernel in
            _ = ExecutionEngine(settings: settings, kernel: kernel)
            _ = PaperVenue(settings: venue, kernel: kernel)
            _ = PositionManager(settings: PortfolioSettings(startingEquity: 1_000), kernel: kernel)
        }
        plane.tell(InstrumentSpec.fixture())
        plane.tell(FeedHealth.fixture())
        if hasBook { plane.tell(OrderBookDelta.fixture()) }
        plane.tell(ControlState.fixture())
        return plane
    }

    /// What the engine has done, a line a step.
    var done: [String] { orders.map(\.words) }

    func approve(
        _ target: Quantity,
        intent: UInt64 = 33,
        style: ExecutionStyle = .marketable,
        stop: Price? = nil,
        profit: Price? = nil,
        expiresIn milliseconds: Int64 = 1_000_000,
        strategy: StrategyID = alpha,
        slippage: Ratio = Ratio(units: 5, scale: 2)
    ) {
        tell(
            ApprovedIntent(
                answering: StrategyIntent(
                    meta: EventMeta(source: .strategy, correlationID: .intent(intent)),
                    instrument: bitcoin,
                    strategy: strategy,
                    version: 1,
                    target: 0,
                    referencePrice: 100,
                    slippageMax: slippage,
                    expires: time + milliseconds,
                    stop: stop,
                    takeProfit: profit,
                    style: style,
                    reason: "test"
                ),
                targetQuantity: target,
                isShrunk: false,
                verdicts: []
            )
        )
    }

    /// Tells a report of the newest order of a purpose.
    func report(_ kind: VenueReport.Kind, of purpose: OrderPurpose) {
        guard let order = orders.last(where: { $0.state == .submitting && $0.purpose == purpose }) else {
            return
        }
        tell(
            VenueReport(
                meta: order.meta.answered(by: .trading),
                venue: "test",
                instrument: order.instrument,
                orderID: order.orderID,
                kind: kind
            )
        )
    }

    func pause() { tell(ControlState.fixture(.paused, paused: true)) }
    func resume() { tell(ControlState.fixture()) }
}

extension ExecutionSettings {
    static func fixture(
        _ mode: PositionMode = .oneWay,
        _ source: OrderTrigger.Source = .last
    ) -> ExecutionSettings {
        ExecutionSettings(instance: "test-0001", positionMode: mode, triggerSource: source)
    }
}

extension OrderEvent {
    /// `INDEX STATE SIDE QUANTITY`, with price, trigger, leg and what it is for where they are not the usual ones.
    var words: String {
        let index = orderID.rawValue.split(separator: "-").last ?? ""
        var words = "\(index) \(state.rawValue) "
        if let fill { return words + fill.words }
        if !state.isRequest { return words + "\(filledQuantity.plain) of \(quantity.plain)" }
        if purpose != .move { words += "\(purpose.rawValue) " }
        words += "\(side.rawValue) \(quantity.plain)"
        if let limitPrice { words += " at \(limitPrice.plain)" }
        if timeInForce == .postOnly { words += " resting" }
        if let trigger {
            words +=
                " when \(trigger.source.rawValue) \(trigger.direction.rawValue) to \(trigger.price.plain)"
        }
        if positionIndex != .oneWay { words += " of \(positionIndex == .hedgeLong ? "long" : "short")" }
        if isReduceOnly, purpose == .move { words += " reducing" }
        return words
    }
}
