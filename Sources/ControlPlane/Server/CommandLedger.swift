import Contracts
import ControlProtocol

/// Which commands were given with which key, so that a retry never acts twice.
///
/// The same key with the same body gets the first answer again; with another body it is refused.
struct CommandLedger {
    enum Decision: Equatable {
        case act
        /// Already given; the answer will come with the first one's.
        case wait
        case repeatAnswer(ServerFrame.Body)
        case refuse
    }

    /// Beyond this many keys the oldest is forgotten.
    let keyCountMax: Int
    private var entries: [CommandKey: Entry] = [:]
    private var order: [CommandKey] = []

    private struct Entry {
        let user: UInt32
        let command: Contracts.ControlCommand.Command
        let reason: String?
        var answer: ServerFrame.Body?
    }

    init(keyCountMax: Int = 1_024) { self.keyCountMax = keyCountMax }

    mutating func decide(
        _ key: CommandKey,
        user: UInt32,
        command: Contracts.ControlCommand.Command,
        reason: String?
    ) -> Decision {
        if let entry = entries[key] {
            guard entry.user == user, entry.command == command, entry.reason == reason else { return .refuse }
            return entry.answer.map(Decision.repeatAnswer) ?? .wait
        }
        entries[key] = Entry(user: user, command: command, reason: reason)
        order.append(key)
        if order.count > keyCountMax { entries.removeValue(forKey: order.removeFirst()) }
        return .act
    }

    mutating func settle(_ key: CommandKey, with answer: ServerFrame.Body) { entries[key]?.answer = answer }
}

extension ServerFrame {
    /// An answer without the request it answers.
    enum Body: Hashable, Sendable {
        case ok(JSONValue)
        case error(ControlError)

        func frame(id: String) -> ServerFrame {
            switch self {
            case .ok(let value): .ok(id: id, .tree(value))
            case .error(let error): .error(id: id, error)
            }
        }
    }
}
