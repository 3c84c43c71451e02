import Logging
import Testing

@testable import Systemd

extension LogLine {
    static func fixture(
        _ message: String = "running",
        level: Logger.Level = .notice,
        fields: [String: String] = [:]
    ) -> LogLine {
        LogLine(unixMilliseconds: 1_795_341_600_123, level: level, message: message, fields: fields)
    }
}

@Suite struct `Log line` {
    @Test func `reads as one plain line`() {
        let line = LogLine.fixture(fields: ["seq": "12", "plane": "control", "topic": "control:state"])
        #expect(
            line.rendered == "2026-11-22T10:00:00.123Z notice [control] running  seq=12 topic=control:state"
        )
    }

    @Test func `quotes a value that has blanks`() {
        let line = LogLine.fixture(fields: ["reason": "CPI \"release\"", "none": ""])
        #expect(line.rendered.hasSuffix(#" running  none="" reason="CPI \"release\"""#))
    }

    @Test func `stays one line whatever it is told`() {
        let line = LogLine.fixture("a\nb\r\u{1B}[31m", fields: ["plane": "x\ny", "k\n": "v\u{0}"])
        #expect(!line.rendered.utf8.contains { $0 < 0x20 })
        #expect(
            line.rendered.contains(#"[x\ny] a\nb\r\u{1B}[31m"#)
                || line.rendered.contains(#"a\nb\r\u{001B}[31m"#)
        )
    }

    @Test func `is bounded`() {
        let fields = Dictionary(uniqueKeysWithValues: (0..<100).map { ("k\($0)", "v") })
        let line = LogLine.fixture(String(repeating: "é", count: 10_000), fields: fields)
        #expect(line.message.utf8.count <= LogLine.textBytesMax)
        #expect(line.fields.count == LogLine.fieldCountMax)
    }

    @Test func `becomes a journal entry with the operator's field names`() {
        let fields = [
            "plane": "execution", "topic": "exec:order_event", "seq": "7", "correlation_id": "c-1",
            "instrument": "BTCUSDT", "order_id": "o-1", "message_id": "00", "latency_us": "12",
            "odd-key": "x",
        ]
        let entry = JournalSink.entry(
            of: .fixture("filled", level: .warning, fields: fields),
            identifier: "tradebotd"
        )
        #expect(
            entry == [
                "MESSAGE=filled", "PRIORITY=4", "SYSLOG_IDENTIFIER=tradebotd", "CORRELATION_ID=c-1",
                "INSTRUMENT=BTCUSDT", "TRADEBOT_LATENCY_US=12", "MESSAGE_ID=00", "TRADEBOT_ODD_KEY=x",
                "ORDER_ID=o-1",
                "PLANE=execution", "SEQ=7", "TOPIC=exec:order_event",
            ]
        )
        #expect(JournalSink.fieldName(of: String(repeating: "a", count: 100)).utf8.count == 64)
    }
}
