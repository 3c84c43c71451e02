import Contracts

/// Funding settlements and liquidation: what the venue does to positions by itself.
extension PaperMarket {
    /// Settles what is due at exchange time `time`, once each.
    mutating func settleFunding(
        at time: UnixMilliseconds,
        into reports: inout PaperReports
    ) throws(NumberError) {
        while let settlement = funding.popDue(at: time) {
            guard category != .spot, let mark = prices.mark ?? prices.last else { continue }
            for index in Self.indices where !positions[index].quantity.isZero {
                let payment = try payment(settlement, index, mark: mark)
                reports.append(report(.said(.funding(payment))))
            }
        }
    }

    private func payment(
        _ settlement: FundingSchedule.Settlement,
        _ index: PositionIndex,
        mark: Price
    ) throws(NumberError) -> FundingPayment {
        let quantity = positions[index].quantity
        // Of an inverse contract rounded once; else exact, whatever places a real instrument has.
        let amount =
            category == .inverse
            ? try PaperTerms.share(of: quantity.times(settlement.rate), per: mark)
            : try quantity.times(mark).rounded(places: PaperTerms.coinPlaces).times(settlement.rate)
        return FundingPayment(
            executionID: "funding-\(instrument)-\(settlement.time)-\(index.rawValue)",
            positionIndex: index,
            quantity: quantity,
            markPrice: mark,
            rate: settlement.rate,
            amount: amount,
            time: settlement.time
        )
    }

    /// Closes by force what the mark, or `price` where there is none, has ruined.
    mutating func liquidateReached(at price: Price, into reports: inout PaperReports) throws(NumberError) {
        guard isAtRisk else { return }
        let watched = prices.mark ?? price
        for index in Self.indices where positions[index].isLiquidated(at: watched) {
            try liquidate(index, into: &reports)
        }
    }

    /// Ends all orders of the instrument and closes one position at its liquidation price.
    mutating func liquidate(_ index: PositionIndex, into reports: inout PaperReports) throws(NumberError) {
        let position = positions[index]
        guard let price = position.liquidationPrice else { return }
        let quantity = try position.quantity.magnitude
        let execution = PaperFill(
            side: position.quantity.isNegative ? .buy : .sell,
            positionIndex: index,
            price: price,
            quantity: quantity,
            fee: try terms.fee(quantity, price, .taker, category),
            liquidity: .taker
        )
        while !orders.isEmpty { end(0, "a position of the instrument is liquidated", into: &reports) }
        set(PaperPosition(), at: index)
        reports.append(report(.liquidated(execution)))
    }

    /// A report of no order.
    private func report(_ content: PaperReport.Content) -> PaperReport {
        PaperReport(instrument: instrument, orderID: nil, correlationID: nil, content: content)
    }
}
