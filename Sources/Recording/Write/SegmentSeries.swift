import Glibc

/// The segments of one recording: writes the newest, begins the next in time, deletes the oldest.
///
/// - Order: segments begin in the order of their names. Time is that of the frames, so the same frames give the same
///   segments.
/// - Errors: where the disk fails, the segment is given up and frames are counted as a gap until a new one, tried after
///   a wait that doubles, can be begun.
struct SegmentSeries {
    private static let pieceBytes = 1 << 18

    let folder: String
    private let settings: RecordingSettings
    private var file: SegmentFile?
    private var encoder = LineEncoder()
    private var lastStartMilliseconds: Int64
    private var lastNanoseconds: Int64 = .min
    private var tally = Tally()
    /// In the segment, and not yet flushed to disk.
    private var unflushed: RecordingGap?
    private var awaitsFlush = false
    /// Not in any segment, and to be told in the next.
    private var lost: RecordingGap?
    private var attempt = 0
    private var retryAtNanoseconds: Int64 = .min
    private(set) var status = RecordingStatus()

    /// What the open segment holds.
    private struct Tally {
        var firstNanoseconds: Int64 = 0
        var frameCount = 0
        var droppedCount = 0
        var byteCount = 0
    }

    /// Takes over the folder, which is made where it is missing.
    init(folder: String, settings: RecordingSettings) throws(RecordingError) {
        if unsafe mkdir(folder, 0o750) != 0, errno != EEXIST {
            throw .badFolder(path: folder, why: errorText(errno))
        }
        guard unsafe access(folder, R_OK | W_OK | X_OK) == 0 else {
            throw .badFolder(path: folder, why: errorText(errno))
        }
        let known = try RecordingFolder.segments(of: folder)
        // What a killed process left open can be read up to its last flush, and says so by its name.
        for segment in known where segment.isOpen {
            _ = unsafe rename(segment.path, folder + "/" + segment.name.fileName(.torn))
        }
        self.folder = folder
        self.settings = settings
        lastStartMilliseconds = known.last?.name.startMilliseconds ?? .min
    }

    var isOpen: Bool { file != nil }

    /// Writes all that a queue holds; what went wrong is told at the end.
    mutating func write(_ queue: borrowing FrameQueue) -> [RecordingError] {
        var troubles: [RecordingError] = []
        var at = 0
        for entry in queue.entries {
            switch entry {
            case .frame(let received, let source, let count):
                let bytes = queue.bytes[at..<at + count]
                at += count
                prepare(at: received, &troubles)
                guard file != nil else {
                    lose(RecordingGap(received, bytes: count))
                    continue
                }
                encoder.frame(bytes, receivedNanoseconds: received, source: queue.sources[source])
                note(received, count)
            case .gap(let gap):
                status.droppedCount += gap.frameCount
                let why =
                    "the queue of \(settings.queueBytesMax >> 10) KiB was full: the disk or the machine is too slow"
                troubles.append(.dropped(frames: gap.frameCount, bytes: gap.byteCount, why: why))
                prepare(at: gap.firstNanoseconds, &troubles)
                if file != nil { mark(gap) } else { addLost(gap) }
            }
            if encoder.line.count >= Self.pieceBytes { hand(&troubles) }
        }
        hand(&troubles)
        return troubles
    }

    /// True where something waits for a flush and none is on its way.
    mutating func beginsFlushWait() -> Bool {
        guard unflushed != nil, !awaitsFlush else { return false }
        awaitsFlush = true
        return true
    }

    /// Makes all that was written safe from the process's end.
    mutating func flush() -> [RecordingError] {
        awaitsFlush = false
        guard let file, unflushed != nil else { return [] }
        do throws(WriteFailure) {
            try file.flush()
            unflushed = nil
            status.diskByteCount += file.byteCount - status.segmentByteCount
            status.segmentByteCount = file.byteCount
            return []
        } catch {
            return [giveUp(error)]
        }
    }

    /// Ends the open segment.
    mutating func close() -> [RecordingError] {
        guard let file else { return [] }
        encoder.end(
            SegmentEnd(
                firstNanoseconds: tally.firstNanoseconds,
                lastNanoseconds: lastNanoseconds,
                frameCount: tally.frameCount,
                droppedCount: tally.droppedCount,
                byteCount: tally.byteCount
            )
        )
        do throws(WriteFailure) {
            try file.append(encoder.line)
            encoder.empty()
            try file.close()
            status.diskByteCount += file.byteCount - status.segmentByteCount
            status.segmentCount += 1
            unflushed = nil
            self.file = nil
            return []
        } catch {
            return [giveUp(error)]
        }
    }

    // MARK: Segments

