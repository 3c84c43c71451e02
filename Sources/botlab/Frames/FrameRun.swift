import ArgumentParser
import BybitProtocol
import Contracts
import Recording

/// One pass over the frames of a file: decoded one by one, counted, and accounted for at the end.
struct FrameRun {
    /// What one frame meant.
    struct Step {
        let events: [AnyEvent]
        let gap: StreamGap?
        /// Whether it lies in the time that was asked for; what lies before is read for what it leads up to.
        let isShown: Bool
    }

    private let options: FrameOptions
    private var input: FrameInput
    private var decoders: FeedDecoders
    private var tally: FrameTally
    private var progress = Progress(unit: "messages")

    init(_ options: FrameOptions, tellsAll: Bool) throws(ExitCode) {
        self.options = options
        input = try options.open()
        decoders = FeedDecoders(category: options.category)
        tally = FrameTally(tellsAll: tellsAll)
    }

    /// Decodes the next frame; nil when all is read.
    mutating func next() -> Step? {
        while let item = input.next() {
            switch item {
            case .unreadable(let why): tally.noteUnreadable(why, &progress)
            case .gap(let gap): tally.noteGap(gap, at: input.place, &progress)
            case .frame(let frame):
                progress.step()
                tally.note(frame)
                if frame.isOutgoing { continue }
                return decode(frame)
            }
        }
        return nil
    }

    /// Counts an event that was shown.
    mutating func count(_ event: AnyEvent) { tally.note(event.topic) }

    /// Tells the whole account on standard error; throws where no message made sense.
    mutating func finish() throws(ExitCode) {
        progress.clear()
        let counters = decoders.counters
        StandardError.write(tally.summary(counters, torn: input.tornFiles))
        try options.refuse(unless: tally.isAnythingRead(counters))
    }

    private mutating func decode(_ frame: RecordedFrame) -> Step {
        do throws(WireError) {
            try decoders.decode(frame)
        } catch {
            tally.noteMalformed(error, at: input.place, &progress)
        }
        let output = decoders.output
        let isShown = options.shows(frame)
        if let control = output.control { tally.note(control) }
        if let gap = output.gap, isShown { tally.noteGap(gap, at: input.place, &progress) }
        return Step(events: output.events, gap: output.gap, isShown: isShown)
    }
}
