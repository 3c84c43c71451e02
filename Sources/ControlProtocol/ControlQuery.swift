/// A question about published state; it changes nothing.
package enum ControlQuery: Sendable, Hashable {
    case status
    case logsTail(count: Int)
    case positions
    case strategies
    case risk
    /// The chain of events that a name stands for: an intent, an order, a command, an event's number.
    case explain(String)

    package enum Name: String, Sendable, CaseIterable {
        case status
        case logsTail = "logs_tail"
        case positions
        case strategies
        case risk
        case explain
    }

    package var name: Name {
        switch self {
        case .status: .status
        case .logsTail: .logsTail
        case .positions: .positions
        case .strategies: .strategies
        case .risk: .risk
        case .explain: .explain
        }
    }

    var json: JSONValue {
        var members = [JSONMember("what", .string(name.rawValue))]
        switch self {
        case .logsTail(let count): members.append(JSONMember("count", .integer(Int64(count))))
        case .explain(let chain): members.append(JSONMember("chain", .string(chain)))
        case .status, .positions, .strategies, .risk: break
        }
        return .object(members)
    }

    init(_ json: JSONValue) throws(ControlError) {
        let fields = try RequestFields(json, of: "query")
        let word = try fields.text("what", bytesMax: ControlLimits.keyBytesMax)
        guard let name = Name(rawValue: word) else {
            throw unknownWord(word, "query", .unknownQuery, Name.allCases.map(\.rawValue))
        }
        try fields.allow(["what"] + name.parameters)
        switch name {
        case .status: self = .status
        case .positions: self = .positions
        case .strategies: self = .strategies
        case .risk: self = .risk
        case .explain: self = .explain(try fields.text("chain", bytesMax: ControlLimits.chainNameBytesMax))
        case .logsTail:
            let count = try fields.optionalInteger("count", in: 1...Int64(ControlLimits.logLinesMax))
            self = .logsTail(count: count.map(Int.init) ?? ControlLimits.logLinesDefault)
        }
    }
}

extension ControlQuery.Name {
    /// The fields beside `what`.
    fileprivate var parameters: [String] {
        switch self {
        case .logsTail: ["count"]
        case .explain: ["chain"]
        case .status, .positions, .strategies, .risk: []
        }
    }
}
