import ControlProtocol
import FoundationEssentials

/// What the simulator says it has sent: the last line of its standard output that is a summary.
struct SentCount {
    /// The simulator writes it as it ends, which may be a moment after its last connection has.
    private static let patience = Duration.seconds(30)

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
        for line in text.split(separator: "\n").reversed() where line.hasPrefix("{") {
            guard let summary = try? JSONValue(parsing: Array(line.utf8)) else { continue }
            return take(summary)
        }
        return false
    }

    private mutating func take(_ summary: JSONValue) -> Bool {
        guard let symbols = summary["trades"]?.members else { return false }
        for symbol in symbols { trades[symbol.key] = symbol.value["count"]?.unsigned ?? 0 }
        messageCount = summary["messages"]?.unsigned ?? 0
        return true
    }
}
