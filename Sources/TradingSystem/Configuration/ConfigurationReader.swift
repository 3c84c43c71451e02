import Contracts
import ControlProtocol
import TOMLKit

/// Reads typed settings out of a TOML text and gathers everything that is wrong with it.
///
/// - Shape: `section.key`; a key that nobody asks for is an error, with the nearest known one.
/// - Units: those in the key's name; exact numbers are whole numbers or text, never binary fractions.
struct ConfigurationReader {
    private enum Value {
        case text(String)
        case whole(Int)
        case fraction(Double)
        case flag(Bool)
        case list([String])
        case wholes([Int])
        /// Given from outside the file: read as whatever the key wants.
        case given(String)
        case other(String)

        var kind: String {
            switch self {
            case .text: "text"
            case .whole: "a whole number"
            case .fraction: "a fraction"
            case .flag: "true or false"
            case .list: "a list of texts"
            case .wholes: "a list of whole numbers"
            case .given(let text): "\"\(text)\""
            case .other(let kind): kind
            }
        }

        var words: String {
            switch self {
            case .text(let text), .given(let text): text
            case .whole(let number): String(number)
            case .fraction(let number): "\(number)"
            case .flag(let flag): String(flag)
            case .list(let texts): texts.joined(separator: ", ")
            case .wholes(let numbers): numbers.map(String.init).joined(separator: ", ")
            case .other(let kind): kind
            }
        }

        var whole: Int? {
            switch self {
            case .whole(let number): number
            case .given(let text): Int(text)
            default: nil
            }
        }

        var wholes: [Int]? {
            switch self {
            case .wholes(let numbers): return numbers
            case .given(let text):
                let parts = text.split(separator: "+")
                let numbers = parts.compactMap { Int($0) }
                return numbers.count == parts.count ? numbers : nil
            default: return nil
            }
        }
    }

    private let file: String
    private var values: [String: Value] = [:]
    private var asked: Set<String> = []
    private(set) var problems: [ConfigurationError.Problem] = []

    /// Parses `text`; `file` only names it in messages.
    ///
    /// What `overriding` has goes before the file: values by key, as plain text; of lists, with + between.
    init(text: String, file: String, overriding: [String: String] = [:]) throws(ConfigurationError) {
        self.file = file
        do {
            let table = try TOMLTable(string: text)
            flatten(table, into: "")
        } catch let error as TOMLParseError {
            let place = "\(file):\(error.source.begin.line):\(error.source.begin.column)"
            throw ConfigurationError(problems: [
                .init(place: place, text: error.description, code: "cfg.syntax")
            ])
        } catch {
            throw ConfigurationError(problems: [.init(place: file, text: "\(error)", code: "cfg.syntax")])
        }
        for (key, value) in overriding { values[key] = .given(value) }
    }

    // MARK: Reading

    mutating func text(_ key: String, default fallback: String) -> String {
        guard let value = ask(key) else { return fallback }
        switch value {
        case .text(let text), .given(let text): return text
        default: return refuse(key, value, wanted: "text in quotes", fallback)
        }
    }

    mutating func list(_ key: String, default fallback: [String]) -> [String] {
        guard let value = ask(key) else { return fallback }
        if case .list(let list) = value { return list }
        if case .given(let text) = value { return text.split(separator: "+").map(String.init) }
        return refuse(key, value, wanted: "a list of texts, as [\"A\", \"B\"]", fallback)
    }

    mutating func wholes(_ key: String, in range: ClosedRange<Int>, default fallback: [Int]) -> [Int] {
        guard let value = ask(key) else { return fallback }
        if case .list(let texts) = value, texts.isEmpty { return [] }
        guard let numbers = value.wholes else {
            return refuse(key, value, wanted: "a list of whole numbers, as [300, 3600]", fallback)
        }
        guard let wrong = numbers.first(where: { !range.contains($0) }) else { return numbers }
        return refuse(
            key,
            "\(wrong) is not within \(range.lowerBound) to \(range.upperBound)",
            "cfg.range",
            fallback
        )
    }

    mutating func flag(_ key: String, default fallback: Bool) -> Bool {
        guard let value = ask(key) else { return fallback }
        if case .flag(let flag) = value { return flag }
        if case .given(let text) = value, let flag = Bool(text) { return flag }
        return refuse(key, value, wanted: "true or false", fallback)
    }

    mutating func whole(_ key: String, in range: ClosedRange<Int>, default fallback: Int) -> Int {
        guard let value = ask(key) else { return fallback }
        guard let number = value.whole else {
            return refuse(key, value, wanted: "a whole number", fallback)
        }
        guard range.contains(number) else {
            return refuse(
                key,
                "\(number) is not within \(range.lowerBound) to \(range.upperBound)",
                "cfg.range",
                fallback
            )
        }
        return number
    }

