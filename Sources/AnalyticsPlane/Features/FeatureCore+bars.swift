import Contracts

/// What closed bars give.
extension FeatureCore {
    /// Lines up what a closed base bar gives in every timeframe: by the ends of the bars, the shortest first.
    mutating func queue(_ bar: Bar) throws(FeatureError) {
        if wants.book { table[place].market.book.read(settings) }
        queueLonger(endedBy: bar.start)
        due.append(DueBar(frame: 0, bar: bar))
        for frame in 1..<table[place].timeframes.count {
            if let longer = try table[place].join(bar, to: frame) {
                due.append(DueBar(frame: frame, bar: longer))
            }
        }
    }

    /// Longer bars whose last part never came are over all the same.
    mutating func queueLonger(endedBy time: UnixMilliseconds) {
        guard table[place].longerEnd <= time else { return }
        for frame in 1..<table[place].timeframes.count {
            if let longer = table[place].closeLonger(frame, at: time) {
                due.append(DueBar(frame: frame, bar: longer))
            }
        }
    }

    /// Tells the features of the next bar that is due; not of one of the past, which only warms up.
    mutating func next(tell: (consuming FeatureSet) -> Void) throws(FeatureError) {
        let next = due[dueIndex]
        dueIndex += 1
        if dueIndex == due.count { forgetDue() }
        do throws(FeatureError) {
            try table[place].close(next.bar, in: next.frame, wants, &values, tell: tell)
        } catch {
            throw leaveOut(error)
        }
    }

    /// Whether the last instrument's open bar is over at the exchange and nothing waits to close it yet.
    var isCloseDue: Bool { wants.time && table[place].isCloseDue }

    /// Notes when an overdue bar will be closed.
    mutating func noteClose(of place: Int, at deadline: UnixMilliseconds) {
        table[place].closeDeadline = deadline
    }

    /// Closes what is overdue of one instrument; gives the number of bars whose features are due.
    mutating func closeOverdue(_ place: Int) throws(FeatureError) -> Int {
        self.place = place
        table[place].closeDeadline = nil
        do throws(FeatureError) {
            let bar = try table[place].closeOverdueBar()
            if let bar { try queue(bar) }
            queueLonger(endedBy: table[place].exchangeTime)
        } catch {
            throw leaveOut(error)
        }
        return due.count
    }

    /// Leaves the last instrument alone from now on.
    mutating func leaveOut(_ error: FeatureError) -> FeatureError {
        table[place].isOut = true
        forgetDue()
        return error
    }

    private mutating func forgetDue() {
        due.removeAll(keepingCapacity: true)
        dueIndex = 0
    }
}
