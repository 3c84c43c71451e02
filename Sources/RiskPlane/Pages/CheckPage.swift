import Contracts

/// What is to be said of one check: the one source of its documentation.
package struct CheckPage: Sendable {
    /// What a check looks at.
    package enum Scope: String, Sendable {
        /// Exits too.
        case everything
        /// What reduces a position passes.
        case entries
    }

    /// What it does about a wish that is too big.
    package enum Answer: String, Sendable {
        case refuses
        /// And refuses where nothing would be left.
        case shrinks
        /// A wish that turns a position round is cut to its exit; any other entry is refused.
        case cutsToExit = "cuts a turn to its exit"
    }

    package let check: RiskCheck
    package let asks: String
    package let scope: Scope
    package let answer: Answer
    /// The keys of ``RiskSetting`` that it goes by.
    package let keys: [String]
    /// What it does while something has never been said.
    package let unknown: String

    init(
        _ check: RiskCheck,
        _ asks: String,
        _ scope: Scope,
        _ answer: Answer = .refuses,
        keys: [String] = [],
        unknown: String = "refuses"
    ) {
        self.check = check
        self.asks = asks
        self.scope = scope
        self.answer = answer
        self.keys = keys
        self.unknown = unknown
    }

    /// Finds the page of a check.
    package static func of(_ check: RiskCheck) -> CheckPage? { all.first { $0.check == check } }
}
