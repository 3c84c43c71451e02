/// The candle lengths the exchange offers, spelled as on the wire.
enum KlineInterval: String, CaseIterable, Sendable {
    case minute1 = "1"
    case minute3 = "3"
    case minute5 = "5"
    case minute15 = "15"
    case minute30 = "30"
    case hour1 = "60"
    case hour2 = "120"
    case hour4 = "240"
    case hour6 = "360"
    case hour12 = "720"
    case day = "D"
    case week = "W"
    case month = "M"

    private static let dayMs: Int64 = 86_400_000

    private static let minuteMs: Int64 = 60_000

    /// Length in ms; nil for months, which differ.
    private var lengthMs: Int64? {
        switch self {
        case .minute1: KlineInterval.minuteMs
        case .minute3: 3 * KlineInterval.minuteMs
        case .minute5: 5 * KlineInterval.minuteMs
        case .minute15: 15 * KlineInterval.minuteMs
        case .minute30: 30 * KlineInterval.minuteMs
        case .hour1: 60 * KlineInterval.minuteMs
        case .hour2: 120 * KlineInterval.minuteMs
        case .hour4: 240 * KlineInterval.minuteMs
        case .hour6: 360 * KlineInterval.minuteMs
        case .hour12: 720 * KlineInterval.minuteMs
        case .day: KlineInterval.dayMs
        case .week: 7 * KlineInterval.dayMs
        case .month: nil
        }
    }

    /// Where the candle that holds `timeMs` begins.
    func start(of timeMs: Int64) -> Int64 {
        guard let lengthMs else { return KlineInterval.monthStart(of: timeMs, monthsLater: 0) }
        // 1970-01-01 was a Thursday and weeks begin on Monday.
        let shift = self == .week ? 3 * KlineInterval.dayMs : 0
        return (timeMs + shift) / lengthMs * lengthMs - shift
    }

    /// Where the next candle begins.
    func end(after start: Int64) -> Int64 {
        guard let lengthMs else { return KlineInterval.monthStart(of: start, monthsLater: 1) }
        return start + lengthMs
    }

    /// The first instant of a month.
    private static func monthStart(of timeMs: Int64, monthsLater: Int64) -> Int64 {
        let date = CivilDate(days: timeMs / dayMs)
        let months = date.year * 12 + date.month - 1 + monthsLater
        return CivilDate(year: months / 12, month: months % 12 + 1, day: 1).days * dayMs
    }
}
