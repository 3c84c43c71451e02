import ArgumentParser
import BybitProtocol
import Contracts

struct Book: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show order books as tradebotd sees them, after every so many messages.",
        discussion: """
            Folds the books of a recording or capture and prints each after every N of its messages, and as it \
            stands at the end. A gap is told where it is met; the book then waits for its next snapshot, as in \
            tradebotd. Changes nothing.

              botlab book /var/lib/tradebot/recordings --symbol BTCUSDT --every 1000
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
        var run = try FrameRun(frames, tellsAll: false)
        var output = StandardOutput()
        var shelf = BookShelf()
        while let step = run.next() {
            if let gap = step.gap, frames.wants(gap.instrument), let note = shelf.note(gap), step.isShown {
                try output.write(json ? note.json() : note.text)
            }
            for event in step.events where frames.wants(event) {
                guard case .marketOrderbookDelta(let delta) = event else { continue }
                let healed = shelf.fold(delta)
                guard step.isShown else { continue }
                run.count(event)
                if let healed { try output.write(json ? healed.json() : healed.text) }
                if let view = shelf.view(of: delta, every: every, levels: levels) {
                    try output.write(json ? view.json() : view.text)
                }
            }
        }
        for view in shelf.last(levels: levels) { try output.write(json ? view.json() : view.text) }
        try output.flush()
        try run.finish()
        guard !shelf.isEmpty else {
            StandardError.write("there is no order book in \(frames.file)\n")
            throw ExitCode.failure
        }
    }
}
