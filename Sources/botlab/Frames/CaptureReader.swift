import Contracts
import Glibc
import Recording

/// Reads a written-down dialogue: `>` sent by the client, `<` and `=` by the server, JSON over any number of lines.
///
/// - Shape: a mark begins a frame, which ends with its JSON; a `{` at the beginning of a line begins one too, from
///   the server. Lines that are neither are passed over.
/// - Units: a dialogue tells no times; frames carry the exchange's own where they have a `ts`.
/// - Errors: ``RecordingError``. A frame that never ends is cut where the next one begins.
struct CaptureReader {
    private let lines: LineReader
    private let to: Int64
    private var waiting: [UInt8]?
    private var lastNanoseconds: Int64 = 0

    init(path: String, to: Int64) throws(RecordingError) {
        lines = try LineReader(path: path)
        self.to = to
    }

    var path: String { lines.path }
    var lineNumber: Int { lines.lineNumber }

    /// Whether the file reads like a dialogue, or like one message over several lines.
    ///
    /// A pipe or a folder is never looked into: its bytes could not be read again.
    static func isCapture(_ path: String) throws(RecordingError) -> Bool {
        var facts = stat()
        guard unsafe stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return false }
        let lines = try LineReader(path: path)
        while let line = try lines.next() {
            guard let first = line.first(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
            if marks.contains(first) { return true }
            return first == UInt8(ascii: "{") && !JSONBalance(line).isWhole
        }
        return false
    }

    private static let marks: [UInt8] = [UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "=")]

    mutating func next() throws(RecordingError) -> RecordedFrame? {
        while let (bytes, isOutgoing) = try nextText() {
            let frame = frame(bytes, isOutgoing)
            if frame.receivedNanoseconds < to { return frame }
        }
        return nil
    }

    private mutating func frame(_ bytes: [UInt8], _ isOutgoing: Bool) -> RecordedFrame {
        if let time = bytes.number(after: #""ts":"#) { lastNanoseconds = time &* 1_000_000 }
        return RecordedFrame(
            receivedNanoseconds: lastNanoseconds,
            isOutgoing: isOutgoing,
            bytes: bytes[...]
        )
    }

    /// One frame's text and its direction.
    private mutating func nextText() throws(RecordingError) -> ([UInt8], isOutgoing: Bool)? {
        var text: [UInt8] = []
        var balance = JSONBalance()
        var isOutgoing = false
        while let line = try nextLine() {
            if let first = line.first, Self.marks.contains(first) {
                if !text.isEmpty {
                    waiting = line
                    return (text, isOutgoing)
                }
                isOutgoing = first == UInt8(ascii: ">")
                text = Array(line.dropFirst())
            } else if text.isEmpty, line.first != UInt8(ascii: "{"), balance.isUntouched {
                continue
            } else {
                text += line
            }
            balance = JSONBalance(text)
            if balance.isWhole { return (text, isOutgoing) }
            if balance.isUntouched { text.removeAll() }
        }
        return text.isEmpty ? nil : (text, isOutgoing)
    }

    private mutating func nextLine() throws(RecordingError) -> [UInt8]? {
        guard let line = waiting else { return try lines.next() }
        waiting = nil
        return line
    }
}

/// Whether brackets outside strings have closed again.
private struct JSONBalance {
    private var depth = 0
    /// Nothing but white space so far.
    private(set) var isUntouched = true

    init() {}

    init(_ text: [UInt8]) {
        var (isInString, isEscaped) = (false, false)
        for byte in text {
            if byte != 0x20, byte != 0x09 { isUntouched = false }
            if isInString {
                if isEscaped {
                    isEscaped = false
                    continue
                }
                if byte == UInt8(ascii: "\\") { isEscaped = true }
                if byte == UInt8(ascii: "\"") { isInString = false }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
    }

    var isWhole: Bool { !isUntouched && depth <= 0 }
}

extension [UInt8] {
    /// The whole number that follows the first `label`, white space between them or not.
    fileprivate func number(after label: String) -> Int64? {
        let label = Array(label.utf8)
        guard count > label.count else { return nil }
        for start in 0..<(count - label.count) where self[start..<(start + label.count)].elementsEqual(label)
        {
            let digits = self[(start + label.count)...].drop { $0 == 0x20 }.prefix {
                (0x30...0x39).contains($0)
            }
            return Int64(String(decoding: digits, as: UTF8.self)).flatMap {
                $0 < Int64.max / 1_000_000 ? $0 : nil
            }
        }
        return nil
    }
}
