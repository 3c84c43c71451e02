/// The stable, dotted name of a refusal; a code this build does not know still travels unchanged.
package struct ErrorCode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    private init(_ rawValue: String) {
        self.init(rawValue: rawValue)
    }

    package var description: String { rawValue }

    /// The part before the first dot, `gate` of `gate.paused`.
    package var family: Substring {
        rawValue.prefix { $0 != "." }
    }
}

extension ErrorCode {
    /// The line is no JSON object of the frame's shape.
    package static let malformed = ErrorCode("usage.malformed")
    package static let lineTooLong = ErrorCode("usage.line_too_long")
    package static let unknownCommand = ErrorCode("usage.unknown_command")
    package static let unknownQuery = ErrorCode("usage.unknown_query")
    package static let unknownField = ErrorCode("usage.unknown_field")
    package static let missingField = ErrorCode("usage.missing_field")
    package static let badValue = ErrorCode("usage.bad_value")
    /// One idempotency key came again with another body.
    package static let keyReused = ErrorCode("usage.key_reused")
    /// Nothing arrived in the time the protocol gives.
    package static let idle = ErrorCode("usage.idle")

    package static let denied = ErrorCode("auth.denied")
    package static let notFound = ErrorCode("not_found")
    package static let stale = ErrorCode("precondition.stale")

    package static let confirmRequired = ErrorCode("confirm.required")
    package static let confirmExpired = ErrorCode("confirm.expired")
    package static let confirmMismatch = ErrorCode("confirm.mismatch")

    package static let gatePaused = ErrorCode("gate.paused")
    package static let gateStopping = ErrorCode("gate.stopping")
    package static let gateHalted = ErrorCode("gate.halted")
    package static let gateReconciling = ErrorCode("gate.reconciling")
    package static let gateStaleData = ErrorCode("gate.stale_data")
    package static let gateClock = ErrorCode("gate.clock")
    package static let gateUnknownOutcome = ErrorCode("gate.unknown_outcome")
    package static let gateLimit = ErrorCode("gate.limit")

    package static let busy = ErrorCode("busy")
    package static let outcomeUnknown = ErrorCode("outcome.unknown")
    package static let internalFailure = ErrorCode("internal")
}
