import NIOCore

/// Whether reads follow each other too closely to be worth their cost.
///
/// Judged by ``probeCount`` reads at a time. A flood lasts for ``heldCount`` reads and is then judged anew, or ends at
/// once when waiting gathers too little.
struct ReadPace {
    /// Reads that follow each other within this, on the average of a probe, are a flood: above some 80,000 a second.
    static let closeRead = TimeAmount.microseconds(12)
    /// How long a read waits in a flood: the most that it adds to a message's way.
    static let pause = TimeAmount.microseconds(400)
    static let probeCount = 8
    static let heldCount = 64
    /// Fewer pieces than this in one read that waited were not worth the wait; a piece is a probe's smallest read.
    static let gatheredMin = 24

    /// Whether the next read is to wait.
    private(set) var isFlooded = false
    private var readCount = 0
    private var pieceBytes = Int.max
    private var since: NIODeadline?

    /// Says that a read has ended and brought `bytes`.
    mutating func didRead(_ bytes: Int, at now: @autoclosure () -> NIODeadline) {
        readCount += 1
        if isFlooded {
            let isWorthIt = bytes / Self.gatheredMin >= pieceBytes
            if readCount >= Self.heldCount || !isWorthIt { begin(at: now()) }
            return
        }
        pieceBytes = min(pieceBytes, bytes)
        guard readCount >= Self.probeCount else { return }
        let end = now()
        if let since, end - since < Self.closeRead * Self.probeCount {
            isFlooded = true
            readCount = 0
        } else {
            begin(at: end)
        }
    }

    /// Begins a probe.
    private mutating func begin(at time: NIODeadline) {
        isFlooded = false
        readCount = 0
        pieceBytes = .max
        since = time
    }
}
