import Contracts

/// What an event says, in a few words.
package struct EventStory {
    package let text: String

    package init(_ event: AnyEvent) {
        text = Self.market(event) ?? Self.trading(event) ?? Self.payload(event)
    }

    /// What the market says, as far as something follows from it.
    private static func market(_ event: AnyEvent) -> String? {
        switch event {
        case .marketTrade(let event):
            "\(event.instrument) traded: \(event.side.rawValue) \(event.quantity) at \(event.price)"
        case .marketTicker(let event):
            "\(event.instrument) ticker: last \(text(event.lastPrice)), mark \(text(event.markPrice)), bid \(text(event.bidPrice)), ask \(text(event.askPrice))"
        case .marketOrderbookDelta(let event):
            "\(event.instrument) book: \(event.isSnapshot ? "whole" : "\(event.levels.count) levels changed"), update \(event.updateID)"
        case .marketKline(let event):
            "\(event.instrument) candle of \(event.minutes) min: open \(event.open), high \(event.high), low \(event.low), close \(event.close)\(event.isConfirmed ? "" : ", not over yet")"
        case .analyticsFeatures(let event):
            "\(event.instrument) bar of \(event.barSeconds) s: open \(event.open), high \(event.high), low \(event.low), close \(event.close)\(event.isWarm ? "" : ", features not warm yet")"
        case .marketHealth(let event): "\(event.instrument) data is \(event.state.rawValue)"
        case .stateClock(let event): "the clock says \(event.meta.ts)"
        default: nil
        }
    }

    private static func trading(_ event: AnyEvent) -> String? {
        switch event {
        case .strategyIntent(let event):
            "\(event.strategy) wants \(event.target) of \(event.instrument) at \(event.referencePrice): \(event.reason)"
        case .strategyState(let event):
            "\(event.strategy) on \(event.instrument) is \(event.phase.rawValue): \(event.why)"
        case .riskApprovedIntent(let event):
            "approved: hold \(event.targetQuantity) of \(event.instrument)\(event.isShrunk ? ", shrunk" : "")"
        case .riskRejectedIntent(let event):
            "rejected by \(event.failed.check.rawValue): \(event.reason) (value \(event.failed.value), limit \(event.failed.limit))"
        case .execOrderEvent(let event): order(event)
        case .execVenueReport(let event):
            "\(event.venue) on \(event.orderID?.description ?? event.instrument.description): \(report(event.kind))"
        case .portfolioPositionUpdate(let event):
            "\(event.instrument) \(event.quantity) at \(event.entryPrice?.description ?? "-"), realised \(event.realisedProfit), fees \(event.fees)"
        case .portfolioAccountUpdate(let event): "equity \(event.equity), available \(event.available)"
        case .controlCommand(let event):
            "\(event.command.name) by \(event.actor.name)\(event.reason.map { ": \($0)" } ?? "")"
        case .controlOutcome(let event):
            "\(event.command) \(event.isAccepted ? "accepted" : "refused"): \(event.message)"
        case .controlState(let event): "\(event.lifecycle.rawValue)\(event.isPaused ? ", paused" : "")"
        case .stateSnapshot(let event): "state of \(event.part.rawValue) kept"
        case .errorEvent(let event):
            "\(event.module.rawValue): \(event.what): \(event.why) [\(event.code)]"
        default: nil
        }
    }

    private static func order(_ event: OrderEvent) -> String {
        let fill =
            event.fill.map { ": \($0.quantity) at \($0.price), fee \($0.fee), \($0.liquidity.rawValue)" }
            ?? ""
        let reason = event.reason.map { ": \($0)" } ?? ""
        return
            "\(event.orderID) \(event.state.rawValue) \(event.side.rawValue) \(event.quantity) \(event.instrument)\(fill)\(reason)"
    }

    private static func report(_ kind: VenueReport.Kind) -> String {
        switch kind {
        case .accepted: "accepted"
        case .rejected(let reason): "rejected: \(reason)"
        case .filled(let fill): "filled \(fill.quantity) at \(fill.price)"
        case .cancelled(let reason): "cancelled: \(reason)"
        case .untriggered: "waits for its trigger"
        case .triggered: "triggered"
        case .amended(let price, let quantity): "now \(quantity) at \(price?.description ?? "market")"
        case .deactivated(let reason): "deactivated: \(reason)"
        case .liquidated(let fill, _, _): "liquidated \(fill.quantity) at \(fill.price)"
        case .funding(let payment):
            "funding \(payment.amount) for \(payment.quantity) at \(payment.markPrice), rate \(payment.rate)"
        }
    }

    private static func payload(_ event: AnyEvent) -> String {
        var bytes: [UInt8] = []
        do { try EventJSON.encode(event, into: &bytes) } catch { return "\(error)" }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func text(_ price: Price?) -> String { price?.description ?? "-" }
}
