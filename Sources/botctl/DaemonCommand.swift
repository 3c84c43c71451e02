import ArgumentParser
import ControlProtocol

/// A command that talks to the daemon: its failures are told in one shape, with one exit status each.
protocol DaemonCommand: ParsableCommand {
    var daemon: DaemonOptions { get }

    func perform(_ output: inout StandardOutput) throws(ClientFailure)
}

extension DaemonCommand {
    func run() throws {
        var output = StandardOutput()
        do throws(ClientFailure) {
            try perform(&output)
            try output.flush()
        } catch {
            error.report(daemon.format)
            throw ExitCode(error.status.rawValue)
        }
    }

    /// Asks one thing on a fresh connection and hands back the answer's `ok`.
    func ask(_ request: ClientFrame.Request) throws(ClientFailure) -> JSONValue {
        var session = try Session.open(daemon)
        return try session.ask(request)
    }

    /// Sends a command under a fresh key and prints its outcome: `sentence` for people, else the answer itself.
    func command(
        _ action: ControlAction,
        reason: String? = nil,
        _ output: inout StandardOutput,
        _ sentence: (CommandOutcome) -> String
    ) throws(ClientFailure) {
        let command = ControlCommand(action, reason: reason, key: IdempotencyKey.fresh())
        let answer = try ask(.command(command))
        switch daemon.format {
        case .json, .ndjson: try output.line(answer.text)
        case .plain: try output.line(PlainView.text(of: answer))
        case .human: if !daemon.quiet { try output.line(sentence(CommandOutcome(answer: answer))) }
        }
    }
}

/// What a command's answer says to a person.
struct CommandOutcome {
    private let answer: JSONValue

    init(answer: JSONValue) {
        self.answer = answer
    }

    /// `at seq 1 482 340 by alice`.
    var place: String {
        let sequence = answer["seq"]?.unsigned.map { Figures.grouped(String($0)) } ?? "unknown"
        let actor = answer["by"]?.string ?? Terminal.environment("USER")
        return "at seq \(sequence)" + (actor.map { " by \(Printable.text($0))" } ?? "")
    }

    /// What the daemon says it has done.
    var message: String? { answer["message"]?.string.map(Printable.text) }

    /// Whether the command made a difference; a daemon that does not say is taken to have acted.
    var isChanged: Bool { answer["changed"]?.bool ?? true }
}
