import CSystemd
import Glibc

/// Where lines end up; called by one thread at a time.
protocol LogSink: Sendable {
    func write(_ line: LogLine)
}

/// Writes lines to journald, each field a field of the entry.
///
/// - Shape: one `sd_journal_sendv` per line: `MESSAGE`, `PRIORITY`, `SYSLOG_IDENTIFIER`, what operators type without a
///   prefix (``bareFields``), all others as `TRADEBOT_…`.
/// - Errors: a line journald doesn't take is lost; it is the last place to complain to.
/// - Source: systemd.journal-fields(7) of systemd 252.
struct JournalSink: LogSink {
    /// Fields that operators type, so without a prefix.
    static let bareFields: Set<String> = [
        "plane", "topic", "seq", "correlation_id", "instrument", "order_id", "message_id",
    ]
    /// journald refuses longer names.
    static let nameBytesMax = 64

    let identifier: String

    func write(_ line: LogLine) {
        let entry = Self.entry(of: line, identifier: identifier)
        let bytes = entry.flatMap { Array($0.utf8) }
        let lengths = entry.map(\.utf8.count)
        _ = unsafe tb_journal_send(bytes, lengths, Int32(lengths.count))
    }

    /// The entry as `NAME=value` texts.
    static func entry(of line: LogLine, identifier: String) -> [String] {
        [
            "MESSAGE=" + line.message, "PRIORITY=\(line.level.priority)", "SYSLOG_IDENTIFIER=" + identifier,
        ]
            + line.fields.map { fieldName(of: $0.name) + "=" + $0.value }
    }

    static func fieldName(of name: String) -> String {
        let upper = name.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 0x20
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "_")
            }
        }
        let prefix = bareFields.contains(name) ? "" : "TRADEBOT_"
        return String(decoding: (Array(prefix.utf8) + upper).prefix(nameBytesMax), as: UTF8.self)
    }
}

/// Writes lines as plain text to a descriptor it doesn't own.
struct StderrSink: LogSink {
    var descriptor: Int32 = STDERR_FILENO

    func write(_ line: LogLine) {
        let bytes = Array((line.rendered + "\n").utf8)
        var start = 0
        while start < bytes.count {
            let written = unsafe bytes[start...].withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if written < 0, errno == EINTR { continue }
            // A reader that is gone or stuck loses the line; there is nowhere else to say so.
            guard written > 0 else { return }
            start += written
        }
    }
}