    mutating func fraction(_ key: String, in range: ClosedRange<Double>, default fallback: Double) -> Double {
        guard let value = ask(key) else { return fallback }
        let number: Double
        switch value {
        case .fraction(let fraction): number = fraction
        case .whole(let whole): number = Double(whole)
        case .given(let text):
            guard let given = Double(text) else {
                return refuse(key, value, wanted: "a number", fallback)
            }
            number = given
        default: return refuse(key, value, wanted: "a number", fallback)
        }
        guard range.contains(number) else {
            return refuse(
                key,
                "\(number) is not within \(range.lowerBound) to \(range.upperBound)",
                "cfg.range",
                fallback
            )
        }
        return number
    }

    mutating func ratio(_ key: String, default fallback: Ratio) -> Ratio {
        exact(key, "a fraction in quotes, as \"0.0005\"", fallback) { Ratio($0) }
    }

    mutating func ratio(_ key: String, in range: ClosedRange<Ratio>, default fallback: Ratio) -> Ratio {
        let number = ratio(key, default: fallback)
        guard !range.contains(number) else { return number }
        return refuse(
            key,
            "\(number) is not within \(range.lowerBound) to \(range.upperBound)",
            "cfg.range",
            fallback
        )
    }

    /// A quantity above or at zero.
    mutating func quantity(_ key: String, default fallback: Quantity) -> Quantity {
        let amount = exact(key, "a quantity, as 1 or \"0.001\"", fallback) { Quantity($0) }
        guard amount.isNegative else { return amount }
        return refuse(key, "\(amount) is below zero", "cfg.range", fallback)
    }

    /// An amount above or at zero.
    mutating func money(_ key: String, default fallback: Money) -> Money {
        let amount = exact(key, "an amount, as 1000 or \"1000.50\"", fallback) { Money($0) }
        guard amount.isNegative else { return amount }
        return refuse(key, "\(amount) is below zero", "cfg.range", fallback)
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        default fallback: Choice
    ) -> Choice where Choice.RawValue == String {
        let word = text(key, default: fallback.rawValue)
        if let choice = Choice(rawValue: word) { return choice }
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        return refuse(key, "\"\(word)\" is none of \(known)", "cfg.choice", fallback)
    }

    /// Every key that is there, in order, with its value in words.
    var pairs: [(key: String, value: String)] {
        values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.words) }
    }

    /// Whether the key is there.
    func has(_ key: String) -> Bool { values[key] != nil }

    /// The names that stand right under `prefix`, in order.
    func keys(under prefix: String) -> [String] {
        let names = values.keys.compactMap { key -> String? in
            guard key.hasPrefix(prefix + ".") else { return nil }
            return key.dropFirst(prefix.utf8.count + 1).split(separator: ".").first.map(String.init)
        }
        return Set(names).sorted()
    }

    /// Notes something wrong that no single reading shows.
    mutating func complain(_ key: String, _ text: String, code: String = "cfg.conflict") {
        problems.append(.init(place: "\(file): \(key)", text: text, code: code))
    }

    /// Throws everything that was wrong, keys that nobody asked for included.
    mutating func finish() throws(ConfigurationError) {
        for key in values.keys.sorted() where !asked.contains(key) {
            let near = nearestWord(to: key, among: asked.sorted()).map { "; did you mean \($0)?" } ?? ""
            complain(key, "no such key\(near)", code: "cfg.unknown")
        }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
    }

    // MARK: Helpers

    private mutating func ask(_ key: String) -> Value? {
        asked.insert(key)
        return values[key]
    }

    private mutating func exact<Number>(
        _ key: String,
        _ wanted: String,
        _ fallback: Number,
        _ parse: (String) -> Number?
    ) -> Number {
        guard let value = ask(key) else { return fallback }
        switch value {
        case .whole(let whole): if let number = parse(String(whole)) { return number }
        case .text(let text), .given(let text): if let number = parse(text) { return number }
        default: break
        }
        return refuse(key, value, wanted: wanted, fallback)
    }

    private mutating func refuse<Fallback>(
        _ key: String,
        _ value: Value,
        wanted: String,
        _ fallback: Fallback
    ) -> Fallback {
        let found = if case .text(let text) = value { "\"\(text)\"" } else { value.kind }
        return refuse(key, "\(found) is not \(wanted)", "cfg.type", fallback)
    }

    private mutating func refuse<Fallback>(
        _ key: String,
        _ text: String,
        _ code: String,
        _ fallback: Fallback
    ) -> Fallback {
        complain(key, text, code: code)
        return fallback
    }

    private mutating func flatten(_ table: TOMLTable, into prefix: String) {
        for key in table.keys.sorted() {
            guard let value = table[key] else { continue }
            let path = prefix.isEmpty ? key : "\(prefix).\(key)"
            if let nested = value.table {
                flatten(nested, into: path)
            } else {
                values[path] = Self.read(value)
            }
        }
    }

    private static func read(_ value: any TOMLValueConvertible) -> Value {
        if let text = value.string { return .text(text) }
        if let flag = value.bool { return .flag(flag) }
        if let whole = value.int { return .whole(whole) }
        if let fraction = value.double { return .fraction(fraction) }
        guard let array = value.array else { return .other("\(value.type)") }
        let (texts, numbers) = (array.compactMap(\.string), array.compactMap(\.int))
        if texts.count == array.count { return .list(texts) }
        return numbers.count == array.count ? .wholes(numbers) : .other("a list of different things")
    }
}
