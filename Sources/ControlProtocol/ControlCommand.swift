/// The word of a command on the wire.
package enum ControlCommandName: String, Sendable, CaseIterable {
    case pause
    case resume
    case stop
    case logsLevel = "logs_level"
    case logsOn = "logs_on"
    case logsOff = "logs_off"
    case strategyEnable = "strategy_enable"
    case strategyDisable = "strategy_disable"
    case strategySet = "strategy_set"
    case riskReset = "risk_reset"

    /// The fields of the command beside `command`, `reason` and `key`.
    var parameters: [String] {
        switch self {
        case .pause, .resume, .stop, .logsOn, .logsOff, .riskReset: []
        case .logsLevel: ["level"]
        case .strategyEnable, .strategyDisable: ["strategy"]
        case .strategySet: ["strategy", "parameter", "value"]
        }
    }

    /// Making things safer is never rate limited and passes all others.
    package var isNeverRateLimited: Bool {
        switch self {
        case .pause, .stop: true
        case .resume, .logsLevel, .logsOn, .logsOff, .strategyEnable, .strategyDisable, .strategySet,
            .riskReset:
            false
        }
    }
}

/// How much the daemon logs, least first to most.
package enum ControlLogLevel: String, Sendable, CaseIterable {
    case critical, error, warning, notice, info, debug, trace
}

/// What a command asks for, with the parameters only it has.
package enum ControlAction: Sendable, Hashable {
    case pause
    case resume
    case stop
    case logsLevel(ControlLogLevel)
    case logsOn
    case logsOff
    case strategyEnable(String)
    case strategyDisable(String)
    case strategySet(String, parameter: String, value: String)
    case riskReset

    package var name: ControlCommandName {
        switch self {
        case .pause: .pause
        case .resume: .resume
        case .stop: .stop
        case .logsLevel: .logsLevel
        case .logsOn: .logsOn
        case .logsOff: .logsOff
        case .strategyEnable: .strategyEnable
        case .strategyDisable: .strategyDisable
        case .strategySet: .strategySet
        case .riskReset: .riskReset
        }
    }

    /// The parameters as they travel, in the order of ``ControlCommandName/parameters``.
    fileprivate var values: [String] {
        switch self {
        case .pause, .resume, .stop, .logsOn, .logsOff, .riskReset: []
        case .logsLevel(let level): [level.rawValue]
        case .strategyEnable(let strategy), .strategyDisable(let strategy): [strategy]
        case .strategySet(let strategy, let parameter, let value): [strategy, parameter, value]
        }
    }
}

/// One request that changes something, and the key by which a retry of it never acts twice.
package struct ControlCommand: Sendable, Hashable {
    package let action: ControlAction
    package let reason: String?
    package let key: String?

    package init(_ action: ControlAction, reason: String? = nil, key: String? = nil) {
        self.action = action
        self.reason = reason
        self.key = key
    }

    package var name: ControlCommandName { action.name }

    var json: JSONValue {
        var members = [JSONMember("command", .string(name.rawValue))]
        for (parameter, value) in zip(name.parameters, action.values) {
            members.append(JSONMember(parameter, .string(value)))
        }
        if let reason { members.append(JSONMember("reason", .string(reason))) }
        if let key { members.append(JSONMember("key", .string(key))) }
        return .object(members)
    }

    init(_ json: JSONValue) throws(ControlError) {
        let fields = try RequestFields(json, of: "payload")
        let word = try fields.text("command", bytesMax: ControlLimits.keyBytesMax)
        guard let name = ControlCommandName(rawValue: word) else {
            throw unknownWord(word, "command", .unknownCommand, ControlCommandName.allCases.map(\.rawValue))
        }
        try fields.allow(["command", "reason", "key"] + name.parameters)
        self.init(
            try Self.action(name, fields),
            reason: try fields.optionalText("reason", bytesMax: ControlLimits.reasonBytesMax),
            key: try fields.optionalText("key", bytesMax: ControlLimits.keyBytesMax)
        )
    }

    private static func action(
        _ name: ControlCommandName,
        _ fields: RequestFields
    ) throws(ControlError) -> ControlAction {
        switch name {
        case .pause: return .pause
        case .resume: return .resume
        case .stop: return .stop
        case .logsOn: return .logsOn
        case .logsOff: return .logsOff
        case .logsLevel:
            let word = try fields.text("level", bytesMax: ControlLimits.keyBytesMax)
            guard let level = ControlLogLevel(rawValue: word) else {
                throw unknownWord(word, "log level", .badValue, ControlLogLevel.allCases.map(\.rawValue))
            }
            return .logsLevel(level)
        case .strategyEnable: return .strategyEnable(try word("strategy", fields))
        case .strategyDisable: return .strategyDisable(try word("strategy", fields))
        case .strategySet:
            return .strategySet(
                try word("strategy", fields),
                parameter: try word("parameter", fields),
                value: try word("value", fields)
            )
        case .riskReset: return .riskReset
        }
    }

    private static func word(_ name: String, _ fields: RequestFields) throws(ControlError) -> String {
        try fields.text(name, bytesMax: ControlLimits.keyBytesMax)
    }
}
