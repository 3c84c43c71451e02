import Contracts

/// I23: the journal's times never go back.
struct TimeForward {
    static let id = "I23"

    private var newest: UnixMilliseconds?

    /// What is wrong with the next row's time; nil: nothing.
    mutating func take(_ ts: UnixMilliseconds) -> String? {
        defer { newest = ts }
        guard let newest, ts < newest else { return nil }
        return "time went back by \(newest - ts) ms, to \(ts)"
    }
}
