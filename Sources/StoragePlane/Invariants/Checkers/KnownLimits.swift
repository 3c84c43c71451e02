import Contracts

/// I15: limits change with the configuration alone, and each start writes down which one it has read, by its digest,
/// before anything is approved under it.
struct KnownLimits: InvariantChecker {
    static let id = "I15"
    static let topics: Set<Topic> = [.controlState, .controlConfig, .riskApprovedIntent]

    /// A SHA-256 in hexadecimal.
    private static let digestCharacterCount = 64
    /// Whether the newest start has told its configuration; before the first start that the journal has, nobody knows.
    private var isKnown = true
    /// One breach a start is enough.
    private var isReported = false

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        switch event {
        case .controlState(let state) where state.lifecycle == .starting:
            (isKnown, isReported) = (false, false)
        case .controlConfig(let config):
            let digest = config.newHash.utf8
            isKnown = digest.count == Self.digestCharacterCount && digest.allSatisfy(Self.isHexadecimal)
            if !isKnown { report("the configuration's digest '\(config.newHash)' is no SHA-256") }
        case .riskApprovedIntent where !isKnown && !isReported:
            isReported = true
            report("an intent is approved under limits of which the journal has no digest since the start")
        default: break
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
