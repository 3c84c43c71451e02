import Contracts

/// I24: every command has an actor, and one answer before long; no answer is to nothing.
///
/// A command that a crash has cut off has none: nobody was told that it was done.
struct AnsweredCommands: InvariantChecker {
    static let id = "I24"
    static let topics: Set<Topic> = [.controlCommand, .controlOutcome, .controlState, .stateClock]

    private struct Asked {
        let name: String
        let sequence: UInt64
        let ts: UnixMilliseconds
    }

    private let millisecondsMax: Int64
    private var open: [CorrelationID: Asked] = [:]
    private var answered: Set<CorrelationID> = []

    init(_ limits: InvariantLimits) { millisecondsMax = limits.answerMillisecondsMax }

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        switch event {
        case .controlCommand(let command): take(command, place, report)
        case .controlOutcome(let outcome): take(outcome, place, report)
        case .controlState(let state): if state.lifecycle == .starting { open = [:] }
        default: break
        }
        for (id, asked) in open.sorted(by: { $0.value.sequence < $1.value.sequence })
        where place.ts - asked.ts > millisecondsMax {
            report(
                "the command \(asked.name) of \(asked.sequence) has had no answer for \(place.ts - asked.ts) ms"
            )
            open[id] = nil
        }
    }

    private mutating func take(_ command: ControlCommand, _ place: EventPlace, _ report: (String) -> Void) {
        let name = command.command.name
        if command.actor.name.isEmpty { report("the command \(name) has no actor") }
        guard let id = command.meta.correlationID else {
            return report("the command \(name) has no key, so that no answer can be told to be its own")
        }
        answered.remove(id)
        open[id] = Asked(name: name, sequence: place.sequence, ts: place.ts)
    }

    private mutating func take(_ outcome: CommandOutcome, _ place: EventPlace, _ report: (String) -> Void) {
        guard let id = outcome.meta.correlationID else {
            return report("an answer to \(outcome.command) names no command")
        }
        if open.removeValue(forKey: id) != nil {
            answered.insert(id)
        } else if answered.contains(id) {
            report("the command \(outcome.command) (\(id)) was answered twice")
        } else if place.isWhole {
            report("an answer to \(outcome.command) (\(id)), which nobody had asked for")
        }
    }
}
