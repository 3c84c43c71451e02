import Contracts
import FoundationEssentials
import Testing

@testable import Recording

@Suite struct `Recording writer` {
    let scratch: Scratch
    let troubles = Troubles()

    init() throws { scratch = try Scratch() }

    private func writer(_ change: (inout RecordingSettings) -> Void = { _ in }) throws -> RecordingWriter {
        var settings = RecordingSettings()
        change(&settings)
        return try RecordingWriter(folder: scratch.folder, settings: settings) { [troubles] in
            troubles.add($0)
        }
    }

    @Test func `gives back every frame as it came, in order`() throws {
        let written = (0..<5_000).map { frame($0, padding: $0 % 40) }
        let writer = try writer()
        for frame in written { #expect(writer.take(frame)) }
        writer.close()

        #expect(try frames(scratch.folder) == written)
        #expect(try scratch.files == ["frames-20231114T221320.000Z.jsonl.gz"])
        #expect(writer.status.frameCount == 5_000 && writer.status.droppedCount == 0)
        #expect(writer.status.frameByteCount == written.reduce(0) { $0 + $1.bytes.count })
        #expect(troubles.all.isEmpty)
    }

    @Test(
        arguments: [
            [], [0xFF, 0x00, 0x0A], Array(#"{"op":"pong""#.utf8), Array("{\"a\":\n1}".utf8),
            Array("[1,2]".utf8),
            Array("{\"a\":\"\u{E4}\"}".utf8), Array("ping\r\n".utf8), Array(#"{"a":1} "#.utf8),
        ] as [[UInt8]]
    )
    func `keeps what is no JSON line, byte for byte`(bytes: [UInt8]) throws {
        let writer = try writer()
        let odd = RecordedFrame(
            receivedNanoseconds: startNanoseconds,
            category: .linear,
            connectionID: "bybit-public-linear",
            bytes: bytes[...]
        )
        writer.take(odd)
        writer.take(frame(1))
        writer.close()
        #expect(try frames(scratch.folder) == [odd, frame(1)])
    }

    @Test func `says at a segment's end what it holds`() throws {
        let writer = try writer()
        for index in 0..<10 { writer.take(frame(index)) }
        writer.close()
        let size = (0..<10).reduce(0) { $0 + frame($1).bytes.count }
        let end = SegmentEnd(
            firstNanoseconds: startNanoseconds,
            lastNanoseconds: startNanoseconds + 9_000_000,
            frameCount: 10,
            droppedCount: 0,
            byteCount: size
        )
        #expect(try items(scratch.folder).items.last == .end(end))
    }

    @Test func `begins a new segment when one covers its time`() throws {
        let writer = try writer { $0.segmentMilliseconds = 100 }
        for index in 0..<350 { writer.take(frame(index)) }
        writer.close()
        #expect(
            try scratch.files == [
                "frames-20231114T221320.000Z.jsonl.gz", "frames-20231114T221320.100Z.jsonl.gz",
                "frames-20231114T221320.200Z.jsonl.gz", "frames-20231114T221320.300Z.jsonl.gz",
            ]
        )
        #expect(try frames(scratch.folder) == (0..<350).map { frame($0) })
    }

    @Test func `begins a new segment when one has its size`() throws {
        let writer = try writer { $0.segmentBytesMax = 40_000 }
        let written = (0..<4_000).map { frame($0, padding: 50) }
        for (index, frame) in written.enumerated() {
            writer.take(frame)
            if index % 100 == 99 { writer.flush() }
        }
        writer.close()
        let segments = try RecordingFolder.segments(of: scratch.folder)
        #expect(segments.count > 3)
        #expect(segments.allSatisfy { $0.byteCount < 80_000 })
        #expect(try frames(scratch.folder) == written)
    }

    @Test func `deletes segments that are too old`() throws {
        let writer = try writer {
            $0.segmentMilliseconds = 100
            $0.retentionMilliseconds = 250
        }
        for index in 0..<1_000 { writer.take(frame(index)) }
        writer.close()
        #expect(try frames(scratch.folder) == (600..<1_000).map { frame($0) })
    }

    @Test func `deletes the oldest segments while all have too many bytes, and nothing else`() throws {
        let foreign = try scratch.write("mine".utf8, to: "frames-of-mine.jsonl.gz")
        let writer = try writer {
            $0.segmentMilliseconds = 100
            $0.retentionBytesMax = 20_000
        }
        for index in 0..<2_000 { writer.take(frame(index, padding: 20)) }
        writer.close()
        let segments = try RecordingFolder.segments(of: scratch.folder)
        let size = segments.reduce(0) { $0 + $1.byteCount }
        #expect(segments.count > 1 && segments.count < 20)
        #expect(size - (segments.last?.byteCount ?? 0) <= 20_000)
        #expect(FileManager.default.fileExists(atPath: foreign))
        #expect(try #require(frames(segments[segments.count - 1].path).last) == frame(1_999, padding: 20))
    }

    @Test func `loses nothing that was flushed when its process is killed`() throws {
        do {
            let writer = try writer { $0.flushMilliseconds = 3_600_000 }
            for index in 0..<100 { writer.take(frame(index)) }
            writer.flush()
            // Killed here: it is never closed.
        }
        let open = try #require(try scratch.files.first)
        #expect(open.hasSuffix(".jsonl.gz.part"))
        #expect(try items(scratch.folder).torn == [scratch.folder + "/" + open])
        #expect(try frames(scratch.folder) == (0..<100).map { frame($0) })
    }

    @Test func `goes on after what a killed one left open, and names it so`() throws {
        do {
            let writer = try writer()
            for index in 0..<100 { writer.take(frame(index)) }
            writer.flush()
        }
        let next = try writer()
        for index in 100..<200 { next.take(frame(index)) }
        next.close()
        #expect(
            try scratch.files == [
                "frames-20231114T221320.000Z.torn.jsonl.gz", "frames-20231114T221320.100Z.jsonl.gz",
            ]
        )
        #expect(try frames(scratch.folder) == (0..<200).map { frame($0) })
    }

    @Test func `drops what does not fit, counts it, says so and marks the place`() throws {
        let writer = try writer { $0.queueBytesMax = 100_000 }
        writer.take(frame(0))
        let big = RecordedFrame(
            receivedNanoseconds: startNanoseconds + 1_000_000,
            category: .linear,
            connectionID: "bybit-public-linear",
            bytes: [UInt8](repeating: 0x20, count: 200_000)[...]
        )
        #expect(!writer.take(big))
        writer.flush()
        writer.take(frame(2))
        writer.close()
        let gap = RecordingGap(
            firstNanoseconds: big.receivedNanoseconds,
            lastNanoseconds: big.receivedNanoseconds,
            frameCount: 1,
            byteCount: 200_000
        )
        let found = try items(scratch.folder).items
        #expect(found.prefix(3) == [.frame(frame(0)), .gap(gap), .frame(frame(2))])
        #expect(writer.status.droppedCount == 1)
        #expect(troubles.all.map(\.code) == ["recording.dropped"])
    }

    @Test func `takes no more once it is closed`() throws {
        let writer = try writer()
        writer.take(frame(0))
        writer.close()
        #expect(!writer.take(frame(1)))
        writer.close()
        #expect(try frames(scratch.folder) == [frame(0)])
    }

    @Test func `refuses a folder that is none`() throws {
        let file = try scratch.write([], to: "file")
        let error = #expect(throws: RecordingError.self) { try RecordingWriter(folder: file + "/folder") }
        #expect(error?.code == "recording.folder")
    }
}
