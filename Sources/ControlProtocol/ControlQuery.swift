/// A question about published state; it changes nothing.
package enum ControlQuery: Sendable, Hashable {
    case status
    case logsTail(count: Int)
    case positions
    case strategies
    case risk

    package enum Name: String, Sendable, CaseIterable {
        case status
        case logsTail = "logs_tail"
        case positions
        case strategies
        case risk
    }

    package var name: Name {
        switch self {
        case .status: .status
        case .logsTail: .logsTail
        case .positions: .positions
        case .strategies: .strategies
        case .risk: .risk
        }
    }

    var json: JSONValue {
        var members = [JSONMember("what", .string(name.rawValue))]
        if case .logsTail(let count) = self { members.append(JSONMember("count", .integer(Int64(count)))) }
        return .object(members)
    }

    init(_ json: JSONValue) throws(ControlError) {
        let fields = try RequestFields(json, of: "query")
        let word = try fields.text("what", bytesMax: ControlLimits.keyBytesMax)
        guard let name = Name(rawValue: word) else {
            throw unknownWord(word, "query", .unknownQuery, Name.allCases.map(\.rawValue))
        }
        try fields.allow(name == .logsTail ? ["what", "count"] : ["what"])
        switch name {
        case .status: self = .status
        case .positions: self = .positions
        case .strategies: self = .strategies
        case .risk: self = .risk
        case .logsTail:
            let count = try fields.optionalInteger("count", in: 1...Int64(ControlLimits.logLinesMax))
            self = .logsTail(count: count.map(Int.init) ?? ControlLimits.logLinesDefault)
        }
    }
}
