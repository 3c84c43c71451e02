import Contracts

/// One JSON value of a REST answer, with every number as the text that was sent.
///
/// Answers are few and their shapes many, so they are read whole; the streams' frames never are.
///
/// - Errors: ``WireError``, also for an answer that is nested too deep or holds too many values.
enum AnswerNode: Hashable, Sendable {
    case null
    case flag(Bool)
    /// A string, its escapes resolved.
    case text(String)
    /// A number, exactly as sent.
    case number(String)
    case list([AnswerNode])
    case members([Member])

    struct Member: Hashable, Sendable {
        let name: String
        let value: AnswerNode
    }

    /// The largest answers, a thousand instruments, have about fifty thousand.
    private static let valueCountMax = 400_000

    /// Reads one whole body: a single value and nothing behind it.
    init(reading body: [UInt8]) throws(WireError) {
        var outcome: Result<AnswerNode, WireError> = .failure(.missing(field: "answer"))
        unsafe body.withUnsafeBytes { bytes in
            var scanner = unsafe ByteScanner(bytes)
            outcome = Self.whole(&scanner)
        }
        self = try outcome.get()
    }

    private static func whole(_ scanner: inout ByteScanner) -> Result<AnswerNode, WireError> {
        do throws(WireError) {
            var room = valueCountMax
            let node = try read(&scanner, depth: 0, &room)
            scanner.skipSpace()
            guard scanner.at == scanner.count else { throw scanner.malformed("end of the answer") }
            return .success(node)
        } catch {
            return .failure(error)
        }
    }

    private static func read(
        _ scanner: inout ByteScanner,
        depth: Int,
        _ room: inout Int
    ) throws(WireError) -> AnswerNode {
        guard depth < ByteScanner.depthMax else { throw .tooDeep(limit: ByteScanner.depthMax) }
        guard room > 0 else {
            throw .malformed(field: "answer", text: "more than \(valueCountMax) values")
        }
        room -= 1
        scanner.skipSpace()
        switch scanner[scanner.at] {
        case 0x22: return .text(scanner.text(try scanner.string()))
        case 0x7B:
            try scanner.enterObject("object")
            var members: [Member] = []
            var isFirst = true
            while let key = try scanner.nextKey(&isFirst) {
                let name = scanner.text(key)
                members.append(Member(name: name, value: try read(&scanner, depth: depth + 1, &room)))
            }
            return .members(members)
        case 0x5B:
            try scanner.enterArray("array")
            var elements: [AnswerNode] = []
            var isFirst = true
            while try scanner.nextElement(&isFirst) {
                elements.append(try read(&scanner, depth: depth + 1, &room))
            }
            return .list(elements)
        default:
            let text = scanner.text(try scanner.word())
            switch text {
            case "true": return .flag(true)
            case "false": return .flag(false)
            case "null": return .null
            default: return .number(text)
            }
        }
    }

    /// The member of that name; nil where there is none, or this is no object.
    subscript(name: String) -> AnswerNode? {
        guard case .members(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The first of these members that is there and not null: names differ between the schema's generations.
    func first(of names: [String]) -> AnswerNode? {
        for name in names {
            if let value = self[name], value != .null { return value }
        }
        return nil
    }

    /// The elements; nil where this is no array.
    var elements: [AnswerNode]? {
        guard case .list(let elements) = self else { return nil }
        return elements
    }
}
