import Contracts
import EventKernel
import Foundation
import HistoricalData
import Testing

/// Every file of the shared data, found by its ending, against its manifest.
@Suite struct `Historical data of the shared fixtures` {
    @Test(arguments: SharedData.files(".csv.gz"))
    func `is read whole, as the manifest counts it, and told in order of time`(path: String) throws {
        let data = try DataSet(reading: [path], .init(sharesTrades: true))
        let report = try #require(data.reports.first)
        #expect(report.badRowCount == 0)
        if let entry = Manifest.entries.first(where: { path.hasSuffix("/" + $0.file) }) {
            #expect(report.rowCount == entry.rows)
            #expect(report.first.map(Manifest.text) == entry.first)
            #expect(report.last.map(Manifest.text) == entry.last)
            if let breaks = entry.breaks { #expect(report.gapCount == breaks) }
            if let missing = entry.missing, report.kind != .funding {
                #expect(report.missingCount == missing)
            }
        }
    }

    @Test(arguments: SharedData.files(".jsonl.gz").filter { $0.contains("raw_ws") })
    func `of raw messages gives what trading needs, or says that it can't`(path: String) throws {
        do throws(DataError) {
            let feed = try DataSet(reading: [path]).feed()
            let kernel = Kernel()
            let counts = EventCounts(kernel)
            while try feed.tell(countMax: 10_000, to: kernel) {}
            #expect(feed.eventCount > 0 || !feed.troubles.isEmpty)
            if path.contains("reencoded") || path.contains("binance") { #expect(counts.trades > 0) }
            if path.contains("reencoded") { #expect(counts.deltas > 0) }
        } catch {
            // The exchange's older interface is not read, nor are single answers.
            #expect(!path.contains("v5_2") && !path.contains("binance"), "\(error)")
        }
    }

    private func expectOrder(_ data: DataSet) throws {
        let (feed, kernel) = (try data.feed(), Kernel())
        var last: UnixMilliseconds = 0
        while let time = feed.nextTime {
            try #require(time >= last)
            last = time
            _ = try feed.tell(countMax: 10_000, to: kernel)
        }
        #expect(feed.eventCount > 0 && feed.progress == 1)
    }

    private final class EventCounts {
        var (trades, deltas) = (0, 0)

        init(_ kernel: Kernel) {
            kernel.bus.on(TradeEvent.self, as: .backtestHost) { _ in self.trades += 1 }
            kernel.bus.on(OrderBookDelta.self, as: .backtestHost) { _ in self.deltas += 1 }
        }
    }
}

/// What `manifest.csv` says of each file.
struct Manifest {
    let file: String
    let rows: Int
    let first: String
    let last: String
    let breaks: Int?
    let missing: Int?

    static let entries: [Manifest] = {
        let url = SharedData.folder.appendingPathComponent("data/manifest.csv")
        let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").dropFirst().compactMap { Manifest(fields(String($0))) }
    }()

    private init?(_ fields: [String]) {
        guard fields.count == 9, let rows = Int(fields[3]) else { return nil }
        file = fields[0]
        self.rows = rows
        (first, last) = (fields[4], fields[5])
        let words = fields[6].split(whereSeparator: { " ,".contains($0) })
        breaks = fields[6] == "none" ? 0 : words.firstIndex(of: "breaks").flatMap { Int(words[$0 - 1]) }
        missing = words.firstIndex(of: "missing").flatMap { Int(words[$0 - 1]) }
    }

    /// Fields with commas stand in quotes.
    private static func fields(_ line: String) -> [String] {
        var (fields, isQuoted) = ([""], false)
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }

    /// As the manifest writes times: thousandths only where there are some.
    static func text(_ time: UnixMilliseconds) -> String {
        let date = Date(timeIntervalSince1970: Double(time / 1_000))
        let whole = date.formatted(.iso8601)
        let rest = time % 1_000
        return rest == 0 ? whole : whole.dropLast() + "." + String(format: "%03d", rest) + "Z"
    }
}
