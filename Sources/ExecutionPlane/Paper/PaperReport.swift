import Contracts

/// One execution at the paper venue, before it has its id: that is the number of the event that tells it.
struct PaperFill: Hashable, Codable {
    let side: Side
    let positionIndex: PositionIndex
    let price: Price
    let quantity: Quantity
    let fee: Money
    let liquidity: Liquidity

    func fill(_ executionID: String) -> Fill {
        Fill(executionID: executionID, price: price, quantity: quantity, fee: fee, liquidity: liquidity)
    }
}

/// What the paper venue says, on its way to the bus.
struct PaperReport: Hashable, Codable {
    enum Content: Hashable, Codable {
        case filled(PaperFill)
        case liquidated(PaperFill)
        /// Anything that is no execution.
        case said(VenueReport.Kind)
    }

    let instrument: Instrument
    let orderID: OrderID?
    let correlationID: CorrelationID?
    let content: Content

    /// The execution in it, whatever the order.
    var execution: PaperFill? {
        switch content {
        case .filled(let fill), .liquidated(let fill): fill
        case .said: nil
        }
    }

    /// The event, whose own number will be `sequence`; so execution ids are never used twice, over restarts too.
    func event(venue: String, sequence: UInt64) -> VenueReport {
        let kind: VenueReport.Kind =
            switch content {
            case .filled(let fill): .filled(fill.fill("\(venue)-\(sequence)"))
            case .liquidated(let fill):
                .liquidated(
                    fill.fill("\(venue)-\(sequence)"),
                    side: fill.side,
                    positionIndex: fill.positionIndex
                )
            case .said(let kind): kind
            }
        return VenueReport(
            meta: EventMeta(source: .trading, correlationID: correlationID),
            venue: venue,
            instrument: instrument,
            orderID: orderID,
            kind: kind
        )
    }
}

typealias PaperReports = [PaperReport]
