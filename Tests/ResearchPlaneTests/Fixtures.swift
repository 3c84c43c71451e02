import Contracts
import EventKernel
import FoundationEssentials
import ResearchPlane
import Synchronization

enum Fixture {
    static let instrument = instrument("linear:BTCUSDT")
    static let other = instrument("linear:ETHUSDT")
    static let start: UnixMilliseconds = 1_700_000_000_000

    static func instrument(_ text: String) -> Instrument {
        guard let instrument = Instrument(text) else { preconditionFailure("\(text) is no instrument") }
        return instrument
    }

    static func price(_ value: Double) -> Price { Price(units: Int64((value * 100).rounded()), scale: 2) }

    /// The shared data: `TRADEBOT_SHARED`, or the folder beside the package; nil, and a line, where it is absent.
    static func oracle(_ name: String) -> String? {
        let folder = ProcessInfo.processInfo.environment["TRADEBOT_SHARED"] ?? "../shared"
        guard let data = try? Data(contentsOf: URL(filePath: "\(folder)/oracles/\(name)")) else {
            print("skipped: there is no \(folder)/oracles/\(name); set TRADEBOT_SHARED")
            return nil
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// A CSV file's cells, by column; empty cells are left out.
    static func columns(_ text: String) -> [String: [Double]] {
        let lines = text.split(separator: "\n")
        let names = lines[0].split(separator: ",").map(String.init)
        var columns: [String: [Double]] = [:]
        for line in lines.dropFirst() {
            for (name, cell) in zip(names, line.split(separator: ",", omittingEmptySubsequences: false)) {
                if let number = Double(cell) { columns[name, default: []].append(number) }
            }
        }
        return columns
    }
}

extension FeatureSet {
    static func fixture(
        bar: Int = 0,
        instrument: Instrument = Fixture.instrument,
        close: Double = 100,
        high: Double? = nil,
        low: Double? = nil,
        atr: Double = 1,
        spread: Double = 0.0001,
        barReturn: Double = 0,
        isWarm: Bool = true
    ) -> FeatureSet {
        var values = [Double](repeating: 0, count: Feature.allCases.count)
        values[Feature.atr.rawValue] = atr
        values[Feature.spread.rawValue] = spread
        values[Feature.barReturn.rawValue] = barReturn
        let end = Fixture.start + Int64(bar + 1) * 60_000
        return FeatureSet(
            meta: EventMeta(source: .analytics, ts: end),
            instrument: instrument,
            barSeconds: 60,
            barEnd: end,
            open: Fixture.price(close),
            high: Fixture.price(high ?? close),
            low: Fixture.price(low ?? close),
            close: Fixture.price(close),
            isWarm: isWarm,
            figures: values
        )
    }
}

extension FeatureVectorRecorded {
    static func fixture(
        bar: Int = 0,
        instrument: Instrument = Fixture.instrument,
        close: Double = 100,
        high: Double? = nil,
        low: Double? = nil,
        atr: Double = 1,
        spread: Double = 0.0001,
        barReturn: Double = 0
    ) -> FeatureVectorRecorded {
        FeatureVectorRecorded(
            recording: .fixture(
                bar: bar,
                instrument: instrument,
                close: close,
                high: high,
                low: low,
                atr: atr,
                spread: spread,
                barReturn: barReturn
            )
        )
    }
}

extension SeededGenerator {
    /// A number of mean 0 and deviation 1: twelve uniform ones.
    mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + fraction() } }
}

/// Collects what a worker posts.
final class Posted: Sendable {
    private let events = Mutex<[AnyEvent]>([])
    var all: [AnyEvent] { events.withLock { $0 } }
    func add(_ event: AnyEvent) { events.withLock { $0.append(event) } }
}
