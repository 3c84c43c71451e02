import Contracts

/// The strategies that are configured, with what an operator and their own failures made of them.
struct Roster {
    struct Entry {
        var options: StrategyOptions
        /// What a new seat gets a copy of.
        var strategy: any Strategy
        var isEnabled = true
        var offReason = ""
        /// Every parameter that was changed, with its newest value, in the order of the first change.
        var changes: [ParameterChange] = []
    }

    private(set) var entries: [Entry]
    /// Grows whenever there may be a seat to take that was not there before.
    private(set) var revision = 0

    init(_ strategies: [ConfiguredStrategy]) {
        entries = strategies.map { Entry(options: $0.options, strategy: $0.strategy) }
        let ids = Set(entries.map(\.options.id))
        precondition(ids.count == entries.count, "each strategy has an id of its own")
    }

    func place(of id: StrategyID) -> Int? { entries.firstIndex { $0.options.id == id } }

    mutating func switchOff(_ place: Int, why: String) {
        entries[place].isEnabled = false
        entries[place].offReason = why
    }

    mutating func switchOn(_ place: Int) {
        entries[place].isEnabled = true
        entries[place].offReason = ""
        revision += 1
    }

    /// Changes one parameter for every seat to come.
    mutating func set(_ place: Int, _ change: ParameterChange) throws(ParameterError) -> ParameterOutcome {
        var entry = entries[place]
        let outcome = try Self.set(change, &entry.options, &entry.strategy)
        entry.changes.removeAll { $0.key == change.key }
        entry.changes.append(change)
        entries[place] = entry
        return outcome
    }

    /// Changes one parameter, of the strategy or of what every strategy has.
    @discardableResult
    static func set(
        _ change: ParameterChange,
        _ options: inout StrategyOptions,
        _ strategy: inout any Strategy
    ) throws(ParameterError) -> ParameterOutcome {
        do throws(ParameterError) { return try strategy.set(change) } catch {
            guard case .unknown(let own) = error else { throw error }
            do throws(ParameterError) { return try options.set(change) } catch {
                guard case .unknown(let common) = error else { throw error }
                throw .unknown(known: own + common)
            }
        }
    }
}
