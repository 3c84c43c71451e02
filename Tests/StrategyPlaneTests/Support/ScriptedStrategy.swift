import Contracts
import StrategyPlane

/// Says what a test has it say, bar by bar; nil says nothing.
struct ScriptedStrategy: Strategy {
    enum Line: Sendable {
        case say(StrategyDecision)
        case quiet
        case fail(String)
    }

    struct Memory: Codable {
        var bar = 0
    }

    static let parameters: [StrategyParameter<Self>] = [
        .flag("allow_short", \.allowsShort, help: "whether it may be short"),
        .count("offset", \.offset, in: 0...9, help: "which line is first"),
    ]

    let lines: [Line]
    var allowsShort = true
    var offset = 0
    var memory = Memory()

    init(_ lines: [Line], allowsShort: Bool = true) {
        self.lines = lines
        self.allowsShort = allowsShort
    }

    mutating func decide(
        on bar: FeatureSet,
        with inputs: StrategyInputs
    ) throws(StrategyFailure) -> StrategyDecision? {
        defer { memory.bar += 1 }
        let line = memory.bar + offset
        guard line < lines.count else { return nil }
        switch lines[line] {
        case .say(let decision): return decision
        case .quiet: return nil
        case .fail(let why): throw StrategyFailure(why)
        }
    }

    mutating func wentFlat() {}
}

extension ConfiguredStrategy {
    static func scripted(
        _ lines: [ScriptedStrategy.Line],
        id: String = "scripted",
        allowsShort: Bool = true,
        _ change: (inout StrategyOptions) -> Void = { _ in }
    ) -> ConfiguredStrategy {
        var options = StrategyOptions(id: StrategyID(id))
        change(&options)
        return ConfiguredStrategy(
            options: options,
            strategy: ScriptedStrategy(lines, allowsShort: allowsShort)
        )
    }
}

let long = ScriptedStrategy.Line.say(.full(.buy, reason: "up"))
let short = ScriptedStrategy.Line.say(.full(.sell, reason: "down"))
let flat = ScriptedStrategy.Line.say(.flat("out"))
let quiet = ScriptedStrategy.Line.quiet
let scripted = StrategyID("scripted")
