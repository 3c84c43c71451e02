import Contracts

/// Writes the lines of a recording; the shape is that of `docs/recording-format.md`.
struct LineEncoder {
    private(set) var line: [UInt8] = []

    mutating func empty() { line.removeAll(keepingCapacity: true) }

    mutating func frame(_ bytes: ArraySlice<UInt8>, receivedNanoseconds: Int64, source: FrameQueue.Source) {
        begin(receivedNanoseconds)
        text(#","category":""#)
        text(source.category.rawValue)
        text(#"","connection":""#)
        name(source.connectionID)
        if FrameText.isOneLineObject(bytes.span) {
            text(#"","msg":"#)
            line.append(contentsOf: bytes)
        } else {
            text(#"","base64":""#)
            Base64.append(bytes, to: &line)
            text("\"")
        }
        text("}\n")
    }

    mutating func gap(_ gap: RecordingGap) {
        begin(gap.lastNanoseconds)
        text(#","gap":{"first_ns":\#(gap.firstNanoseconds),"last_ns":\#(gap.lastNanoseconds),"#)
        text(#""frames":\#(gap.frameCount),"bytes":\#(gap.byteCount)}}"# + "\n")
    }

    mutating func end(_ end: SegmentEnd) {
        begin(end.lastNanoseconds)
        text(#","end":{"first_ns":\#(end.firstNanoseconds),"last_ns":\#(end.lastNanoseconds),"#)
        text(
            #""frames":\#(end.frameCount),"dropped":\#(end.droppedCount),"bytes":\#(end.byteCount)}}"# + "\n"
        )
    }

    private mutating func begin(_ receivedNanoseconds: Int64) {
        text(#"{"recv_ns":"#)
        number(receivedNanoseconds)
    }

    private mutating func text(_ text: String) { line.append(contentsOf: text.utf8) }

    private mutating func number(_ number: Int64) {
        let start = line.count
        var rest = number.magnitude
        repeat {
            line.append(UInt8(truncatingIfNeeded: rest % 10) + 0x30)
            rest /= 10
        } while rest > 0
        if number < 0 { line.append(UInt8(ascii: "-")) }
        line[start...].reverse()
    }

    /// A name as it is; what JSON would have escaped becomes a question mark.
    private mutating func name(_ name: String) {
        for byte in name.utf8 {
            let isPlain = byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            line.append(isPlain ? byte : UInt8(ascii: "?"))
        }
    }
}
