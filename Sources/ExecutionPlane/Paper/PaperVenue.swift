import Contracts
import EventKernel

/// A venue without money: fills orders against the live order book, by the exchange's rules and fees.
///
/// It hears an order's `submitting` step on the bus and answers with venue reports. What an order takes is gone from
/// its copy of the book until the exchange speaks of that level again, so two orders never take the same quantity.
package final class PaperVenue {
    /// The venue's name in its reports.
    package static let name = "paper"

    private unowned let kernel: Kernel
    private let settings: PaperVenueSettings
    private var books: [Instrument: OrderBook] = [:]
    private var specs: [Instrument: InstrumentSpec] = [:]
    private var feeds: [Instrument: FeedHealth.State] = [:]
    private var positions: [Instrument: Quantity] = [:]

    package init(settings: PaperVenueSettings, kernel: Kernel) {
        self.kernel = kernel
        self.settings = settings
        let bus = kernel.bus
        bus.on(OrderBookDelta.self, as: .paperVenue) { delta in self.fold(delta) }
        bus.on(InstrumentSpec.self, as: .paperVenue) { spec in self.specs[spec.instrument] = copy spec }
        bus.on(FeedHealth.self, as: .paperVenue) { health in self.feeds[health.instrument] = health.state }
        bus.on(PositionUpdate.self, as: .paperVenue) { update in
            // Restored from before the start; fills of this run have been counted here.
            guard update.meta.correlationID == nil else { return }
            self.positions[update.instrument] = update.quantity
        }
        bus.on(OrderEvent.self, as: .paperVenue) { order in
            switch order.state {
            case .submitting: self.match(copy order)
            case .cancelling:
                self.answer(order, .cancelled(reason: "nothing rests at the paper venue"))
            case .amending, .open, .partiallyFilled, .filled, .cancelled, .rejected, .unknown: break
            }
        }
    }

    private func fold(_ delta: borrowing OrderBookDelta) {
        if delta.isSnapshot, books[delta.instrument] == nil {
            books[delta.instrument] = OrderBook(depth: delta.depth)
        }
        books[delta.instrument]?.apply(delta)
    }

    private func match(_ order: OrderEvent) {
        let position = positions[order.instrument] ?? .zero
        let book = books[order.instrument]
        let refusal = PaperRules.refusal(
            of: order,
            spec: specs[order.instrument],
            feed: feeds[order.instrument],
            book: book,
            position: position
        )
        guard refusal == nil, let book else {
            return answer(order, .rejected(reason: refusal ?? "no order book"))
        }
        do throws(NumberError) {
            // All that can fail is computed before the first answer.
            let quantity = order.isReduceOnly ? min(order.quantity, try position.magnitude) : order.quantity
            let match = try PaperMatch(order.side, quantity, limit: order.limitPrice, on: book)
            let fees = try fees(of: match)
            let next = try position.adding(order.side == .buy ? match.filled : match.filled.negated())
            answer(order, .accepted)
            if order.timeInForce == .fillOrKill, match.filled < order.quantity {
                return answer(order, .cancelled(reason: "not all of it could be filled"))
            }
            positions[order.instrument] = next
            fill(order, match, fees)
        } catch {
            answer(order, .rejected(reason: "the fill cannot be computed exactly: \(error)"))
        }
    }

    private func fees(of match: PaperMatch) throws(NumberError) -> [Money] {
        var fees: [Money] = []
        for part in match.parts { fees.append(try part.quantity.times(part.price).times(settings.takerFee)) }
        return fees
    }

    private func fill(_ order: OrderEvent, _ match: PaperMatch, _ fees: [Money]) {
        for (part, fee) in zip(match.parts, fees) {
            let fill = Fill(
                executionID: "\(Self.name)-\(kernel.bus.nextSequence)",
                price: part.price,
                quantity: part.quantity,
                fee: fee,
                liquidity: .taker
            )
            answer(order, .filled(fill))
        }
        takeOff(match.remains, of: order)
        if match.filled < order.quantity {
            answer(order, .cancelled(reason: "no more liquidity inside the limit"))
        }
    }

    /// Takes what was filled off the book.
    private func takeOff(_ remains: [BookLevel], of order: OrderEvent) {
        guard let book = books[order.instrument], !remains.isEmpty else { return }
        books[order.instrument]?.apply(
            OrderBookDelta(
                meta: order.meta,
                instrument: order.instrument,
                exchangeTime: kernel.now,
                depth: book.depth,
                isSnapshot: false,
                updateID: book.updateID,
                levels: ContiguousArray(remains),
                bidCount: order.side == .buy ? 0 : remains.count
            )
        )
    }

    private func answer(_ order: borrowing OrderEvent, _ kind: VenueReport.Kind) {
        kernel.bus.publish(
            VenueReport(
                meta: order.meta.answered(by: .trading),
                venue: Self.name,
                instrument: order.instrument,
                orderID: order.orderID,
                kind: kind
            )
        )
    }
}
