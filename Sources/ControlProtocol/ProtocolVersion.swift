/// A version of the control protocol; within one major number fields are only added.
package struct ProtocolVersion: Sendable, Hashable, CustomStringConvertible {
    /// What this library speaks.
    package static let current = ProtocolVersion(major: 1, minor: 0)

    package let major: Int
    package let minor: Int

    package init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads `1.0`; nothing for any other shape.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let major = Self.digits(parts[0]), let minor = Self.digits(parts[1]) else {
            return nil
        }
        self.init(major: major, minor: minor)
    }

    package var description: String { "\(major).\(minor)" }

    /// How well a client of this version gets on with a daemon of `server`.
    package func agreement(with server: ProtocolVersion) -> Agreement {
        guard major == server.major else { return .refused }
        return minor == server.minor ? .same : .otherMinor
    }

    /// What two versions may do together.
    package enum Agreement: Sendable, Hashable {
        case same
        /// Works; worth a warning, since one side lacks fields the other has.
        case otherMinor
        /// Another major number: nothing may be assumed.
        case refused
    }

    private static func digits(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }
}
