import Foundation

/// What a test wants of its daemon and market; the rest is the demonstration's configuration.
struct DaemonSettings {
    /// Many symbols and short averages, so that something is traded every second or two.
    var symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"]
    var messagesPerSecond = 20
    var isSecure = false
    var trustsSimulator = true
    /// The size of a disk of its own for the state; nil: the test's folder.
    var stateKilobytes: Int?
    /// Whether the daemon's disk is one that a test can break.
    var hasFaultyDisk = false
    /// Lines that stand in place of the demonstration's, as `"market.silence_seconds": "2"`.
    var changes = [
        "features.ema_fast_bars": "1", "features.ema_slow_bars": "2",
        "features.atr_bars": "2", "features.volatility_bars": "2",
    ]

    /// The configuration file's text, `deploy/demo.toml` with its fields filled in.
    func configuration(folder: URL, port: Int, authority: URL) throws -> String {
        let sample = Programs.packageRoot.appendingPathComponent("deploy/demo.toml")
        var text = String(decoding: try Data(contentsOf: sample), as: UTF8.self)
        let fields = [
            "STATE": folder.appendingPathComponent("state").path,
            "SOCKET": folder.appendingPathComponent("control.sock").path,
            "PORT": String(port),
            "SYMBOLS": symbols.map { "\"\($0)\"" }.joined(separator: ", "),
            "STREAMS": #""tickers", "publicTrade", "orderbook.50""#,
            "BAR_SECONDS": "1",
        ]
        for (field, value) in fields { text = text.replacingOccurrences(of: "@\(field)@", with: value) }
        let settings = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        if let open = settings.first(where: { $0.contains("@") }) {
            throw Trouble("deploy/demo.toml has a field these tests don't fill in: \(open)")
        }
        var changes = changes
        if isSecure {
            text = text.replacingOccurrences(of: "\"ws://", with: "\"wss://")
            text = text.replacingOccurrences(of: "\"http://", with: "\"https://")
            if trustsSimulator { changes["market.ca_file"] = "\"\(authority.path)\"" }
        }
        for (key, value) in changes.sorted(by: { $0.key < $1.key }) {
            text = Self.setting(key, value, in: text)
        }
        return text
    }

    /// The text with `section.key = value`, in place of the line that is there or at the section's head.
    static func setting(_ place: String, _ value: String, in text: String) -> String {
        let words = place.split(separator: ".", maxSplits: 1).map(String.init)
        let (header, line) = ("[\(words[0])]", "\(words[1]) = \(value)")
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let start = lines.firstIndex(of: header) else { return text + "\n\(header)\n\(line)\n" }
        let end = lines[(start + 1)...].firstIndex { $0.hasPrefix("[") } ?? lines.endIndex
        if let old = lines[start..<end].firstIndex(where: { $0.hasPrefix(words[1] + " =") }) {
            lines[old] = line
        } else {
            lines.insert(line, at: start + 1)
        }
        return lines.joined(separator: "\n")
    }
}
