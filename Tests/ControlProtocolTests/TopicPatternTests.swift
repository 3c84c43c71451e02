import ControlProtocol
import Testing

@Suite struct `Topic pattern` {
    @Test(arguments: [
        ("*", "exec:fill", true), ("exec:*", "exec:fill", true), ("exec:*", "execution:fill", false),
        ("exec:*", "risk:approved_intent", false), ("exec:fill", "exec:fill", true),
        ("exec:fill", "exec:fills", false), ("exec:order*", "exec:order_event", true),
    ])
    func `matches all, a prefix or one topic`(pattern: String, topic: String, isMatch: Bool) throws {
        #expect(try #require(TopicPattern(pattern)).matches(topic) == isMatch)
    }

    @Test(arguments: ["", "**", "*:fill", "a*b", "exec fill", "exec:é", String(repeating: "x", count: 65)])
    func `refuses anything else`(text: String) {
        #expect(TopicPattern(text) == nil)
    }

    @Test(arguments: ["*", "exec:*", "control:state"])
    func `is told as it was written`(text: String) {
        #expect(TopicPattern(text)?.description == text)
    }
}
