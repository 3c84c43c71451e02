/// An error that tells an operator what broke, why, and what happens or what to do next.
package protocol OperatorError: Error, CustomStringConvertible {
    /// A stable dotted code.
    var code: String { get }
    var what: String { get }
    var why: String { get }
    var next: String { get }
}

extension OperatorError {
    package var description: String { "\(what): \(why); \(next) [\(code)]" }
}
