import Contracts

/// Which rows are asked for; what is left out asks for all.
package struct JournalQuery: Hashable, Sendable {
    /// The first and the last number.
    package var from: UInt64
    package var through: UInt64
    /// The first and the last time, in Unix milliseconds.
    package var since: UnixMilliseconds?
    package var until: UnixMilliseconds?
    /// Names of topics; a name that ends in `*` stands for all that begin so.
    package var topics: [String]
    package var correlation: CorrelationID?
    /// Only events that came from outside.
    package var rootsOnly: Bool

    package init(
        from: UInt64 = 1,
        through: UInt64 = .max,
        since: UnixMilliseconds? = nil,
        until: UnixMilliseconds? = nil,
        topics: [String] = [],
        correlation: CorrelationID? = nil,
        rootsOnly: Bool = false
    ) {
        self.from = from
        self.through = through
        self.since = since
        self.until = until
        self.topics = topics
        self.correlation = correlation
        self.rootsOnly = rootsOnly
    }

    /// Whether `topic` is asked for.
    package func wants(topic: String) -> Bool {
        topics.isEmpty
            || topics.contains { $0.hasSuffix("*") ? topic.hasPrefix($0.dropLast()) : topic == $0 }
    }

    /// The least number that a row of the correlation can have: an intent's is that of its first event.
    var firstOfCorrelation: UInt64 {
        switch correlation {
        case .intent(let number), .research(let number), .snapshot(let number): number
        case .command, nil: 0
        }
    }
}
