import Contracts

/// What the engine asks for: to place, to cancel, to amend.
extension PaperMarket {
    /// Places an order, or refuses it by the exchange's rules.
    mutating func submit(_ event: borrowing OrderEvent, into reports: inout PaperReports) {
        let order = PaperOrder(event)
        // An order is placed once, however often that is asked for.
        guard !orders.contains(where: { $0.id == order.id }) else { return }
        if let why = PaperRules.refusal(of: order, in: self) {
            return reports.append(say(.rejected(reason: why), of: order))
        }
        guard let trigger = order.trigger else {
            reports.append(say(.accepted, of: order))
            return work(order, into: &reports)
        }
        var waiting = order
        waiting.stage = .untriggered
        line(up: waiting)
        reports.append(say(.untriggered, of: waiting))
        if let watched = prices.watched(trigger.source), trigger.isReached(at: watched) {
            fire(orders.count - 1, into: &reports)
        }
    }

    /// Ends an order; one that is not here has ended, so that is the answer.
    mutating func cancel(_ event: borrowing OrderEvent, into reports: inout PaperReports) {
        let id = event.orderID
        guard let place = orders.firstIndex(where: { $0.id == id }) else {
            let reason = "no such order at the paper venue"
            return reports.append(say(.cancelled(reason: reason), of: PaperOrder(event)))
        }
        end(place, "cancelled as asked", into: &reports)
    }

    /// Gives an order another price or quantity; where the rules forbid it, the answer repeats what stands.
    ///
    /// Another price or more quantity costs the place in the queue.
    mutating func amend(_ event: borrowing OrderEvent, into reports: inout PaperReports) {
        let wanted = PaperOrder(event)
        guard let place = orders.firstIndex(where: { $0.id == wanted.id }) else {
            let reason = "no such order at the paper venue"
            return reports.append(say(.cancelled(reason: reason), of: wanted))
        }
        let before = orders[place]
        var order = before
        do throws(NumberError) {
            order.limitPrice = wanted.limitPrice
            order.quantity = wanted.quantity
            order.open = try wanted.quantity.subtracting(before.quantity.subtracting(before.open))
            if before.stage == .untriggered, let trigger = wanted.trigger { order.trigger = trigger }
        } catch {
            order = before
        }
        if !order.open.isPositive || PaperRules.refusal(ofAmending: order, in: self) != nil { order = before }
        orders[place] = order
        reports.append(say(.amended(price: order.statedPrice, quantity: order.quantity), of: order))
        switch order.stage {
        case .waiting: break
        case .untriggered:
            guard let trigger = order.trigger, let watched = prices.watched(trigger.source),
                trigger.isReached(at: watched)
            else { return }
            fire(place, into: &reports)
        case .resting:
            guard order.limitPrice != before.limitPrice || order.open > before.open else { return }
            orders.remove(at: place)
            order.queue = PaperQueue()
            work(order, into: &reports)
        }
    }
}
