import Contracts

/// Why risk's memory could not be kept or restored.
package enum RiskStateError: OperatorError, Equatable {
    case version(Int, known: Int)
    case unreadable(why: String)
    case unwritable(why: String)

    package var code: String {
        switch self {
        case .version: "risk.version"
        case .unreadable: "risk.unreadable"
        case .unwritable: "risk.unwritable"
        }
    }

    package var what: String {
        switch self {
        case .version, .unreadable: "risk's halts and limits used up were not restored"
        case .unwritable: "risk's halts and limits used up were not kept"
        }
    }

    package var why: String {
        switch self {
        case .version(let version, let known):
            "its layout has version \(version), this program knows \(known)"
        case .unreadable(let why), .unwritable(let why): why
        }
    }

    package var next: String {
        switch self {
        case .version, .unreadable:
            "risk is halted: look at positions and losses, then end the halt with botctl risk reset"
        case .unwritable: "the next request tries again; a restart before it would forget the newest halt"
        }
    }
}
