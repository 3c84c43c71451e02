import ArgumentParser
import ControlProtocol

struct Explain: DaemonCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell an intent's or an order's way, from the tick to the fill.",
        discussion: """
            EXAMPLES
              botctl explain intent-4711
              botctl explain tb1-main-hinu4hra-4j7-0     an order, by its name
              botctl explain 4713               whatever the event 4713 belongs to

            Each line is an event; what came from outside stands at the margin, what followed from it is set in. \
            The last line says how it turned out. Reads only; changes nothing. Ids stand in the log \
            (CORRELATION_ID, ORDER_ID) and in `botctl events`.

            Exit status: 1 the journal has no such chain.
            """
    )

    @OptionGroup var daemon: DaemonOptions

    @Argument(help: "intent-N, research-N, an order's name, a command's key, or an event's number.")
    var id: String

    func validate() throws {
        guard (1...ControlLimits.chainNameBytesMax).contains(id.utf8.count) else {
            throw ValidationError("an id has 1 to \(ControlLimits.chainNameBytesMax) bytes")
        }
    }

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        let answer = try ask(.query(.explain(id)))
        let view = ChainView(answer: answer, style: daemon.style)
        switch daemon.format {
        case .json: try output.line(answer.text)
        case .ndjson: for step in view.steps { try output.line(step.text) }
        case .plain: for step in view.steps { try output.line(view.plain(step)) }
        case .human: for line in view.lines { try output.line(line) }
        }
    }
}
