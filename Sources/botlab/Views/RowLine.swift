import Contracts
import StoragePlane

/// One event of the journal as one readable line.
struct RowLine: CustomStringConvertible {
    let row: JournalRow

    var description: String {
        let sequence = String(row.sequence)
        let padding = String(repeating: " ", count: max(0, 8 - sequence.utf8.count))
        return "\(padding)\(sequence)  \(UTCTime(row.ts))  \(row.topic)  \(story)"
    }

    private var story: String {
        guard let event = try? row.event() else { return "unreadable: \(row.payload.prefix(200))" }
        return EventStory(event).text
    }
}

/// What an event says, in a few words.
struct EventStory {
    let text: String

    init(_ event: AnyEvent) {
        text =
            switch event {
            case .strategyIntent(let event):
                "\(event.strategy) wants \(event.target) of \(event.instrument) at \(event.referencePrice): \(event.reason)"
            case .riskApprovedIntent(let event):
                "approved: hold \(event.targetQuantity) of \(event.instrument)\(event.isShrunk ? ", shrunk" : "")"
            case .riskRejectedIntent(let event):
                "rejected by \(event.failed.check.rawValue): \(event.reason) (value \(event.failed.value), limit \(event.failed.limit))"
            case .execOrderEvent(let event): Self.order(event)
            case .execVenueReport(let event):
                "\(event.venue) on \(event.orderID?.description ?? event.instrument.description): \(Self.report(event.kind))"
            case .portfolioPositionUpdate(let event):
                "\(event.instrument) \(event.quantity) at \(event.entryPrice?.description ?? "-"), realised \(event.realisedProfit), fees \(event.fees)"
            case .portfolioAccountUpdate(let event): "equity \(event.equity), available \(event.available)"
            case .controlCommand(let event):
                "\(event.command.name) by \(event.actor.name)\(event.reason.map { ": \($0)" } ?? "")"
            case .controlOutcome(let event):
                "\(event.command) \(event.isAccepted ? "accepted" : "refused"): \(event.message)"
            case .controlState(let event):
                "\(event.lifecycle.rawValue)\(event.isPaused ? ", paused" : "")"
            case .stateSnapshot(let event): "state of \(event.part.rawValue) kept"
            case .errorEvent(let event):
                "\(event.module.rawValue): \(event.what): \(event.why) [\(event.code)]"
            default: Self.payload(event)
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
}
