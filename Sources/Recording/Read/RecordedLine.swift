import Contracts

/// Reads one line of a recording, of whichever kind it is.
///
/// - Shape: `{"recv_ns":…,"category":…,"connection":…,"msg":{…}}` and what else ``RecordingWriter`` writes; a bare
///   message of the exchange; `NUMBER {…}` with the local time in µs or ns; `{"dir":…,"local_time_s":…,"msg":{…}}`;
///   `{"name":…,"message":{…}}`.
/// - Units: Unix nanoseconds; where a line tells no time, that of the line before it.
/// - Errors: nil for a line of no such kind.
/// - Source: `docs/recording-format.md`.
package struct RecordedLine {
    private var lastNanoseconds: Int64 = 0
    // One connection after the other says much the same: the text is made once.
    private var connectionID = ""

    package init() {}

    /// What the line says; nil where it is of no known kind.
    package mutating func read(_ line: [UInt8]) -> RecordedItem? {
        if let first = line.first, (0x30...0x39).contains(first) { return readPrefixed(line) }
        var fields = Fields()
        let isWhole = LineMembers.forEach(in: line.span) { name, value in
            fields.note(name, value, line)
        }
        guard isWhole else { return nil }
        if let time = fields.receivedNanoseconds(line) { lastNanoseconds = time }
        if let gap = fields.gap { return readGap(line, gap) }
        if let end = fields.end { return readEnd(line, end) }
        return frame(line, fields).map(RecordedItem.frame)
    }

    private mutating func frame(_ line: [UInt8], _ fields: Fields) -> RecordedFrame? {
        let bytes: ArraySlice<UInt8>
        if let message = fields.message {
            bytes = line[message]
        } else if let base64 = fields.base64 {
            guard let decoded = Base64.decode(line[base64.inner]) else { return nil }
            bytes = decoded[...]
        } else {
            bytes = line[...]
        }
        if let connection = fields.connection?.inner, !line[connection].elementsEqual(connectionID.utf8) {
            connectionID = String(decoding: line[connection], as: UTF8.self)
        }
        return RecordedFrame(
            receivedNanoseconds: lastNanoseconds,
            category: fields.category.flatMap { Category(rawValue: text(line, $0)) },
            connectionID: fields.connection == nil ? "" : connectionID,
            isOutgoing: fields.direction.map { text(line, $0) == "out" } ?? false,
            bytes: bytes
        )
    }

    /// `1721347020984480942 {…}`; a shorter number is in microseconds.
    private mutating func readPrefixed(_ line: [UInt8]) -> RecordedItem? {
        guard let space = line.firstIndex(of: 0x20), let number = integer(line, 0..<space),
            space + 1 < line.count, line[space + 1] == UInt8(ascii: "{"),
            LineMembers.forEach(in: line.span, from: space + 1, { _, _ in })
        else { return nil }
        lastNanoseconds = space >= 19 ? number : number * 1000
        return .frame(RecordedFrame(receivedNanoseconds: lastNanoseconds, bytes: line[(space + 1)...]))
    }

    private func readGap(_ line: [UInt8], _ object: Range<Int>) -> RecordedItem {
        let numbers = numbers(line, object)
        return .gap(
            RecordingGap(
                firstNanoseconds: numbers["first_ns"] ?? lastNanoseconds,
                lastNanoseconds: numbers["last_ns"] ?? lastNanoseconds,
                frameCount: Int(numbers["frames"] ?? 0),
                byteCount: Int(numbers["bytes"] ?? 0)
            )
        )
    }

    private func readEnd(_ line: [UInt8], _ object: Range<Int>) -> RecordedItem {
        let numbers = numbers(line, object)
        return .end(
            SegmentEnd(
                firstNanoseconds: numbers["first_ns"] ?? lastNanoseconds,
                lastNanoseconds: numbers["last_ns"] ?? lastNanoseconds,
                frameCount: Int(numbers["frames"] ?? 0),
                droppedCount: Int(numbers["dropped"] ?? 0),
                byteCount: Int(numbers["bytes"] ?? 0)
            )
        )
    }

    private func numbers(_ line: [UInt8], _ object: Range<Int>) -> [String: Int64] {
        let inner = Array(line[object])
        var numbers: [String: Int64] = [:]
        _ = LineMembers.forEach(in: inner.span) { name, value in
            numbers[String(decoding: inner[name], as: UTF8.self)] = integer(inner, value)
        }
        return numbers
    }

    private func text(_ line: [UInt8], _ value: Range<Int>) -> String {
        String(decoding: line[value.inner], as: UTF8.self)
    }
}

/// Where a line has what.
private struct Fields {
    var receivedNs: Range<Int>?
    var localSeconds: Range<Int>?
    var exchangeMs: Range<Int>?
    var category: Range<Int>?
    var connection: Range<Int>?
    var direction: Range<Int>?
    var message: Range<Int>?
    var base64: Range<Int>?
    var gap: Range<Int>?
    var end: Range<Int>?

    mutating func note(_ name: Range<Int>, _ value: Range<Int>, _ line: [UInt8]) {
        let isObject = line[value.lowerBound] == UInt8(ascii: "{")
        switch name.count {
        case 2: if line[name].elementsEqual("ts".utf8) { exchangeMs = value }
        case 3:
            if line[name].elementsEqual("msg".utf8) { message = value }
            if line[name].elementsEqual("dir".utf8) { direction = value }
            if isObject, line[name].elementsEqual("gap".utf8) { gap = value }
            if isObject, line[name].elementsEqual("end".utf8) { end = value }
        case 6: if line[name].elementsEqual("base64".utf8) { base64 = value }
        case 7:
            if line[name].elementsEqual("recv_ns".utf8) { receivedNs = value }
            if isObject, line[name].elementsEqual("message".utf8) { message = value }
        case 8: if line[name].elementsEqual("category".utf8) { category = value }
        case 10: if line[name].elementsEqual("connection".utf8) { connection = value }
        case 12: if line[name].elementsEqual("local_time_s".utf8) { localSeconds = value }
        default: break
        }
    }

    func receivedNanoseconds(_ line: [UInt8]) -> Int64? {
        if let receivedNs { return integer(line, receivedNs) }
        if let localSeconds {
            let parts = line[localSeconds.inner].split(separator: UInt8(ascii: "."))
            guard let whole = parts.first, let seconds = integer(line, whole.indices) else { return nil }
            let fraction = parts.dropFirst().first.map { Array($0.prefix(9)) } ?? []
            let padded = fraction + [UInt8](repeating: 0x30, count: 9 - fraction.count)
            return seconds * 1_000_000_000 + (integer(padded, 0..<9) ?? 0)
        }
        guard message == nil, base64 == nil, let exchangeMs else { return nil }
        return integer(line, exchangeMs).map { $0 * 1_000_000 }
    }
}

extension Range<Int> {
    /// A quoted value without its quotes.
    fileprivate var inner: Range<Int> { count >= 2 ? lowerBound + 1..<upperBound - 1 : self }
}

/// A number of at most 18 digits, or 19 that do not begin with more than the largest one has.
private func integer(_ bytes: [UInt8], _ range: Range<Int>) -> Int64? {
    guard !range.isEmpty, range.count <= 19 else { return nil }
    var value: Int64 = 0
    for at in range {
        let digit = bytes[at] &- 0x30
        guard digit <= 9 else { return nil }
        let (product, overflows) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflowsToo) = product.addingReportingOverflow(Int64(digit))
        guard !overflows, !overflowsToo else { return nil }
        value = sum
    }
    return value
}
