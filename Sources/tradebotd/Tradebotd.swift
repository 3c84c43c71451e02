import ArgumentParser
import Contracts
import ControlProtocol
import Glibc
import Logging
import Systemd
import TradingSystem
import UnixSignals

@main struct Tradebotd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tradebotd",
        abstract: "Trade around the clock on one typed event bus.",
        discussion: """
            Runs in the foreground until it is stopped: by systemd, by `botctl stop`, or with Ctrl-C (a second one
            forces it). Logs go to the journal under systemd, to standard error elsewhere.

              tradebotd --config /etc/tradebot/tradebot.toml
              tradebotd --config my.toml --check-config

            Exit status: 0 stopped in order, 64 usage, 65 the journal is damaged, 70 internal failure, 74 a disk has
            failed, 75 another daemon has the state folder, 78 the configuration is wrong.
            """,
        version: ProgramVersion.current
    )

    @Option(help: "The configuration file, tradebot.toml(5).")
    var config = "/etc/tradebot/tradebot.toml"

    @Flag(help: "Check the configuration, say what is wrong with it, and end.")
    var checkConfig = false

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let configuration = try load()
        if checkConfig {
            print("\(config): ok (\(configuration.hash.prefix(12)))")
            return
        }
        let level = Logger.Level(rawValue: configuration.logLevel.rawValue) ?? .info
        let output = LogOutput.detect(level: level)
        LoggingSystem.bootstrap { output.handler(label: $0) }
        let status = await DaemonRun(configuration: configuration, output: output).run()
        _ = output.flush()
        throw ExitCode(status)
    }

    private func load() throws -> Configuration {
        do {
            return try Configuration(contentsOf: config)
        } catch {
            StandardError.write(
                "\(error)\n  mend it and check: tradebotd --config \(config) --check-config\n"
            )
            throw ExitCode(78)
        }
    }
}
