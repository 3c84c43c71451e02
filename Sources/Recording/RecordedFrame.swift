import Contracts

/// One frame as it came from the exchange, and when.
package struct RecordedFrame: Hashable, Sendable {
    /// When it came, in Unix nanoseconds; in recordings that do not tell it, the exchange's own time.
    package let receivedNanoseconds: Int64
    /// The product line of its connection; nil where the recording does not tell.
    package let category: Category?
    /// Empty where the recording does not tell.
    package let connectionID: String
    /// The recorder's own message to the exchange; Tradebot's recordings hold none.
    package let isOutgoing: Bool
    /// The frame, byte for byte.
    package let bytes: ArraySlice<UInt8>

    /// The product line by its name on the wire, for those who have a type of their own for it.
    package var categoryName: String? { category?.rawValue }

    package init(
        receivedNanoseconds: Int64,
        category: Category? = nil,
        connectionID: String = "",
        isOutgoing: Bool = false,
        bytes: ArraySlice<UInt8>
    ) {
        self.receivedNanoseconds = receivedNanoseconds
        self.category = category
        self.connectionID = connectionID
        self.isOutgoing = isOutgoing
        self.bytes = bytes
    }
}

/// Frames that were dropped at this place, because the disk did not keep up or failed.
package struct RecordingGap: Hashable, Sendable {
    /// When the first and the last of them came, in Unix nanoseconds.
    package var firstNanoseconds: Int64
    package var lastNanoseconds: Int64
    package var frameCount: Int
    package var byteCount: Int

    package init(firstNanoseconds: Int64, lastNanoseconds: Int64, frameCount: Int, byteCount: Int) {
        self.firstNanoseconds = firstNanoseconds
        self.lastNanoseconds = lastNanoseconds
        self.frameCount = frameCount
        self.byteCount = byteCount
    }

    mutating func add(_ other: RecordingGap) {
        firstNanoseconds = min(firstNanoseconds, other.firstNanoseconds)
        lastNanoseconds = max(lastNanoseconds, other.lastNanoseconds)
        frameCount += other.frameCount
        byteCount += other.byteCount
    }
}

/// The last line of a segment that was closed: what the segment holds.
package struct SegmentEnd: Hashable, Sendable {
    package let firstNanoseconds: Int64
    package let lastNanoseconds: Int64
    package let frameCount: Int
    package let droppedCount: Int
    /// Of the frames themselves.
    package let byteCount: Int

    package init(
        firstNanoseconds: Int64,
        lastNanoseconds: Int64,
        frameCount: Int,
        droppedCount: Int,
        byteCount: Int
    ) {
        self.firstNanoseconds = firstNanoseconds
        self.lastNanoseconds = lastNanoseconds
        self.frameCount = frameCount
        self.droppedCount = droppedCount
        self.byteCount = byteCount
    }
}

/// What a line of a recording says.
package enum RecordedItem: Hashable, Sendable {
    case frame(RecordedFrame)
    case gap(RecordingGap)
    case end(SegmentEnd)
}
