import Contracts

extension MarketContext.Session {
    private static let hour: Int64 = 3_600_000
    private static let day = 24 * hour

    /// The session of a time.
    static func at(_ time: UnixMilliseconds) -> Self {
        let midnight = time.rounded(downTo: day)
        // The first day of Unix time was a Thursday.
        let weekday = (midnight / day % 7 + 7 + 4) % 7
        guard weekday != 0, weekday != 6 else { return .weekend }
        switch (time - midnight) / hour {
        case ..<7: return .asia
        case ..<13: return .europe
        case ..<22: return .america
        default: return .quiet
        }
    }

    /// The next time after `time` at which there may be another session.
    static func nextBorder(after time: UnixMilliseconds) -> UnixMilliseconds {
        let midnight = time.rounded(downTo: day)
        return [7, 13, 22].lazy.map { midnight + $0 * hour }.first { $0 > time } ?? midnight + day
    }
}
