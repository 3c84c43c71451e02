import Glibc
import OpenSSL

/// What a compressed segment says of itself before its data: an empty gzip member whose header carries the facts.
///
/// - Shape: RFC 1952; members may follow each other, so `zcat` gives the segment's file and nothing else. The facts
///   are the header's comment, with the filter's digest; the filter is its extra field with the id "TB".
struct GzipHead {
    let facts: SegmentFacts
    let filter: CorrelationFilter

    private static let extraID = Array("TB".utf8)
    private static let filterKey = "filter"
    private static let commentBytesMax = 1 << 14
    /// An empty deflate block, then the checksum and the length of nothing.
    private static let body: [UInt8] = [0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0]

    init(facts: SegmentFacts, filter: CorrelationFilter) {
        self.facts = facts
        self.filter = filter
    }

    var bytes: [UInt8] {
        // Magic, deflate, flags (extra and comment), no time, no extra flags, Unix.
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0x04 | 0x10, 0, 0, 0, 0, 0, 3]
        let extra = filter.bits
        bytes += Self.littleEndian(extra.count + 4) + Self.extraID + Self.littleEndian(extra.count) + extra
        var comment = facts.entries
        comment[Self.filterKey] = SHA256Digest.hex(of: extra)
        bytes += Array(SegmentFacts.text(comment).utf8) + [0]
        return bytes + Self.body
    }

    /// Reads the head of a compressed segment without looking at its data.
    init(path: String) throws(JournalError) {
        let bytes = try Self.start(of: path)
        guard bytes.count > 16, Array(bytes[0..<3]) == [0x1F, 0x8B, 8], bytes[3] == 0x14 else {
            throw .foreign(path: path, why: "it is no compressed segment of this program")
        }
        let extraEnd = 12 + Int(bytes[10]) + Int(bytes[11]) << 8
        guard extraEnd < bytes.count, Array(bytes[12..<14]) == Self.extraID,
            let end = bytes[extraEnd...].firstIndex(of: 0),
            let filter = CorrelationFilter(bits: bytes[16..<extraEnd])
        else { throw .damaged(path: path, why: Self.complaint) }
        var comment = SegmentFacts.entries(in: String(decoding: bytes[extraEnd..<end], as: UTF8.self))
        guard comment.removeValue(forKey: Self.filterKey) == SHA256Digest.hex(of: filter.bits),
            let facts = SegmentFacts(comment)
        else { throw .damaged(path: path, why: Self.complaint) }
        self.init(facts: facts, filter: filter)
    }

    private static let complaint = "its head is not what its writer left there"

    private static func start(of path: String) throws(JournalError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, why: FileSystem.errorText(errno)) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: CorrelationFilter.bytesMax + commentBytesMax)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw .cannotRead(path: path, why: FileSystem.errorText(errno)) }
        return Array(bytes.prefix(count))
    }

    private static func littleEndian(_ number: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
    }
}
