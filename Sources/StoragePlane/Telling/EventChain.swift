import Contracts

/// All that followed from one intent or command, and how it turned out.
package struct EventChain {
    private var refusal: String?
    private var hasIntent = false
    private var isApproved = false
    private var isSubmitted = false
    private var lastOrder: OrderEvent?
    private var position: PositionUpdate?
    private var outcome: CommandOutcome?
    private var hasCommand = false
    package private(set) var count = 0

    package init(_ rows: [JournalRow] = []) {
        for row in rows { note(row) }
    }

    /// Whether the way went from the wish to a filled order and the position it made.
    package var isComplete: Bool {
        hasIntent && isApproved && isSubmitted && lastOrder?.state == .filled && position != nil
    }

    /// How it turned out, in one sentence.
    package var ending: String {
        if let outcome {
            return "\(outcome.command) was \(outcome.isAccepted ? "accepted" : "refused"): \(outcome.message)"
        }
        if hasCommand { return "The command has no outcome in this journal." }
        if let refusal { return "Risk refused it: \(refusal)." }
        if let order = lastOrder { return Self.ending(of: order, position) }
        if isApproved { return "Risk approved it; no order was needed, or none was sent." }
        return hasIntent ? "Risk has not answered in this journal." : "It ends here."
    }

    package mutating func note(_ row: JournalRow) {
        count += 1
        guard let event = try? row.event() else { return }
        switch event {
        case .strategyIntent: hasIntent = true
        case .riskApprovedIntent: isApproved = true
        case .riskRejectedIntent(let event): refusal = event.reason
        case .execOrderEvent(let event):
            isSubmitted = isSubmitted || event.state == .submitting
            lastOrder = event
        case .portfolioPositionUpdate(let event): position = event
        case .controlCommand: hasCommand = true
        case .controlOutcome(let event): outcome = event
        default: break
        }
    }

    private static func ending(of order: OrderEvent, _ position: PositionUpdate?) -> String {
        let held =
            position.map { "; the position is \($0.quantity) at \($0.entryPrice?.description ?? "-")" } ?? ""
        return switch order.state {
        case .filled: "\(order.orderID) was filled: \(order.side.rawValue) \(order.filledQuantity)\(held)."
        case .cancelled, .rejected, .deactivated:
            "\(order.orderID) was \(order.state.rawValue)\(order.reason.map { " (\($0))" } ?? ""), \(order.filledQuantity) of \(order.quantity) filled\(held)."
        case .unknown: "\(order.orderID) was sent, and nobody has said what became of it."
        case .submitting, .amending, .cancelling, .open, .partiallyFilled, .untriggered, .triggered:
            "\(order.orderID) is \(order.state.rawValue), \(order.filledQuantity) of \(order.quantity) filled\(held)."
        }
    }
}
