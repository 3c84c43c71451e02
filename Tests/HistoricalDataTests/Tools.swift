import Contracts
import EventKernel
import Foundation
import HistoricalData

/// A folder of the test's own, gone with it.
final class Scratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("history-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Writes a file and says where; `name` may begin with a folder.
    func file(_ name: String, _ text: String) throws -> String {
        let url = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try text.write(to: url, atomically: true, encoding: .utf8)
        return url.path
    }
}

/// Tells a whole data set to a kernel of its own and keeps the events.
func events(of data: DataSet) throws -> [AnyEvent] {
    let kernel = Kernel()
    let box = EventBox()
    kernel.bus.record { event, _ in box.events.append(event) }
    let feed = try data.feed()
    while try feed.tell(countMax: 1_000, to: kernel) {}
    return box.events
}

final class EventBox {
    var events: [AnyEvent] = []
}

extension AnyEvent {
    var kline: KlineEvent? { if case .marketKline(let event) = self { event } else { nil } }
    var trade: TradeEvent? { if case .marketTrade(let event) = self { event } else { nil } }
    var ticker: TickerEvent? { if case .marketTicker(let event) = self { event } else { nil } }
    var funding: FundingEvent? { if case .marketFunding(let event) = self { event } else { nil } }
    var delta: OrderBookDelta? { if case .marketOrderbookDelta(let event) = self { event } else { nil } }
    var health: FeedHealth? { if case .marketHealth(let event) = self { event } else { nil } }
}

/// The shared market data, where it is.
enum SharedData {
    static let folder = URL(
        fileURLWithPath: ProcessInfo.processInfo.environment["TRADEBOT_SHARED"] ?? "../shared"
    )

    /// Every file below `data` whose name ends so; none, and a printed reason, where they are absent.
    static func files(_ ending: String) -> [String] {
        let data = folder.appendingPathComponent("data")
        let walk = FileManager.default.enumerator(at: data, includingPropertiesForKeys: nil)
        var found: [String] = []
        while let url = walk?.nextObject() as? URL {
            if url.path.hasSuffix(ending) { found.append(url.path) }
        }
        if found.isEmpty { print("skipped: no *\(ending) below \(data.path); set TRADEBOT_SHARED") }
        return found.sorted()
    }
}

let minute: Int64 = 60_000
let start: UnixMilliseconds = 1_700_000_040_000
