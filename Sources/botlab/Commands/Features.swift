import ArgumentParser
import Contracts
import FoundationEssentials
import HistoricalData
import Indicators

struct Features: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print indicators of candles as CSV.",
        discussion: """
            Takes the candles of --data that an entry of the parameters chooses: `rows` of them from `start` on, a \
            date or Unix milliseconds; all of them where it says neither. The entry is the one whose `file` the \
            path ends with, or that has the --tag, or the only one. A row has what is known at its bar's close; an \
            empty cell is not known yet. Changes nothing.

              botlab features --data BTCUSDT_5m.csv.gz --params indicators_params.json --tag btc5m

            Exit status: 0 done, 65 the data or the parameters are not what they should be, 66 no such file.
            """
    )

    @Option(help: "Candles as CSV, gzipped or not.", completion: .file())
    var data: String

    @Option(help: "Lengths and widths: a JSON array of objects, or one object.", completion: .file())
    var params: String

    @Option(help: ArgumentHelp("The entry with this tag.", valueName: "tag"))
    var tag: String?

    @Option(help: ArgumentHelp("What the candles are of, as linear:BTCUSDT.", valueName: "instrument"))
    var instrument: Instrument?

    func run() throws {
        let entry = try entry()
        let candles = try candles()
        let first =
            entry.from.map { start in
                candles.indices(from: start, to: nil).lowerBound
            } ?? 0
        let end = min(candles.count, first + (entry.rows ?? candles.count))
        var table = IndicatorTable(entry.parameters)
        var output = StandardOutput()
        try output.write(IndicatorTable.columns.joined(separator: ",") + "\n")
        for index in first..<max(first, end) {
            try output.write(table.cells(Candle(candles, index)).joined(separator: ",") + "\n")
        }
        try output.flush()
    }

    private func candles() throws -> CandleColumns {
        do throws(DataError) {
            let options = DataSet.Options(instruments: instrument.map { [$0] } ?? [])
            let data = try DataSet(reading: [data], options)
            if case .candles(let columns) = data.parts.first { return columns }
            StandardError.write("\(self.data) holds no candles\n")
        } catch .unreadable(let path, let why) {
            StandardError.write("\(path) can't be read: \(why)\n")
            throw FrameOptions.noInput
        } catch {
            StandardError.write("\(error)\n")
        }
        throw FrameOptions.dataUnreadable
    }

    private func entry() throws -> Entry {
        guard let text = try? Data(contentsOf: URL(filePath: params)) else {
            StandardError.write("\(params) can't be read\n")
            throw FrameOptions.noInput
        }
        let entries: [Entry]
        do {
            entries =
                try (try? JSONDecoder().decode([Entry].self, from: text))
                ?? [JSONDecoder().decode(Entry.self, from: text)]
        } catch {
            StandardError.write("\(params) holds no parameters: \(error)\n")
            throw FrameOptions.dataUnreadable
        }
        let found =
            if let tag { entries.first { $0.tag == tag } } else {
                entries.first { $0.file.map { data.hasSuffix($0) } ?? false }
                    ?? (entries.count == 1 ? entries.first : nil)
            }
        guard let found else {
            StandardError.write("\(params) has no entry for \(tag ?? data): name one with --tag\n")
            throw FrameOptions.dataUnreadable
        }
        return found
    }

    /// One object of the parameters.
    private struct Entry: Decodable {
        let file: String?
        let tag: String?
        let rows: Int?
        let from: UnixMilliseconds?
        let parameters: IndicatorParameters

        private enum CodingKeys: String, CodingKey { case file, tag, rows, start }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            file = try container.decodeIfPresent(String.self, forKey: .file)
            tag = try container.decodeIfPresent(String.self, forKey: .tag)
            rows = try container.decodeIfPresent(Int.self, forKey: .rows)
            parameters = try IndicatorParameters(from: decoder)
            if let text = try? container.decodeIfPresent(String.self, forKey: .start) {
                guard let moment = Moment(argument: text) else {
                    throw DecodingError.dataCorruptedError(
                        forKey: .start,
                        in: container,
                        debugDescription: "'\(text)' is no time"
                    )
                }
                from = moment.milliseconds
            } else {
                from = try container.decodeIfPresent(Int64.self, forKey: .start)
            }
        }
    }
}

extension Candle {
    fileprivate init(_ columns: CandleColumns, _ index: Int) {
        self.init(
            openTime: columns.starts[index],
            open: columns.price(index, .open).approximate,
            high: columns.price(index, .high).approximate,
            low: columns.price(index, .low).approximate,
            close: columns.price(index, .close).approximate,
            volume: columns.volume(index).approximate
        )
    }
}
