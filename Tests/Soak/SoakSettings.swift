import TradingSystem

/// The daemon's settings during a soak: the ordinary ones, on a simulator of this machine.
struct SoakSettings {
    /// Short, so that everything that remembers the newest thousand of something is full within the first hour.
    private static let barSeconds = 2
    /// Small, so that the memory settles in the warm-up, and not at the longest stall of the day.
    ///
    /// At a hundred times the pace of a market each stall of the disk fills the journal's queue.
    private static let queueEvents = 8_192

    let symbols: [String]
    let streams: [String]
    let port: Int
    let folder: String

    func configuration() throws -> Configuration {
        try Configuration(text: text, file: "soak")
    }

    /// As a configuration file has it, for whoever replays the journal.
    var text: String {
        """
        [daemon]
        instance = "soak"
        state_dir = "\(folder)"
        [control]
        socket = "\(folder)/control.sock"
        [market]
        symbols = [\(list(symbols))]
        streams = [\(list(streams))]
        ws_url = "ws://127.0.0.1:\(port)/v5/public"
        rest_url = "http://127.0.0.1:\(port)"
        [journal]
        queue_events = \(Self.queueEvents)
        [paper]
        starting_equity = 1000000000
        [features]
        bars = "trades"
        bar_seconds = \(Self.barSeconds)
        [risk]
        # At a market's many times the world's speed an answer by REST is seconds old when it is there.
        clock_required = false
        clock_offset_max_ms = 100000000000000
        drawdown_max = 0
        loss_streak_max = 0
        daily_loss_share_max = 0
        """
    }

    private func list(_ words: [String]) -> String { words.map { "\"\($0)\"" }.joined(separator: ", ") }
}
