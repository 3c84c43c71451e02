import ArgumentParser
import TradingSystem

@main struct Botlab: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "botlab",
        abstract:
            "Replay, backtest and read what the trading daemon has written and seen, away from the daemon.",
        discussion: """
            Works on files alone: the daemon may run or not, and nothing is changed.

              botlab journal stats /var/lib/tradebot/journal
              botlab journal why /var/lib/tradebot/journal intent-4711
              botlab replay /var/lib/tradebot/journal --config /etc/tradebot/tradebot.toml
              botlab backtest --config my.toml --data candles.csv.gz -o run.json
              botlab report run.json -o report.html
              botlab decode /var/lib/tradebot/recordings --topic market:trade
              botlab book /var/lib/tradebot/recordings --symbol BTCUSDT --every 1000

            Exit status: 0 done, 1 the answer is no, 64 usage, 65 the file is not what it should be or not whole, 66
            there is no such file. botlab(1) tells more.
            """,
        version: Configuration.programVersion,
        subcommands: [
            Backtest.self, Sweep.self, Report.self, Features.self, Metrics.self, JournalCommand.self,
            Replay.self,
            Decode.self,
            Book.self,
        ]
    )
}
