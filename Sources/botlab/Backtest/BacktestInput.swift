import ArgumentParser
import Contracts
import FoundationEssentials
import Glibc
import HistoricalData
import TradingSystem

/// Reads what a backtest runs on; what is wrong with it goes to standard error, and ends the command.
struct BacktestInput {
    let options: BacktestOptions
    let data: DataSet
    let configurationText: String
    private let specs: [InstrumentSpec]

    /// Reads the data; trades go to memory where many runs share them.
    init(_ options: BacktestOptions, sharesTrades: Bool) throws {
        self.options = options
        do throws(ConfigurationError) {
            configurationText = try Configuration.text(of: options.config)
        } catch {
            StandardError.write("\(error)\n")
            throw FrameOptions.noInput
        }
        for path in options.data where unsafe access(path, R_OK) != 0 {
            let why = unsafe String(cString: strerror(errno))
            StandardError.write("\(path) can't be read: \(why)\n")
            throw FrameOptions.noInput
        }
        specs = try Self.specs(options)
        data = try Self.read(options, sharesTrades: sharesTrades)
    }

    var workers: Int { options.workers ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// The settings of one run; `overriding` goes before the file.
    func settings(overriding: [String: String] = [:]) throws(ConfigurationError) -> BacktestSettings {
        let configuration = try Configuration(
            text: configurationText,
            file: options.config,
            overriding: overriding
        )
        var settings = configuration.backtest
        settings.specs = specs
        settings.tickSize = options.tick
        settings.tradesFrom = options.tradeFrom?.milliseconds
        settings.quantityStep = options.step
        if let slippage = options.slippage { settings.slippage = slippage }
        return settings
    }

    /// The same, what is wrong told to the operator.
    func checkedSettings(overriding: [String: String] = [:]) throws -> BacktestSettings {
        do throws(ConfigurationError) {
            return try settings(overriding: overriding)
        } catch {
            StandardError.write("\(error)\n")
            throw ConfigurationOption.invalid
        }
    }

    /// Ends the command for what went wrong in a run.
    static func exit(for error: any Error) -> any Error {
        guard let error = error as? BacktestError else { return error }
        StandardError.write("\(error)\n")
        return FrameOptions.dataUnreadable
    }

    private static func read(_ options: BacktestOptions, sharesTrades: Bool) throws -> DataSet {
        do throws(DataError) {
            let data = try DataSet(
                reading: options.data,
                DataSet.Options(
                    instruments: options.instrument,
                    from: options.from?.milliseconds,
                    to: options.to?.milliseconds,
                    sharesTrades: sharesTrades,
                    timeline: options.timeline
                )
            )
            for report in data.reports { StandardError.write(DataView(report).troubles) }
            return data
        } catch {
            StandardError.write("\(error)\n")
            throw FrameOptions.dataUnreadable
        }
    }

    private static func specs(_ options: BacktestOptions) throws -> [InstrumentSpec] {
        guard let path = options.rules else { return [] }
        guard let text = try? Data(contentsOf: URL(filePath: path)) else {
            StandardError.write("\(path) can't be read\n")
            throw FrameOptions.noInput
        }
        do throws(RulesFile.Unreadable) {
            return try RulesFile(text, category: options.instrument.first?.category ?? .linear).specs
        } catch {
            StandardError.write("\(path) \(error.why)\n")
            throw FrameOptions.dataUnreadable
        }
    }
}
