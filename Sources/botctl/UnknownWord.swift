import ArgumentParser
import ControlProtocol

/// A word on the command line where a command should stand, and the command it most likely meant.
struct UnknownWord {
    private static let optionsWithValue: Set<String> = [
        "--instance", "--socket", "--timeout", "-o", "--output",
    ]

    let message: String

    /// Nothing when every word down to the last command is known: then the trouble lies elsewhere.
    init?(in arguments: [String], of root: any ParsableCommand.Type) {
        var command = root
        var path = "botctl"
        var isValue = false
        for argument in arguments where !command.configuration.subcommands.isEmpty {
            if isValue || argument.hasPrefix("-") {
                isValue = !isValue && Self.optionsWithValue.contains(argument)
                continue
            }
            let choices = command.configuration.subcommands
            guard let next = choices.first(where: { $0._commandName == argument }) else {
                if argument == "help" { return nil }
                let nearest = nearestWord(to: argument, among: choices.map { $0._commandName })
                self.message = Self.message(argument, path, nearest)
                return
            }
            command = next
            path += " \(argument)"
        }
        return nil
    }

    private static func message(_ word: String, _ path: String, _ nearest: String?) -> String {
        let next = nearest.map { "did you mean: \(path) \($0)" } ?? "see: \(path) --help"
        return "error: unknown command \"\(Printable.text(word))\" [\(ErrorCode.unknownCommand)]\n  \(next)\n"
    }
}
