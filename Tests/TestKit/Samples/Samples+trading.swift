internal import Contracts

extension Samples {
    private static let orderID = OrderID(instance: "main", intent: 41, index: 0)
    private static let fill = Fill(
        executionID: "x-1",
        price: price(100),
        quantity: quantity(1),
        fee: money(-3),
        liquidity: .maker
    )

    private static func report(_ kind: VenueReport.Kind) -> VenueReport {
        VenueReport(
            meta: meta(.trading),
            venue: "paper",
            instrument: instrument,
            orderID: orderID,
            kind: kind
        )
    }

    private static func order(_ state: OrderState, fill: Fill?) -> OrderEvent {
        OrderEvent(
            meta: meta(.trading, .intent(41)),
            orderID: orderID,
            instrument: instrument,
            strategy: StrategyID("ema-cross"),
            state: state,
            side: .sell,
            type: .limit,
            timeInForce: .postOnly,
            limitPrice: price(100),
            quantity: quantity(4),
            filledQuantity: quantity(1),
            isReduceOnly: false,
            trigger: fill == nil
                ? OrderTrigger(kind: .stop, price: price(90), source: .mark, direction: .falls) : nil,
            purpose: fill == nil ? .stopLoss : .move,
            positionIndex: .hedgeShort,
            fill: fill,
            reason: fill == nil ? nil : "filled in part"
        )
    }

    static var execVenueReport: [AnyEvent] {
        [
            report(.accepted).erased, report(.filled(fill)).erased,
            report(.rejected(reason: "too late")).erased, report(.cancelled(reason: "no liquidity")).erased,
            report(.untriggered).erased, report(.triggered).erased,
            report(.amended(price: price(99), quantity: quantity(3))).erased,
            report(.deactivated(reason: "the position is closed")).erased,
            report(.liquidated(fill, side: .buy, positionIndex: .oneWay)).erased,
            VenueReport(
                meta: meta(.trading),
                venue: "paper",
                instrument: instrument,
                orderID: nil,
                kind: .funding(
                    FundingPayment(
                        executionID: "f-1",
                        quantity: quantity(-4),
                        markPrice: price(101),
                        rate: ratio(1),
                        amount: money(-2),
                        time: time
                    )
                )
            ).erased,
        ]
    }

    static var execReconciliation: [AnyEvent] {
        [
            ReconciliationReport(
                meta: meta(.trading),
                venue: "paper",
                differences: [
                    ReconciliationReport.Difference(what: "position", ours: "1", venues: "2", policy: "adopt")
                ]
            ).erased
        ]
    }

    static var execOrderEvent: [AnyEvent] {
        [order(.submitting, fill: nil).erased, order(.partiallyFilled, fill: fill).erased]
    }

    static var portfolioPositionUpdate: [AnyEvent] {
        [
            PositionUpdate(
                meta: meta(.trading),
                instrument: instrument,
                quantity: quantity(-1),
                entryPrice: price(100),
                markPrice: price(105),
                realisedProfit: money(0),
                unrealisedProfit: money(-5),
                fees: money(1),
                funding: money(0),
                positionIndex: .hedgeShort,
                coin: "USDC",
                liquidationPrice: price(180),
                margin: money(12)
            ).erased
        ]
    }

    static var portfolioAccountUpdate: [AnyEvent] {
        [
            AccountUpdate(
                meta: meta(.trading),
                equity: money(10),
                available: money(9),
                realisedProfit: money(0),
                unrealisedProfit: money(0),
                fees: money(1),
                funding: money(0),
                coin: "USDC",
                wallets: [AccountUpdate.Wallet(coin: "BTC", equity: money(1))]
            ).erased
        ]
    }
}
