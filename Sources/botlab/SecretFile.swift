import ArgumentParser
import TradingSystem

/// A file of secrets, one a line, as credentials are kept.
enum SecretFile {
    /// Shorter ones would stand in any journal by chance.
    private static let lengthMin = 8
    private static let lineCountMax = 64
    private static let wrongInput = ExitCode(66)

    /// The secrets in it; they are never repeated in a message.
    static func read(_ path: String) throws -> [String] {
        let text: String
        do throws(ConfigurationError) {
            text = try Configuration.text(of: path)
        } catch {
            throw refusal(path, "can't be used: \(error.problems.map(\.text).joined())", "name another")
        }
        let secrets = text.split(whereSeparator: \.isNewline).map(String.init)
        guard !secrets.isEmpty, secrets.count <= lineCountMax else {
            throw refusal(path, "has \(secrets.count) lines", "give 1 to \(lineCountMax), a secret each")
        }
        guard secrets.allSatisfy({ $0.utf8.count >= lengthMin }) else {
            throw refusal(path, "has a line of less than \(lengthMin) bytes", "leave out what is no secret")
        }
        return secrets
    }

    private static func refusal(_ path: String, _ why: String, _ next: String) -> ExitCode {
        StandardError.write("the file of secrets \(path) \(why); \(next)\n")
        return wrongInput
    }
}
