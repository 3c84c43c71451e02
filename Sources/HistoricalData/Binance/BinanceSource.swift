import Contracts
import EventKernel
import Recording

/// Tells Binance's recorded messages of one instrument: trades, books, best bid and ask, mark prices and funding.
///
/// - Shape: files that continue each other, in order; by the recorder's local time. What stands before the first
///   snapshot tells no book.
/// - Errors: a hole in a book is told as `market:health` resyncing; messages that can't be read are counted.
package final class BinanceSource: MarketSource {
    private let from: UnixMilliseconds
    private let to: UnixMilliseconds
    private let sizes: [Double]
    private var paths: ArraySlice<String>
    private var doneBytes = 0.0
    private var reader: RecordingReader?
    private var streams: BinanceStreams
    private var warmUp: WarmUp?
    private var waiting: [AnyEvent] = []
    private var time: UnixMilliseconds = 0
    /// Messages that could not be read.
    private var malformedCount = 0
    private let first: String
    package private(set) var next = FeedKey.end

    package init(
        _ paths: [String],
        instrument: Instrument,
        contractSize: Int64,
        from: UnixMilliseconds? = nil,
        to: UnixMilliseconds? = nil
    ) throws(DataError) {
        streams = BinanceStreams(instrument: instrument, contractSize: contractSize)
        self.from = from ?? .min
        self.to = to ?? .max
        self.paths = paths[...]
        first = paths.first ?? ""
        sizes = paths.map { Double(FileSize.bytes(of: $0)) }
        warmUp = from == nil ? nil : WarmUp()
        try fill()
    }

    package private(set) var counts: [Topic: Int] = [:]
    package var weight: Double { max(1, sizes.reduce(0, +)) }
    package var progress: Double {
        next == .end ? 1 : min(1, (doneBytes + Double(reader?.fileOffset ?? 0)) / weight)
    }

    package var troubles: [String] {
        malformedCount > 0 ? ["\(first): \(malformedCount) messages could not be read"] : []
    }

    package func tell(until bound: FeedKey, countMax: Int, to kernel: Kernel) throws(DataError) -> Int {
        var count = 0
        while next <= bound, count < countMax {
            for event in waiting {
                kernel.ingest(event)
                counts[event.topic, default: 0] += 1
            }
            count += waiting.count
            try fill()
        }
        return count
    }

    /// What is told next.
    var waitingEvents: some Sequence<AnyEvent> { waiting }

    /// Leaves out what is told next.
    func skip() throws(DataError) { try fill() }

    private func fill() throws(DataError) {
        waiting.removeAll(keepingCapacity: true)
        while waiting.isEmpty {
            guard let frame = try nextFrame(), time < to else {
                next = .end
                return
            }
            time = max(time, frame.receivedNanoseconds / 1_000_000)
            guard time < to else { continue }
            take(frame)
        }
        next = FeedKey(time, .trading)
    }

    private func take(_ frame: RecordedFrame) {
        guard let message = BinanceMessage(Array(frame.bytes)) else {
            malformedCount += 1
            return
        }
        let events = streams.events(of: message, at: time)
        guard time >= from else {
            for event in events { warmUp?.note(event) }
            return
        }
        if let before = warmUp?.finish(at: time) {
            warmUp = nil
            waiting += before
        }
        waiting += events
    }

    private func nextFrame() throws(DataError) -> RecordedFrame? {
        do throws(RecordingError) {
            while true {
                if let frame = try reader?.nextFrame() { return frame }
                if reader != nil { doneBytes += sizes[sizes.count - paths.count - 1] }
                guard let path = paths.popFirst() else {
                    reader = nil
                    return nil
                }
                reader = try RecordingReader(path: path)
            }
        } catch {
            throw DataError(error, reader?.path ?? "")
        }
    }
}
