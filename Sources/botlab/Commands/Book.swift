import ArgumentParser
import BybitProtocol
import Contracts
import Recording

struct Book: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show order books as tradebotd sees them, after every so many messages.",
        discussion: """
            Folds the books of a recording or capture and prints each after every N of its messages, and as it \
            stands at the end. A gap is told where it is met; the book then waits for its next snapshot, as in \
            tradebotd. Changes nothing.

              botlab book /var/lib/tradebot/market --symbol BTCUSDT --every 1000
              botlab book capture.jsonl --levels 3 --json

            Exit status: 0 done, 1 there is no book in it, 65 nothing of it could be read, 66 no such file.
            """
    )

    @OptionGroup var frames: FrameOptions

    @Option(help: "Print a book after every so many of its messages (default: only at the end).")
    var every: Int?

    @Option(help: "So many levels a side, and so many for the imbalance.")
    var levels = 5

    @Flag(help: "Print one JSON object a line, best levels first.")
    var json = false

    func validate() throws {
        if let every, every < 1 { throw ValidationError("--every is at least 1.") }
        guard (1...1_000).contains(levels) else { throw ValidationError("--levels is 1 to 1000.") }
    }

    func run() throws {
        var input = try frames.open()
        var output = StandardOutput()
        var decoders = FeedDecoders(category: frames.category)
        var shelf = BookShelf()
        var tally = FrameTally(tellsAll: false)
        var progress = Progress(unit: "messages")
        while let item = input.next() {
            switch item {
            case .unreadable(let why): tally.noteUnreadable(why, &progress)
            case .gap(let gap): tally.noteGap(gap, at: input.place, &progress)
            case .frame(let frame):
                progress.step()
                tally.note(frame)
                guard !frame.isOutgoing else { continue }
                do throws(WireError) {
                    try decoders.decode(frame)
                } catch {
                    tally.noteMalformed(error, at: input.place, &progress)
                }
                if let gap = decoders.output.gap, frames.wants(gap.instrument),
                    let note = shelf.note(gap)
                {
                    try output.write(json ? note.json() : note.text)
                }
                for event in decoders.output.events {
                    guard case .marketOrderbookDelta(let delta) = event, frames.wants(delta.instrument)
                    else { continue }
                    tally.note(event.topic)
                    if let healed = shelf.fold(delta) { try output.write(json ? healed.json() : healed.text) }
                    if let view = shelf.view(of: delta, every: every, levels: levels) {
                        try output.write(json ? view.json() : view.text)
                    }
                }
            }
        }
        for view in shelf.last(levels: levels) { try output.write(json ? view.json() : view.text) }
        try output.flush()
        progress.clear()
        let counters = decoders.counters
        StandardError.write(tally.summary(counters, torn: input.tornFiles))
        try frames.refuseIfNothing(wasReadBy: counters)
        guard !shelf.isEmpty else {
            StandardError.write("there is no order book in \(frames.file)\n")
            throw ExitCode.failure
        }
    }
}
