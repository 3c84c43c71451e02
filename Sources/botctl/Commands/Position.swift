import ArgumentParser
import ControlProtocol

struct Position: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what the daemon holds.",
        subcommands: [PositionList.self]
    )

    @OptionGroup var daemon: DaemonOptions
}

struct PositionList: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List every position with its entry, mark and profit.",
        discussion: """
            EXAMPLES
              botctl position list
              botctl position list -o plain | cut -f 1,3     tab separated, no heading

            Reads only; changes nothing.
            """
    )

    @OptionGroup var daemon: DaemonOptions

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        let answer = try ask(.query(.positions))
        let positions = answer["positions"]?.array ?? []
        switch daemon.format {
        case .json: try output.line(answer.text)
        case .ndjson: for position in positions { try output.line(position.text) }
        case .plain: for position in positions { try output.line(PositionTable.plain(position)) }
        case .human:
            let table = PositionTable(positions: positions, style: daemon.style)
            for line in positions.isEmpty ? ["no positions"] : table.lines { try output.line(line) }
        }
    }
}
