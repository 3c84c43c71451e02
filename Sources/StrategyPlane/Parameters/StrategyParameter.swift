import Contracts

/// One parameter that may be changed while its owner runs: its name, what it does, and how its text is read.
package struct StrategyParameter<Owner>: Sendable {
    package let name: String
    /// What it does and which values it takes, in a few words.
    package let help: String
    let read: @Sendable (Owner) -> String
    let write: @Sendable (inout Owner, String) throws(ParameterRefusal) -> Void
}

/// Why a text is no value of a parameter.
package struct ParameterRefusal: Error, Hashable, Sendable {
    package let why: String

    init(_ why: String) { self.why = why }
}

extension StrategyParameter {
    /// `true` or `false`.
    package static func flag(
        _ name: String,
        _ path: any WritableKeyPath<Owner, Bool> & Sendable,
        help: String
    ) -> Self {
        parsed(name, path, help: help) { text throws(ParameterRefusal) in
            guard let value = Bool(text) else {
                throw ParameterRefusal("'\(text)' is neither true nor false")
            }
            return value
        }
    }

    /// A whole number.
    package static func count(
        _ name: String,
        _ path: any WritableKeyPath<Owner, Int> & Sendable,
        in range: ClosedRange<Int>,
        help: String
    ) -> Self {
        parsed(name, path, help: help) { text throws(ParameterRefusal) in
            guard let value = Int(text), range.contains(value) else {
                throw ParameterRefusal(
                    "'\(text)' is no whole number from \(range.lowerBound) to \(range.upperBound)"
                )
            }
            return value
        }
    }

    /// An exact decimal number.
    package static func ratio(
        _ name: String,
        _ path: any WritableKeyPath<Owner, Ratio> & Sendable,
        in range: ClosedRange<Ratio>,
        help: String
    ) -> Self {
        parsed(name, path, help: help) { text throws(ParameterRefusal) in
            try Ratio.parameter(text, in: range)
        }
    }

    /// One of a few words.
    package static func choice<Choice: RawRepresentable & CaseIterable & Sendable>(
        _ name: String,
        _ path: any WritableKeyPath<Owner, Choice> & Sendable,
        help: String
    ) -> Self where Choice.RawValue == String {
        Self(
            name: name,
            help: help,
            read: { $0[keyPath: path].rawValue },
            write: { owner, text throws(ParameterRefusal) in
                guard let value = Choice(rawValue: text) else {
                    let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ParameterRefusal("'\(text)' is none of \(words)")
                }
                owner[keyPath: path] = value
            }
        )
    }

    private static func parsed<Value: CustomStringConvertible & Sendable>(
        _ name: String,
        _ path: any WritableKeyPath<Owner, Value> & Sendable,
        help: String,
        _ parse: @escaping @Sendable (String) throws(ParameterRefusal) -> Value
    ) -> Self {
        Self(
            name: name,
            help: help,
            read: { $0[keyPath: path].description },
            write: { owner, text throws(ParameterRefusal) in owner[keyPath: path] = try parse(text) }
        )
    }
}

extension Ratio {
    static func parameter(_ text: String, in range: ClosedRange<Ratio>) throws(ParameterRefusal) -> Ratio {
        guard let value = Ratio(text), range.contains(value) else {
            throw ParameterRefusal("'\(text)' is no number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}
