import Glibc

/// Reads a write-ahead log as SQLite will when it recovers, and says what SQLite would pass over without a word.
///
/// - Source: the WAL format, sqlite.org/fileformat2.html section 4: a header of 32 bytes, then frames of 24 bytes and a
///   page, each with the header's two salts and a running checksum.
struct LogScan: Hashable, Sendable {
    /// Frames that can be read, up to the last whole commit.
    private(set) var committedCount = 0
    /// Frames of this log that follow the first one that cannot be read.
    private(set) var lostFrameCount = 0
    /// Whole commits among them, as far as their frames' heads tell.
    private(set) var lostCommitCount = 0
    /// The header itself cannot be read, though the log is not empty.
    private(set) var isHeaderBroken = false

    private static let headerBytes = 32
    private static let frameHeaderBytes = 24

    /// What is wrong with a log that may be written meanwhile: only what two looks in a row agree on.
    static func complaint(ofLiveLog path: String) throws(JournalError) -> String? {
        var before: LogScan?
        for _ in 0..<4 {
            guard let scan = try LogScan(path: path), let complaint = scan.complaint else { return nil }
            if scan == before { return complaint }
            before = scan
        }
        return nil
    }

    /// Nil where there is no log, or an empty one.
    init?(path: String) throws(JournalError) {
        guard let size = FileSystem.size(of: path), size > 0 else { return nil }
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, why: FileSystem.errorText(errno)) }
        defer { close(descriptor) }
        let header = Self.read(descriptor, at: 0, count: Self.headerBytes)
        guard header.count == Self.headerBytes, let log = Header(header) else {
            isHeaderBroken = true
            return
        }
        scan(descriptor, log)
    }

    /// Whether commits that were written are not to be had any more.
    var hasLost: Bool { lostCommitCount > 0 || isHeaderBroken }

    /// In a sentence; nil where nothing is lost but what no commit had ended.
    var complaint: String? {
        if isHeaderBroken { return "the write-ahead log's header is broken: nothing in it can be read" }
        guard lostCommitCount > 0 else { return nil }
        return
            "the write-ahead log breaks off after \(committedCount) frames: \(lostFrameCount) more, with \(lostCommitCount) commits, cannot be read"
    }

    private mutating func scan(_ descriptor: Int32, _ log: Header) {
        let frameBytes = Self.frameHeaderBytes + log.pageBytes
        var checksum = log.checksum
        var count = 0
        var isBroken = false
        while true {
            let offset = Self.headerBytes + count * frameBytes
            let frame = Self.read(descriptor, at: offset, count: frameBytes)
            guard frame.count >= Self.frameHeaderBytes else { return }
            let salts = (Self.number(frame, 8), Self.number(frame, 12))
            let isCommit = Self.number(frame, 4) != 0
            if !isBroken, frame.count == frameBytes, salts == log.salts {
                checksum.add(frame[0..<8])
                checksum.add(frame[Self.frameHeaderBytes...])
                if checksum.words == (Self.number(frame, 16), Self.number(frame, 20)) {
                    count += 1
                    if isCommit { committedCount = count }
                    continue
                }
            }
            // A left-over of an older log has two other salts; one flipped bit changes one of them.
            let isOurs = salts == log.salts || !isBroken && (salts.0 == log.salts.0 || salts.1 == log.salts.1)
            isBroken = true
            count += 1
            guard isOurs else { continue }
            lostFrameCount += 1
            if isCommit { lostCommitCount += 1 }
        }
    }

    private struct Header {
        let pageBytes: Int
        let salts: (UInt32, UInt32)
        let checksum: Checksum

        init?(_ bytes: [UInt8]) {
            let magic = LogScan.number(bytes, 0)
            guard magic == 0x377F_0682 || magic == 0x377F_0683, LogScan.number(bytes, 4) == 3_007_000 else {
                return nil
            }
            var checksum = Checksum(isBigEndian: magic & 1 == 1)
            checksum.add(bytes[0..<24])
            guard checksum.words == (LogScan.number(bytes, 24), LogScan.number(bytes, 28)) else { return nil }
            let pageBytes = Int(LogScan.number(bytes, 8))
            guard (512...65_536).contains(pageBytes), pageBytes & (pageBytes - 1) == 0 else { return nil }
            self.pageBytes = pageBytes
            self.checksum = checksum
            salts = (LogScan.number(bytes, 16), LogScan.number(bytes, 20))
        }
    }

    /// SQLite's running sum over pairs of 32-bit words.
    private struct Checksum {
        let isBigEndian: Bool
        var words: (UInt32, UInt32) = (0, 0)

        mutating func add(_ bytes: ArraySlice<UInt8>) {
            unsafe bytes.withUnsafeBytes { bytes in
                for place in stride(from: 0, to: bytes.count & ~7, by: 8) {
                    let first = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
                    let second = unsafe bytes.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)
                    words.0 &+= (isBigEndian ? first.bigEndian : first.littleEndian) &+ words.1
                    words.1 &+= (isBigEndian ? second.bigEndian : second.littleEndian) &+ words.0
                }
            }
        }
    }

    private static func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[place + $1]) }
    }

    private static func read(_ descriptor: Int32, at offset: Int, count: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, unsafe pread(descriptor, buffer.baseAddress, count, off_t(offset)))
        }
    }
}
