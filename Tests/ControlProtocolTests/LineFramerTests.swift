import ControlProtocol
import Testing

@Suite struct `Line framer` {
    private func lines(_ framer: inout LineFramer) throws(LineTooLong) -> [String] {
        var lines: [String] = []
        while let line = try framer.next() { lines.append(String(decoding: line, as: UTF8.self)) }
        return lines
    }

    @Test(arguments: 1...12)
    func `gives the same lines however the stream is cut`(size: Int) throws {
        var framer = LineFramer(lineBytesMax: 8)
        let stream = Array("one\n\ntwo two\nthree\n12345678\nrest".utf8)
        var read: [String] = []
        for start in stride(from: 0, to: stream.count, by: size) {
            framer.append(stream[start..<min(start + size, stream.count)])
            read += try lines(&framer)
        }
        #expect(read == ["one", "", "two two", "three", "12345678"])
        #expect(framer.pendingBytes == 4)
    }

    @Test func `hands out whole lines before it refuses the over-long one`() throws {
        var framer = LineFramer(lineBytesMax: 4)
        framer.append("ok\n12345".utf8)
        #expect(try framer.next() == Array("ok".utf8))
        #expect(throws: LineTooLong(limit: 4)) { try framer.next() }
        #expect(throws: LineTooLong(limit: 4)) { try framer.next() }
    }

    @Test func `refuses an over-long line that came with its end`() {
        var framer = LineFramer(lineBytesMax: 4)
        framer.append("12345\n".utf8)
        #expect(throws: LineTooLong(limit: 4)) { try framer.next() }
    }

    @Test func `keeps no line it has handed out`() throws {
        var framer = LineFramer(lineBytesMax: 64)
        for _ in 0..<10_000 {
            framer.append("0123456789\n".utf8)
            _ = try framer.next()
            #expect(framer.pendingBytes == 0)
        }
    }
}
