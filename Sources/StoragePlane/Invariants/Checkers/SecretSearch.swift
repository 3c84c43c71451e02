/// I25: no secret stands in the journal.
///
/// Looks for the names under which secrets travel and, where they are told, for the secrets themselves.
struct SecretSearch {
    static let id = "I25"

    private static let names = [
        "\"apiKey\"", "\"api_key\"", "\"apiSecret\"", "\"api_secret\"", "\"password\"", "\"passphrase\"",
        "PRIVATE KEY-----", "X-BAPI-SIGN", "\"botToken\"", "\"bot_token\"",
    ]
    private struct Pattern {
        let name: String
        let bytes: [UInt8]
    }
    /// By their first byte.
    private let patterns: [UInt8: [Pattern]]
    private let isFirst: [Bool]

    /// `secrets`: texts that are secret themselves; they are never repeated in a sentence.
    init(_ secrets: [String]) {
        let all =
            Self.names.map { Pattern(name: $0, bytes: Array($0.utf8)) }
            + secrets.filter { !$0.isEmpty }.map { Pattern(name: "a known secret", bytes: Array($0.utf8)) }
        let patterns = Dictionary(grouping: all) { $0.bytes[0] }
        self.patterns = patterns
        isFirst = (UInt8.min...UInt8.max).map { patterns[$0] != nil }
    }

    /// What was found in a payload; nil: nothing.
    func take(_ bytes: [UInt8]) -> String? {
        for place in bytes.indices where isFirst[Int(bytes[place])] {
            let found = patterns[bytes[place]]?.first { bytes[place...].starts(with: $0.bytes) }
            if let found { return "the payload holds \(found.name)" }
        }
        return nil
    }
}
