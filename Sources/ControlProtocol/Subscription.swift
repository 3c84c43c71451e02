/// Which events a connection wants pushed, and from which sequence on.
package struct Subscription: Sendable, Hashable {
    package let topics: [TopicPattern]
    /// The first sequence wanted; nothing means from now on.
    package let from: UInt64?

    package init(topics: [TopicPattern], from: UInt64? = nil) {
        self.topics = topics
        self.from = from
    }

    package func wants(_ topic: String) -> Bool {
        topics.contains { $0.matches(topic) }
    }

    var json: JSONValue {
        var members = [JSONMember("topics", .array(topics.map { .string($0.description) }))]
        if let from { members.append(JSONMember("from", .unsigned(from))) }
        return .object(members)
    }

    init(_ json: JSONValue) throws(ControlError) {
        let fields = try RequestFields(json, of: "subscribe")
        try fields.allow(["topics", "from"])
        guard let texts = json["topics"]?.array, (1...ControlLimits.topicPatternsMax).contains(texts.count)
        else {
            throw ControlError(
                .badValue,
                "`topics` must list 1 to \(ControlLimits.topicPatternsMax) topic patterns.",
                hint: "\"topics\":[\"*\"] means all"
            )
        }
        var topics: [TopicPattern] = []
        for text in texts {
            guard let pattern = text.string.flatMap(TopicPattern.init) else {
                throw ControlError(
                    .badValue,
                    "\(text.text.prefix(80)) is no topic pattern.",
                    hint: "write a topic, or a prefix and `*`: \"exec:*\""
                )
            }
            topics.append(pattern)
        }
        let from = try fields.optionalInteger("from", in: 0...Int64.max)
        self.init(topics: topics, from: from.map { UInt64($0) })
    }
}
