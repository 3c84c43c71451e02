/// Finds the members of a line's one JSON object, without looking at what is inside their values.
///
/// - Shape: a callback for each member, with the ranges of its name (without quotes) and of its value.
/// - Errors: false where the object does not end, or something else follows it.
package enum LineMembers {
    package static func forEach(
        in line: Span<UInt8>,
        from start: Int = 0,
        _ body: (_ name: Range<Int>, _ value: Range<Int>) -> Void
    ) -> Bool {
        var at = start
        skipSpace(line, &at)
        guard at < line.count, line[at] == UInt8(ascii: "{") else { return false }
        at += 1
        skipSpace(line, &at)
        if at < line.count, line[at] == UInt8(ascii: "}") { return isEnd(line, at + 1) }
        while true {
            skipSpace(line, &at)
            guard at < line.count, line[at] == UInt8(ascii: "\""), let nameEnd = stringEnd(line, at) else {
                return false
            }
            let name = at + 1..<nameEnd - 1
            at = nameEnd
            skipSpace(line, &at)
            guard at < line.count, line[at] == UInt8(ascii: ":") else { return false }
            at += 1
            skipSpace(line, &at)
            guard let valueEnd = valueEnd(line, at) else { return false }
            body(name, at..<valueEnd)
            at = valueEnd
            skipSpace(line, &at)
            guard at < line.count else { return false }
            if line[at] == UInt8(ascii: "}") { return isEnd(line, at + 1) }
            guard line[at] == UInt8(ascii: ",") else { return false }
            at += 1
        }
    }

    private static func isEnd(_ line: Span<UInt8>, _ place: Int) -> Bool {
        var at = place
        skipSpace(line, &at)
        return at == line.count
    }

    private static func skipSpace(_ line: Span<UInt8>, _ at: inout Int) {
        while at < line.count, line[at] == 0x20 || line[at] == 0x09 { at += 1 }
    }

    /// The place behind the string that begins at `start`.
    private static func stringEnd(_ line: Span<UInt8>, _ start: Int) -> Int? {
        var at = start + 1
        while at < line.count {
            let byte = line[at]
            if byte == UInt8(ascii: "\"") { return at + 1 }
            at += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    private static func valueEnd(_ line: Span<UInt8>, _ start: Int) -> Int? {
        guard start < line.count else { return nil }
        switch line[start] {
        case UInt8(ascii: "\""): return stringEnd(line, start)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return containerEnd(line, start)
        default:
            var at = start
            while at < line.count, line[at] != UInt8(ascii: ","), line[at] != UInt8(ascii: "}") { at += 1 }
            var end = at
            while end > start, line[end - 1] == 0x20 || line[end - 1] == 0x09 { end -= 1 }
            return end > start ? end : nil
        }
    }

    private static func containerEnd(_ line: Span<UInt8>, _ start: Int) -> Int? {
        var depth = 0
        var at = start
        while at < line.count {
            switch line[at] {
            case UInt8(ascii: "\""):
                guard let end = stringEnd(line, at) else { return nil }
                at = end
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return at + 1 }
            default: break
            }
            at += 1
        }
        return nil
    }
}
