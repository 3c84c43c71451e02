/// The members of one object in a request, read strictly: a field nobody knows is refused by name.
struct RequestFields {
    private let members: [JSONMember]
    private let place: String

    init(_ json: JSONValue, of place: String) throws(ControlError) {
        guard let members = json.members else {
            throw ControlError(.malformed, "`\(place)` must be a JSON object.")
        }
        self.members = members
        self.place = place
    }

    func allow(_ known: [String]) throws(ControlError) {
        guard let stranger = members.first(where: { !known.contains($0.key) }) else { return }
        throw unknownWord(stranger.key, "field of `\(place)`", .unknownField, known)
    }

    func text(_ key: String, bytesMax: Int) throws(ControlError) -> String {
        guard let text = try optionalText(key, bytesMax: bytesMax) else {
            throw ControlError(.missingField, "`\(place)` lacks `\(key)`.")
        }
        return text
    }

    func optionalText(_ key: String, bytesMax: Int) throws(ControlError) -> String? {
        guard let value = members.first(where: { $0.key == key })?.value else { return nil }
        guard let text = value.string, (1...bytesMax).contains(text.utf8.count) else {
            throw ControlError(.badValue, "`\(key)` must be a string of 1 to \(bytesMax) bytes.")
        }
        return text
    }

    func optionalInteger(_ key: String, in range: ClosedRange<Int64>) throws(ControlError) -> Int64? {
        guard let value = members.first(where: { $0.key == key })?.value else { return nil }
        guard let integer = value.integer, range.contains(integer) else {
            throw ControlError(
                .badValue,
                "`\(key)` must be an integer from \(range.lowerBound) to \(range.upperBound)."
            )
        }
        return integer
    }
}

/// A refusal of a word we do not know, with the nearest one we do.
func unknownWord(_ word: String, _ kind: String, _ code: ErrorCode, _ known: [String]) -> ControlError {
    let nearest = nearestWord(to: word, among: known)
    return ControlError(
        code,
        "Unknown \(kind) \"\(word.prefix(ControlLimits.keyBytesMax))\".",
        hint: nearest.map { "did you mean \"\($0)\"?" }
            ?? (known.isEmpty ? nil : "known: \(known.joined(separator: ", "))")
    )
}
