/// The file name of one segment: `journal-<number of its first row, 20 digits>.db`, with `.gz` where it is compressed.
package struct SegmentName: Hashable, Sendable {
    package let first: UInt64
    package let isCompressed: Bool

    private static let digitCount = 20

    package init(first: UInt64, isCompressed: Bool = false) {
        self.first = first
        self.isCompressed = isCompressed
    }

    /// Reads what ``text`` writes; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let isCompressed = text.hasSuffix(".db.gz")
        guard text.hasPrefix("journal-"), isCompressed || text.hasSuffix(".db") else { return nil }
        let digits = text.dropFirst(8).dropLast(isCompressed ? 6 : 3)
        guard digits.utf8.count == Self.digitCount, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let first = UInt64(digits)
        else { return nil }
        self.init(first: first, isCompressed: isCompressed)
    }

    package var text: String {
        let digits = String(first)
        let zeros = String(repeating: "0", count: Self.digitCount - digits.utf8.count)
        return "journal-\(zeros)\(digits).db\(isCompressed ? ".gz" : "")"
    }

    var compressed: SegmentName { SegmentName(first: first, isCompressed: true) }
}
