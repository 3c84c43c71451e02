import Contracts

/// All checkers in one pass over a journal.
package struct JournalInvariants {
    /// The first hundred, in the order in which they show.
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
    private var isWhole: Bool?
    private var root: UInt64 = 0
    private static let listCountMax = 100

    package init(limits: InvariantLimits = InvariantLimits()) {
        checkers = [
            ApprovedFirst(), ClosedGates(), PauseHolds(), OrderNames(), UnknownOutcomes(),
            PositionsFromFills(),
            FillsOnce(), ExposureLimits(), ReducingOrders(), ProtectedPositions(limits), EquityIdentity(),
            KillSwitchHolds(), OrderSteps(), FilledQuantities(), TradingRules(), FreshData(),
            OrderRates(limits),
            AnsweredCommands(limits),
        ]
        secrets = SecretSearch(limits.secrets)
        topics = Set(checkers.flatMap { type(of: $0).topics }.map(\.rawValue))
    }

    /// Takes the next row.
    package mutating func take(_ row: JournalRow) {
        if isWhole == nil { isWhole = row.sequence == 1 }
        if row.isRoot { root = row.sequence }
        if let sentence = time.take(row.ts) { report(TimeForward.id, row.sequence, sentence) }
        // What the market says has no field for a secret.
        if Topic(rawValue: row.topic)?.topicClass != .market, let sentence = secrets.take(row.bytes) {
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
        guard violations.count < Self.listCountMax else { return }
        violations.append(InvariantViolation(id: id, sequence: sequence, sentence: sentence))
    }
}
