import Contracts

/// All checkers in one pass over a journal.
package struct JournalInvariants {
    /// The first ones of each invariant, in the order in which they show.
    package private(set) var violations: [InvariantViolation] = []
    /// How often each was broken, by id.
    package private(set) var counts: [String: Int] = [:]
    /// Events that could not be decoded, so that no checker saw them.
    package private(set) var unreadableCount = 0

    private var checkers: [any InvariantChecker]
    private var secrets: SecretSearch
    private var time = TimeForward()
    private let topics: Set<String>
    private let decoder = EventDecoder()
    private static let marketTopics = Set(
        Topic.allCases.filter { $0.topicClass == .market }.map(\.rawValue)
    )
    private var isWhole: Bool?
    private var root: UInt64 = 0
    /// So many breaches of each invariant are listed.
    private static let listCountMax = 20

    package init(limits: InvariantLimits = InvariantLimits()) {
        checkers = [
            ApprovedFirst(), ClosedGates(), PauseHolds(), OrderNames(), UnknownOutcomes(),
            PositionsFromFills(),
            FillsOnce(), ExposureLimits(), ReducingOrders(), ProtectedPositions(limits), EquityIdentity(),
            KillSwitchHolds(), OrderSteps(), FilledQuantities(), TradingRules(), FreshData(),
            OrderRates(limits),
            AnsweredCommands(limits), KnownLimits(),
        ]
        secrets = SecretSearch(limits.secrets)
        topics = Set(checkers.flatMap { type(of: $0).topics }.map(\.rawValue))
    }

    /// Takes the next row where SQLite holds it; most of a journal is the market's, of which only the time matters.
    mutating func take(_ row: borrowing RowView) {
        note(UInt64(clamping: row.seq), row.ts, isRoot: row.isRoot)
        guard !Self.marketTopics.contains(row.topic) || topics.contains(row.topic) else { return }
        look(at: JournalRow(row))
    }

    private mutating func note(_ sequence: UInt64, _ ts: UnixMilliseconds, isRoot: Bool) {
        if isWhole == nil { isWhole = sequence == 1 }
        if isRoot { root = sequence }
        if let sentence = time.take(ts) { report(TimeForward.id, sequence, sentence) }
    }

    private mutating func look(at row: JournalRow) {
        // What the market says has no field for a secret.
        if !Self.marketTopics.contains(row.topic), let sentence = secrets.take(row.bytes) {
            report(SecretSearch.id, row.sequence, sentence)
        }
        guard topics.contains(row.topic) else { return }
        guard let event = try? decoder.event(of: row) else {
            unreadableCount += 1
            return
        }
        let place = EventPlace(
            sequence: row.sequence,
            ts: row.ts,
            root: root,
            isWhole: isWhole ?? false
        )
        for index in checkers.indices {
            let kind = type(of: checkers[index])
            guard kind.topics.contains(event.topic) else { continue }
            var sentences: [String] = []
            checkers[index].take(event, place) { sentences.append($0) }
            for sentence in sentences { report(kind.id, row.sequence, sentence) }
        }
    }

    private mutating func report(_ id: String, _ sequence: UInt64, _ sentence: String) {
        counts[id, default: 0] += 1
        guard counts[id, default: 0] <= Self.listCountMax else { return }
        violations.append(InvariantViolation(id: id, sequence: sequence, sentence: sentence))
    }
}
