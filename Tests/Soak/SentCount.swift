import ControlProtocol
import FoundationEssentials

/// What the simulator says it has sent: the summary at the end of its standard output.
struct SentCount {
    /// The simulator writes it as it ends, which may be a moment after its last connection has.
    private static let patience = Duration.seconds(30)

    /// What the summary's line begins with.
    private static let mark = "summary "

    /// By instrument, as `linear:BTCUSDT`.
    private(set) var trades: [String: UInt64] = [:]
    private(set) var messageCount: UInt64 = 0

    init(file: String) async throws {
        let deadline = ContinuousClock.now + Self.patience
        while ContinuousClock.now < deadline {
            if let text = try? String(contentsOfFile: file, encoding: .utf8), read(text) { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw SoakTrouble("the simulator has written no summary to \(file)")
    }

    private mutating func read(_ text: String) -> Bool {
        guard let line = text.split(separator: "\n").last(where: { $0.hasPrefix(Self.mark) }),
            let summary = try? JSONValue(parsing: Array(line.dropFirst(Self.mark.count).utf8)),
            let markets = summary["markets"]?.members
        else { return false }
        for market in markets { trades[market.key] = market.value["trades"]?.unsigned ?? 0 }
        messageCount = summary["messages"]?.unsigned ?? 0
        return true
    }
}
