import Contracts

/// The instruments of one group together are worth no more than the group's limit.
enum GroupNotionalCheck {
    static func ask(_ proposal: inout Proposal, _ book: borrowing RiskBook) throws -> CheckVerdict {
        if proposal.isReducing { return .exempt(.groupNotional) }
        var strictest = CheckVerdict.off(.groupNotional)
        var isShrunk = false
        var rest = proposal.facts.groups
        while rest != 0 {
            let index = rest.trailingZeroBitCount
            rest &= rest - 1
            let group = book.limits.groups[index]
            let used = try book.exposure(of: index, leavingOut: proposal.place)
            strictest = try proposal.keepPosition(
                within: group.notionalMax.subtracting(used),
                .groupNotional,
                used: used,
                limit: group.notionalMax
            ) { _ in "the group \(group.name) is at its limit" }
            isShrunk = isShrunk || strictest.isShrunk
        }
        return CheckVerdict(
            check: .groupNotional,
            value: strictest.value,
            limit: strictest.limit,
            isShrunk: isShrunk
        )
    }
}

extension RiskBook {
    /// What a group comes to without one of its instruments, at its worst.
    fileprivate func exposure(of group: Int, leavingOut left: Int) throws(NumberError) -> Money {
        let bit: UInt64 = 1 << UInt64(group)
        var sum = Money.zero
        for place in instruments.values.indices
        where place != left && instruments.values[place].facts.groups & bit != 0 {
            sum = try sum.adding(exposure(at: place).gross)
        }
        return sum
    }
}
