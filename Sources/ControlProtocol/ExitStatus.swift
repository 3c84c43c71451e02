/// What a program's exit status means; scripts rely on these numbers.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    case done = 0
    case failure = 1
    case conditionFalse = 3
    case refusedByGate = 10
    case confirmationNeeded = 11
    case outcomeUnknown = 12
    case stalePrecondition = 13
    case usage = 64
    case dataDamaged = 65
    case unreachable = 69
    case internalFailure = 70
    case tryAgain = 75
    case protocolVersion = 76
    case notPermitted = 77
    case configurationInvalid = 78
    case timeout = 124
    case interrupted = 130

    /// The status for an error answer of the daemon; a code of a family unknown here is a plain failure.
    package init(_ code: ErrorCode) {
        switch code {
        case .denied: self = .notPermitted
        case .stale, .confirmMismatch: self = .stalePrecondition
        case .outcomeUnknown: self = .outcomeUnknown
        case .busy: self = .tryAgain
        case .internalFailure: self = .internalFailure
        default: self = Self.ofFamily(code.family)
        }
    }

    private static func ofFamily(_ family: Substring) -> ExitStatus {
        switch family {
        case "usage": .usage
        case "auth": .notPermitted
        case "precondition": .stalePrecondition
        case "confirm": .confirmationNeeded
        case "gate": .refusedByGate
        case "config": .configurationInvalid
        default: .failure
        }
    }
}