    /// Sees to it that a segment is open that a frame of that time belongs to.
    private mutating func prepare(at nanoseconds: Int64, _ troubles: inout [RecordingError]) {
        if let file {
            let age = (nanoseconds - tally.firstNanoseconds) / 1_000_000
            guard age >= settings.segmentMilliseconds || file.byteCount >= settings.segmentBytesMax else {
                return
            }
            hand(&troubles)
            troubles += close()
        }
        guard file == nil, nanoseconds >= retryAtNanoseconds else { return }
        let start = max(nanoseconds, lastNanoseconds) / 1_000_000
        let name = SegmentName(startMilliseconds: max(start, lastStartMilliseconds &+ 1, 0))
        do throws(WriteFailure) {
            file = try SegmentFile(name, in: folder, level: settings.compressionLevel)
            lastStartMilliseconds = name.startMilliseconds
            tally = Tally(firstNanoseconds: nanoseconds)
            status.segmentByteCount = 0
            (attempt, retryAtNanoseconds) = (0, .min)
            if let lost {
                mark(lost)
                troubles.append(
                    .dropped(
                        frames: lost.frameCount,
                        bytes: lost.byteCount,
                        why: "the disk would not have them"
                    )
                )
            }
            lost = nil
            expire(before: nanoseconds / 1_000_000)
        } catch {
            lastNanoseconds = max(lastNanoseconds, nanoseconds)
            troubles.append(backOff(error, path: folder + "/" + name.fileName(.open)))
        }
    }

    /// Gives the lines so far to the file.
    private mutating func hand(_ troubles: inout [RecordingError]) {
        defer { encoder.empty() }
        guard let file, !encoder.line.isEmpty else { return }
        do throws(WriteFailure) {
            try file.append(encoder.line)
        } catch {
            troubles.append(giveUp(error))
        }
    }

    private mutating func giveUp(_ failure: WriteFailure) -> RecordingError {
        let path = file?.path ?? folder
        file?.abandon()
        file = nil
        encoder.empty()
        if let gap = unflushed {
            status.frameCount -= gap.frameCount
            lose(gap)
        }
        unflushed = nil
        return backOff(failure, path: path)
    }

    private mutating func backOff(_ failure: WriteFailure, path: String) -> RecordingError {
        let delay = min(settings.retryFirstMilliseconds << min(attempt, 16), settings.retryMaxMilliseconds)
        attempt += 1
        status.failureCount += 1
        retryAtNanoseconds = max(lastNanoseconds, 0) + Int64(delay) * 1_000_000
        return .writeFailed(path: path, why: failure.why, retryMilliseconds: delay)
    }

    /// Deletes what is too old or too much, oldest first.
    private func expire(before nowMilliseconds: Int64) {
        guard let known = try? RecordingFolder.segments(of: folder) else { return }
        let closed = known.filter { !$0.isOpen }
        var byteCount = known.reduce(0) { $0 + $1.byteCount }
        for (index, segment) in closed.enumerated() {
            // A segment ends before the next begins.
            let end = index + 1 < closed.count ? closed[index + 1].name.startMilliseconds : nowMilliseconds
            let isOld = settings.retentionMilliseconds.map { end < nowMilliseconds - $0 } ?? false
            let isMuch = settings.retentionBytesMax.map { byteCount > $0 } ?? false
            guard isOld || isMuch else { return }
            guard unsafe unlink(segment.path) == 0 else { continue }
            byteCount -= segment.byteCount
        }
    }

    // MARK: Counts

    private mutating func note(_ received: Int64, _ count: Int) {
        lastNanoseconds = max(lastNanoseconds, received)
        tally.frameCount += 1
        tally.byteCount += count
        status.frameCount += 1
        status.frameByteCount += count
        let frame = RecordingGap(received, bytes: count)
        if unflushed?.add(frame) == nil { unflushed = frame }
    }

    private mutating func mark(_ gap: RecordingGap) {
        encoder.gap(gap)
        lastNanoseconds = max(lastNanoseconds, gap.lastNanoseconds)
        tally.droppedCount += gap.frameCount
        if unflushed == nil { unflushed = RecordingGap(gap.lastNanoseconds, bytes: 0, frames: 0) }
    }

    private mutating func lose(_ gap: RecordingGap) {
        status.droppedCount += gap.frameCount
        addLost(gap)
    }

    private mutating func addLost(_ gap: RecordingGap) {
        if lost?.add(gap) == nil { lost = gap }
    }
}

extension RecordingGap {
    fileprivate init(_ nanoseconds: Int64, bytes: Int, frames: Int = 1) {
        self.init(
            firstNanoseconds: nanoseconds,
            lastNanoseconds: nanoseconds,
            frameCount: frames,
            byteCount: bytes
        )
    }
}
