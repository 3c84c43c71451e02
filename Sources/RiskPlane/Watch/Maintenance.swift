import Contracts

/// What the exchange has announced of its maintenance.
struct Maintenance: Hashable, Codable {
    private static let countMax = 32

    struct Notice: Hashable, Codable {
        let id: String
        let title: String
        let isOngoing: Bool
        let begin: UnixMilliseconds
        let end: UnixMilliseconds
    }

    private(set) var notices: [Notice] = []

    mutating func take(_ status: borrowing ExchangeStatus) {
        let id = status.id
        notices.removeAll { $0.id == id }
        guard status.state == .scheduled || status.state == .ongoing else { return }
        if notices.count == Self.countMax { notices.removeFirst() }
        notices.append(
            Notice(
                id: id,
                title: status.title,
                isOngoing: status.state == .ongoing,
                begin: status.begin,
                end: status.end
            )
        )
    }

    /// What is under way at `now`, or nearer than `margin`; one without an end lasts until it is said to be over.
    func notice(at now: UnixMilliseconds, margin: Int64) -> Notice? {
        notices.first { notice in
            guard notice.isOngoing || now >= notice.begin - margin else { return false }
            return notice.end <= notice.begin ? notice.isOngoing : now < notice.end + margin
        }
    }
}
