import Contracts

/// I4: one order has one name, fixed before it is sent and used once.
struct OrderNames: InvariantChecker {
    static let id = "I4"
    static let topics: Set<Topic> = [.execOrderEvent]

    /// What the exchange takes.
    private static let characterCountMax = 36
    private static let journalCharacterCount = 8
    private var placed: [OrderID: UInt64] = [:]
    /// The journal's id that the first name bears.
    private var journal: Substring?

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        guard case .execOrderEvent(let order) = event, order.state == .submitting else { return }
        let name = order.orderID.rawValue
        if let before = placed.updateValue(place.sequence, forKey: order.orderID) {
            report("order \(name) was placed again; it had been placed at \(before)")
        }
        if !name.hasPrefix("tb1-") || name.utf8.count > Self.characterCountMax {
            report(
                "order name '\(name)' is not of the form tb1-…, of at most \(Self.characterCountMax) characters"
            )
        }
        if let id = Self.journal(in: name) {
            if let journal, journal != id {
                report("order name '\(name)' bears the id of another journal than those before, \(journal)")
            }
            journal = journal ?? id
        }
    }

    /// The journal's id in `tb1-TAG-JOURNAL-INTENT-INDEX`; nil in a name of before there was one.
    private static func journal(in name: String) -> Substring? {
        let words = name.split(separator: "-", omittingEmptySubsequences: false)
        guard words.count == 5, words[2].utf8.count == journalCharacterCount else { return nil }
        return words[2]
    }
}
