import BybitProtocol
import Contracts
import EventKernel
import Recording

/// Tells what a recording of the exchange's messages meant, at the times they came, in constant memory.
///
/// - Shape: everything that ``RecordingReader`` reads. A recording that starts in the middle of the time asked for is
///   read from its beginning, so that each book is whole: then it is told as a snapshot first.
/// - Order: as recorded; a clock that went back tells at the newest time before.
/// - Errors: a broken book is told by `market:health`, resyncing and then fresh; messages that can't be read are counted.
package final class FrameSource: MarketSource {
    private let path: String
    private let choice: Set<Instrument>
    private let timeline: RecordingTimeline
    private let from: UnixMilliseconds
    private let to: UnixMilliseconds
    private let files: RecordingSizes
    private var reader: RecordingReader
    private var decoders: FrameDecoders
    private var warmUp: WarmUp?
    private var gaps = BookGaps()
    /// What is told next, and from where on.
    private var waiting: ContiguousArray<AnyEvent> = []
    private var place = 0
    private var time: UnixMilliseconds = 0
    /// The newest time of a message that tells of several.
    private var following: UnixMilliseconds = 0
    /// Places at which the recorder itself dropped frames.
    private var droppedCount = 0
    package private(set) var next = FeedKey.end

    /// Opens the file or folder at `path`.
    ///
    /// `category` is the product line where the recording does not tell it; `choice` names the instruments that are
    /// told, none: all.
    package init(
        _ path: String,
        category: Category,
        choice: Set<Instrument> = [],
        timeline: RecordingTimeline = .arrival,
        from: UnixMilliseconds? = nil,
        to: UnixMilliseconds? = nil
    ) throws(DataError) {
        self.path = path
        self.choice = choice
        self.timeline = timeline
        self.from = from ?? .min
        self.to = to ?? .max
        files = RecordingSizes(path)
        decoders = FrameDecoders(category: category)
        warmUp = from == nil ? nil : WarmUp()
        do throws(RecordingError) {
            reader = try RecordingReader(path: path)
        } catch {
            throw DataError(error, path)
        }
        try fill()
    }

    package private(set) var counts: [Topic: Int] = [:]
    package var weight: Double { files.total }
    package var progress: Double {
        next == .end ? 1 : min(1, files.before(reader.path, reader.fileOffset) / files.total)
    }
    package var troubles: [String] {
        var troubles: [String] = []
        if decoders.malformedCount > 0 {
            troubles.append("\(path): \(decoders.malformedCount) messages could not be read")
        }
        if next == .end, counts.isEmpty {
            troubles.append(
                "\(path): none of its \(decoders.messageCount) messages told of the market in this time"
            )
        }
        if droppedCount > 0 {
            troubles.append("\(path): the recorder itself dropped messages at \(droppedCount) places")
        }
        return troubles
    }

    package func tell(until bound: FeedKey, countMax: Int, to kernel: Kernel) throws(DataError) -> Int {
        var count = 0
        while next <= bound, count < countMax {
            while place < waiting.count {
                kernel.ingest(waiting[place])
                counts[waiting[place].topic, default: 0] += 1
                place += 1
                count += 1
            }
            try fill()
        }
        return count
    }

    /// What is told next.
    var waitingEvents: some Sequence<AnyEvent> { waiting }

    /// Leaves out what is told next.
    func skip() throws(DataError) { try fill() }

    /// Reads on to the next frame that means something.
    private func fill() throws(DataError) {
        waiting.removeAll(keepingCapacity: true)
        place = 0
        while waiting.isEmpty {
            guard let item = try nextItem() else {
                next = .end
                return
            }
            switch item {
            case .frame(let frame): if !frame.isOutgoing { take(frame) }
            case .gap: droppedCount += 1
            case .end: continue
            }
            guard time < to else {
                waiting.removeAll()
                next = .end
                return
            }
        }
        next = FeedKey(time, .trading)
    }

    private func take(_ frame: RecordedFrame) {
        decoders.decode(frame)
        time = max(time, following)
        let (output, arrival) = (decoders.output, frame.receivedNanoseconds / 1_000_000)
        switch timeline {
        case .arrival: time = max(time, arrival)
        case .exchange:
            // Before the exchange has told a time, that of arrival must do.
            let first = output.events.lazy.compactMap(\.exchangeTime).first
            time = max(time, first ?? (time == 0 ? arrival : time))
        }
        if time < from {
            for event in output.events { warmUp?.note(event) }
            return
        }
        if let events = warmUp?.finish(at: time) {
            warmUp = nil
            waiting += events.lazy.filter(isChosen)
        }
        if let gap = output.gap, let event = gaps.note(gap, at: time), isChosen(event) {
            waiting.append(event)
        }
        var latest = time
        for event in output.events where isChosen(event) {
            var event = event
            if timeline == .exchange {
                latest = max(latest, event.exchangeTime ?? latest)
                event = event.arriving(at: latest)
            }
            if let healed = gaps.heal(event, at: latest) { waiting.append(healed) }
            waiting.append(event)
        }
        following = latest
    }

    private func isChosen(_ event: AnyEvent) -> Bool {
        guard !choice.isEmpty else { return true }
        return event.tradedInstrument.map(choice.contains) ?? true
    }

    private func nextItem() throws(DataError) -> RecordedItem? {
        do throws(RecordingError) { return try reader.next() } catch { throw DataError(error, path) }
    }
}

extension AnyEvent {
    /// The instrument of a market event; nil where it is about none, or about no single one.
    var tradedInstrument: Instrument? {
        switch self {
        case .marketTicker(let event): event.instrument
        case .marketTrade(let event): event.instrument
        case .marketOrderbookDelta(let event): event.instrument
        case .marketKline(let event): event.instrument
        case .marketOi(let event): event.instrument
        case .marketFunding(let event): event.instrument
        case .marketLiquidation(let event): event.instrument
        case .marketPriceLimit(let event): event.instrument
        case .marketHealth(let event): event.instrument
        default: nil
        }
    }
}
