import Contracts

/// What fills the orders that rest: the public trades, and the book that moves over them.
extension PaperMarket {
    /// Lets one public trade reach the orders at its price and those it has passed.
    ///
    /// Own orders at one price share the trade, the elder first.
    mutating func meet(_ trade: borrowing TradeEvent, into reports: inout PaperReports) {
        let (price, quantity, time) = (trade.price, trade.quantity, trade.exchangeTime)
        let seller = trade.side.opposite
        var own = Quantity.zero
        var walk = walk()
        while let place = next(in: &walk, where: { $0.stage == .resting }) {
            let order = orders[place]
            if order.isPassed(by: price) {
                fillResting(place, order.open, into: &reports)
            } else if order.limitPrice == price, terms.mode == .trades || order.side == seller {
                do throws(NumberError) {
                    var reach = quantity
                    if terms.mode == .book { reach = try orders[place].queue.take(quantity, at: time) }
                    let part = min(try reach.subtracting(own), order.open)
                    guard part.isPositive else { continue }
                    own = try own.adding(part)
                    fillResting(place, part, into: &reports)
                } catch {
                    end(place, "a figure cannot be computed exactly: \(error)", into: &reports)
                }
            }
        }
    }

    /// Lets the book, as it stands now, move the queues and reach the orders.
    mutating func meetBook(at time: UnixMilliseconds, into reports: inout PaperReports) {
        guard let book, book.isUsable else { return }
        var walk = walk()
        while let place = next(in: &walk, where: { $0.stage == .resting }) {
            meetBook(place, book, at: time, into: &reports)
        }
        walk = self.walk()
        while let place = next(in: &walk, where: { $0.stage == .waiting }) {
            work(orders.remove(at: place), into: &reports)
        }
    }

    private mutating func meetBook(
        _ place: Int,
        _ book: OrderBook,
        at time: UnixMilliseconds,
        into reports: inout PaperReports
    ) {
        let order = orders[place]
        guard let price = order.limitPrice else { return }
        do throws(NumberError) {
            if let size = book.size(at: price, order.side) { try orders[place].queue.see(size, at: time) }
            // What was taken off since this walk began is gone from the venue's own copy.
            guard let touch = order.side == .buy ? self.book?.bestAsk : self.book?.bestBid else { return }
            if order.isPassed(by: touch.price) {
                fillResting(place, order.open, into: &reports)
            } else if touch.price == price {
                let match = try PaperMatch(order.side, capacity(of: order), limit: price, on: book)
                self.book?.takeOff(match, order.side)
                fillResting(place, match.filled, into: &reports)
            }
        } catch {
            end(place, "a figure cannot be computed exactly: \(error)", into: &reports)
        }
    }

    /// Fills a resting order as maker, at its own price or at the better one given.
    mutating func fillResting(
        _ place: Int,
        _ quantity: Quantity,
        at better: Price? = nil,
        into reports: inout PaperReports
    ) {
        var order = orders[place]
        guard let price = better ?? order.limitPrice else { return }
        do throws(NumberError) {
            let part = min(quantity, try capacity(of: order))
            guard part.isPositive else { return }
            let fills = try fill(&order, with: [PaperMatch.Part(price: price, quantity: part)], .maker)
            reports.append(contentsOf: fills)
        } catch {
            return end(place, "a figure cannot be computed exactly: \(error)", into: &reports)
        }
        if order.open.isZero { orders.remove(at: place) } else { orders[place] = order }
        settle(order.positionIndex, into: &reports)
    }

    /// After a position has moved: what would close it and no longer can, ends; what is too large, shrinks.
    mutating func settle(_ index: PositionIndex, into reports: inout PaperReports) {
        var walk = walk()
        while let place = next(in: &walk, where: { $0.isClosing && $0.positionIndex == index }) {
            var order = orders[place]
            do throws(NumberError) {
                let most = try positions[index].reducible(by: order.side)
                guard most.isPositive else {
                    end(place, "the position that it closes is gone", into: &reports)
                    continue
                }
                guard order.stage != .untriggered, order.open > most else { continue }
                order.quantity = try order.quantity.subtracting(order.open.subtracting(most))
                order.open = most
                orders[place] = order
                reports.append(say(.amended(price: order.limitPrice, quantity: order.quantity), of: order))
            } catch {
                end(place, "a figure cannot be computed exactly: \(error)", into: &reports)
            }
        }
    }
}
