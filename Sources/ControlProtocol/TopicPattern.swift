/// Which topics a subscriber wants: `*`, a prefix ending in `*` such as `exec:*`, or one exact topic.
package struct TopicPattern: Sendable, Hashable, CustomStringConvertible {
    package static let all = TopicPattern(prefix: "", isExact: false)

    private let prefix: String
    private let isExact: Bool

    private init(prefix: String, isExact: Bool) {
        self.prefix = prefix
        self.isExact = isExact
    }

    /// Reads a pattern; nothing when it is empty, too long, or has a `*` anywhere but at its end.
    package init?(_ text: String) {
        let isExact = text.utf8.last != UInt8(ascii: "*")
        let prefix = isExact ? text : String(text.dropLast())
        guard !text.isEmpty, text.utf8.count <= ControlLimits.topicPatternBytesMax,
            prefix.utf8.allSatisfy(Self.isTopicByte)
        else { return nil }
        self.init(prefix: prefix, isExact: isExact)
    }

    package func matches(_ topic: String) -> Bool {
        isExact ? topic == prefix : topic.hasPrefix(prefix)
    }

    package var description: String { isExact ? prefix : prefix + "*" }

    private static func isTopicByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}
