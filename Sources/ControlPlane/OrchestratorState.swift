import Contracts
import ControlProtocol

/// What of the Orchestrator survives a restart: a bot that was paused comes back paused.
struct OrchestratorState: Equatable {
    static let version = 1

    let isPaused: Bool

    init(isPaused: Bool) { self.isPaused = isPaused }

    /// Reads a kept body; one that can't be read is refused, never guessed.
    init(version: Int, body: String) throws(OrchestratorStateError) {
        guard version == Self.version else { throw .version(version) }
        guard let json = try? JSONValue(parsing: Array(body.utf8)), let isPaused = json["paused"]?.bool else {
            throw .unreadable(body)
        }
        self.isPaused = isPaused
    }

    var body: String { (["paused": .bool(isPaused)] as JSONValue).text }
}

/// Why the kept state can't be used.
enum OrchestratorStateError: OperatorError, Equatable {
    case version(Int)
    case unreadable(String)

    var code: String { "state.unreadable" }
    var what: String { "the kept state of the orchestrator can't be read" }
    var why: String {
        switch self {
        case .version(let version):
            "it has version \(version), this daemon knows \(OrchestratorState.version)"
        case .unreadable(let body): "it is '\(body.prefix(80))'"
        }
    }
    var next: String { "the daemon comes back paused; `botctl resume` when that is right" }
}
