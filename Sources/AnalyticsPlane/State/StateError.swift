import Contracts

/// Why the state of features or context could not be kept or taken over.
package enum StateError: OperatorError, Equatable {
    case version(StatefulPart, Int, known: Int)
    case unreadable(StatefulPart, why: String)
    case unwritable(StatefulPart, why: String)

    package var code: String {
        switch self {
        case .version(let part, _, _): "\(part.rawValue).state_version"
        case .unreadable(let part, _): "\(part.rawValue).state_unreadable"
        case .unwritable(let part, _): "\(part.rawValue).state_unwritable"
        }
    }
    package var what: String {
        switch self {
        case .version(let part, _, _), .unreadable(let part, _): "the \(part.rawValue) start anew"
        case .unwritable(let part, _): "the state of the \(part.rawValue) was not kept"
        }
    }
    package var why: String {
        switch self {
        case .version(_, let version, let known): "the kept state has layout \(version), known is \(known)"
        case .unreadable(_, let why), .unwritable(_, let why): why
        }
    }
    package var next: String {
        switch self {
        case .version, .unreadable: "what is fetched of the past warms them up"
        case .unwritable: "the next request tries again"
        }
    }
}

extension ErrorEvent {
    /// Says that a kept state is left aside because it was computed with other settings.
    init(anew part: StatefulPart, by module: Module) {
        self.init(
            meta: EventMeta(source: .analytics),
            module: module,
            severity: .warning,
            code: "\(part.rawValue).settings_changed",
            what: "the \(part.rawValue) start anew",
            why: "the settings are others than those that the kept state was computed with",
            next: "what is fetched of the past warms them up"
        )
    }
}
