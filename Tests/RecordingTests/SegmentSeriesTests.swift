import FoundationEssentials
import Testing

@testable import Recording

@Suite struct `A series of segments` {
    let scratch: Scratch
    private var folder: String { scratch.folder + "/recordings" }

    init() throws { scratch = try Scratch() }

    private func queue(_ indices: Range<Int>, bytesMax: Int = 1 << 20) -> FrameQueue {
        var queue = FrameQueue(bytesMax: bytesMax)
        for index in indices { queue.append(frame(index)) }
        return queue.exchange(for: FrameQueue(bytesMax: 0))
    }

    @Test func `marks where a full queue dropped frames, and how many`() throws {
        var series = try SegmentSeries(folder: folder, settings: RecordingSettings())
        let full = queue(0..<1_000, bytesMax: 50_000)
        let troubles = series.write(full) + series.write(queue(1_000..<1_100)) + series.close()
        let kept = try frames(folder)
        let gap = try #require(try gaps(folder).first)
        #expect(troubles.map(\.code) == ["recording.dropped"])
        #expect(try gaps(folder).count == 1)
        #expect(kept.count + gap.frameCount == 1_100)
        #expect(series.status.droppedCount == gap.frameCount)
        #expect(gap.firstNanoseconds == frame(kept.count - 100).receivedNanoseconds)
        #expect(gap.lastNanoseconds == frame(999).receivedNanoseconds)
        #expect(Array(kept.suffix(100)) == (1_000..<1_100).map { frame($0) })
    }

    @Test func `counts frames while the disk fails and goes on when it works again`() throws {
        var series = try SegmentSeries(folder: folder, settings: RecordingSettings())
        // Given
        try FileManager.default.removeItem(atPath: folder)
        let failing = series.write(queue(0..<10))
        #expect(failing.map(\.code) == ["recording.write"])
        #expect(series.status.droppedCount == 10)
        // When
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let waiting = series.write(queue(10..<20))
        let working = series.write(queue(2_000..<2_010))
        _ = series.close()
        // Then
        #expect(waiting.isEmpty)
        #expect(working.map(\.code) == ["recording.dropped"])
        #expect(try gaps(folder).map(\.frameCount) == [20])
        #expect(try frames(folder) == (2_000..<2_010).map { frame($0) })
    }

    @Test func `waits twice as long after each failure, up to a limit`() throws {
        var series = try SegmentSeries(folder: folder, settings: RecordingSettings())
        try FileManager.default.removeItem(atPath: folder)
        var delays: [Int] = []
        for second in 0..<400 {
            for trouble in series.write(queue(second * 1_000..<second * 1_000 + 1)) {
                guard case .writeFailed(_, _, let delay) = trouble else { continue }
                delays.append(delay)
            }
        }
        #expect(delays.prefix(8) == [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
    }

    @Test func `never gives two segments one name, even when the clock goes back`() throws {
        var series = try SegmentSeries(folder: folder, settings: RecordingSettings())
        _ = series.write(queue(500..<510)) + series.close()
        _ = series.write(queue(100..<110)) + series.close()
        var again = try SegmentSeries(folder: folder, settings: RecordingSettings())
        _ = again.write(queue(0..<10)) + again.close()
        let written = [500..<510, 100..<110, 0..<10].joined().map { frame($0) }
        #expect(try frames(folder) == written)
    }
}
