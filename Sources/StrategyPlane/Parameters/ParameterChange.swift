import Contracts

/// One parameter of one strategy, as an operator set it; kept over a restart.
struct ParameterChange: Hashable, Codable {
    let key: String
    let value: String
}

/// What a change of a parameter came to.
struct ParameterOutcome: Hashable {
    let old: String
    let new: String
    /// Whether it moves how much is asked for.
    let resizes: Bool
}

/// Why a parameter was not changed.
enum ParameterError: Error {
    case unknown(known: [String])
    case refused(ParameterRefusal)
}

extension Strategy {
    /// Changes one of its own parameters.
    mutating func set(_ change: ParameterChange) throws(ParameterError) -> ParameterOutcome {
        guard let parameter = Self.parameters.first(where: { $0.name == change.key }) else {
            throw .unknown(known: parameterNames)
        }
        return try parameter.set(change.value, on: &self)
    }

    var parameterNames: [String] { Self.parameters.map(\.name) }
}

extension StrategyOptions {
    /// Changes one of the parameters that every strategy has.
    mutating func set(_ change: ParameterChange) throws(ParameterError) -> ParameterOutcome {
        guard let parameter = Self.parameters.first(where: { $0.name == change.key }) else {
            throw .unknown(known: Self.parameters.map(\.name))
        }
        let (sizing, most) = (sizing, allocationMax)
        let outcome = try parameter.set(change.value, on: &self)
        let resizes = self.sizing != sizing || allocationMax != most
        return ParameterOutcome(old: outcome.old, new: outcome.new, resizes: resizes)
    }
}

extension StrategyParameter {
    fileprivate func set(_ text: String, on owner: inout Owner) throws(ParameterError) -> ParameterOutcome {
        let old = read(owner)
        do throws(ParameterRefusal) { try write(&owner, text) } catch { throw .refused(error) }
        return ParameterOutcome(old: old, new: read(owner), resizes: false)
    }
}
