/// The version that every program of this package tells, in greetings and in `version`.
package enum ProgramVersion {
    package static let current = "0.1.0"
}
