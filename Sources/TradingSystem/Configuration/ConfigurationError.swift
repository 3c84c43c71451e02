/// What is wrong with a configuration, all of it at once.
package struct ConfigurationError: Error, CustomStringConvertible, Equatable {
    /// One thing to mend, with its key or place.
    package struct Problem: Hashable, Sendable, CustomStringConvertible {
        package let place: String
        package let text: String
        /// A stable dotted code, as `cfg.type`.
        package let code: String

        package var description: String { "\(place): error: \(text)  [\(code)]" }
    }

    package let problems: [Problem]

    /// Whether there is no such file, or none that may be read.
    package var isUnreadable: Bool { problems.contains { $0.code == "cfg.file" } }

    package var description: String {
        let count = problems.count == 1 ? "1 error" : "\(problems.count) errors"
        return (problems.map(\.description) + [count]).joined(separator: "\n")
    }
}
