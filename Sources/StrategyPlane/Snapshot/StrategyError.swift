import Contracts

/// Why the strategies' state was not kept or not restored.
enum StrategyError: OperatorError, Equatable {
    case version(Int, known: Int)
    case unreadable(why: String)
    case unwritable(why: String)

    var code: String {
        switch self {
        case .version: "strategies.version"
        case .unreadable: "strategies.unreadable"
        case .unwritable: "strategies.unwritable"
        }
    }

    var what: String {
        switch self {
        case .version, .unreadable: "the strategies' state was not restored"
        case .unwritable: "the strategies' state was not kept"
        }
    }

    var why: String {
        switch self {
        case .version(let version, let known):
            "its layout has version \(version), this program knows \(known)"
        case .unreadable(let why), .unwritable(let why): why
        }
    }

    var next: String {
        switch self {
        case .version, .unreadable:
            "the strategies start anew and take over what is held; disabled ones are enabled again"
        case .unwritable: "the next request tries again; a restart before it starts the strategies anew"
        }
    }
}
