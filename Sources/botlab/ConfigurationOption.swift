import ArgumentParser
import TradingSystem

/// Reads a configuration file for a command; what is wrong with it goes to standard error.
enum ConfigurationOption {
    /// The configuration is wrong.
    static let invalid = ExitCode(78)

    static func load(_ path: String) throws -> Configuration {
        do throws(ConfigurationError) {
            return try Configuration(contentsOf: path)
        } catch {
            if error.isUnreadable {
                StandardError.write("\(error)\n")
                throw FrameOptions.noInput
            }
            StandardError.write("\(error)\n  mend it and check: tradebotd --config \(path) --check-config\n")
            throw invalid
        }
    }
}
