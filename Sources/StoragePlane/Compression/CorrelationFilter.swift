/// Tells that a segment has no row of a correlation, so that it need not be decompressed to look: a Bloom filter.
///
/// It may be wrong in one way only: a hundredth of the ids that are not there may seem to be, more in a segment with
/// more than fifty thousand of them.
struct CorrelationFilter: Hashable, Sendable {
    static let bytesMax = 1 << 16
    private static let bitsPerID = 10
    private static let probeCount: UInt64 = 7
    private static let bytesMin = 64
    /// What fits into a gzip header's extra field.
    private static let bytesLimit = 65_000

    private(set) var bits: [UInt8]

    /// Makes an empty filter for about so many ids.
    init(idCount: Int) {
        let wanted = idCount * Self.bitsPerID / 8
        bits = [UInt8](repeating: 0, count: min(max(wanted, Self.bytesMin), Self.bytesLimit))
    }

    init?(bits: some Collection<UInt8>) {
        guard bits.count >= Self.bytesMin, bits.count <= Self.bytesLimit else { return nil }
        self.bits = Array(bits)
    }

    mutating func insert(_ id: String) {
        let (start, step) = Self.hashes(of: id)
        for probe in 0..<Self.probeCount {
            let bit = place(start, step, probe)
            bits[bit >> 3] |= 1 << UInt8(bit & 7)
        }
    }

    func mayContain(_ id: String) -> Bool {
        let (start, step) = Self.hashes(of: id)
        return (0..<Self.probeCount).allSatisfy { probe in
            let bit = place(start, step, probe)
            return bits[bit >> 3] & 1 << UInt8(bit & 7) != 0
        }
    }

    private func place(_ start: UInt64, _ step: UInt64, _ probe: UInt64) -> Int {
        Int(truncatingIfNeeded: (start &+ probe &* step) % UInt64(bits.count * 8))
    }

    /// Two hashes of one text (FNV-1a, then mixed): the probes are their sums, after Kirsch and Mitzenmacher, 2006.
    private static func hashes(of id: String) -> (UInt64, UInt64) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3 }
        var mixed = hash &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return (hash, (mixed ^ (mixed >> 31)) | 1)
    }
}
