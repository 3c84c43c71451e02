/// A refusal or failure as it travels in an answer: what, what next, and whether trying again helps.
package struct ControlError: Error, Sendable, Hashable, CustomStringConvertible {
    package let code: ErrorCode
    package let message: String
    package let hint: String?
    package let isRetryable: Bool
    /// The journal sequence the answer reflects, where the daemon knows it.
    package var sequence: UInt64?

    package init(
        _ code: ErrorCode,
        _ message: String,
        hint: String? = nil,
        isRetryable: Bool = false,
        sequence: UInt64? = nil
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.isRetryable = isRetryable
        self.sequence = sequence
    }

    package var description: String { "\(message) [\(code)]" }

    var json: JSONValue {
        var members = [JSONMember("code", .string(code.rawValue)), JSONMember("message", .string(message))]
        if let hint { members.append(JSONMember("hint", .string(hint))) }
        members.append(JSONMember("retryable", .bool(isRetryable)))
        if let sequence { members.append(JSONMember("seq", .unsigned(sequence))) }
        return .object(members)
    }

    /// Reads the `error` of an answer; nothing without a code.
    init?(_ json: JSONValue) {
        guard let code = json["code"]?.string else { return nil }
        self.init(
            ErrorCode(rawValue: code),
            json["message"]?.string ?? "no message",
            hint: json["hint"]?.string,
            isRetryable: json["retryable"]?.bool ?? false,
            sequence: json["seq"]?.unsigned
        )
    }
}
