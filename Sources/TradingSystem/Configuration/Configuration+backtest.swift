import ControlProtocol
import ExecutionPlane

extension Configuration {
    /// The version of this program.
    package static var programVersion: String { ProgramVersion.current }

    /// The settings of a backtest of this configuration; what a backtest has no use for is left out.
    package var backtest: BacktestSettings {
        var settings = BacktestSettings()
        settings.features = features
        settings.context = context
        settings.strategy = strategy
        settings.risk = risk
        settings.execution = execution
        settings.venue = paper
        settings.portfolio = portfolio
        return settings
    }

    /// What a TOML text sets, by key and in words; none where it can't be read.
    package static func pairs(of text: String, file: String) -> [(key: String, value: String)] {
        (try? ConfigurationReader(text: text, file: file))?.pairs ?? []
    }
}
