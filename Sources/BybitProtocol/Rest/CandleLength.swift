import Contracts

/// How long a candle lasts: a fixed time, but for the month, which goes by the calendar.
package enum CandleLength {
    private static let monthMinutes = 43_200
    private static let dayMilliseconds: Int64 = 86_400_000

    /// The exchange's name of the interval.
    package static func name(minutes: Int) -> String {
        String(MarketStream.kline(minutes: minutes).description.dropFirst("kline.".count))
    }

    /// The last millisecond of the candle that begins at `start`.
    package static func end(of start: UnixMilliseconds, minutes: Int) -> UnixMilliseconds {
        guard minutes == monthMinutes else { return start &+ Int64(minutes) &* 60_000 &- 1 }
        return nextMonth(after: start) - 1
    }

    /// From one candle's start to the next one's; nil where that is not always the same.
    package static func milliseconds(minutes: Int) -> Int64? {
        minutes == monthMinutes ? nil : Int64(minutes) * 60_000
    }

    /// The first day of the month after the one that holds `time`, by the Gregorian calendar.
    private static func nextMonth(after time: UnixMilliseconds) -> UnixMilliseconds {
        // Years begin in March here, so that the leap day is the last one.
        let day = time / dayMilliseconds + 719_468
        let era = day / 146_097
        let dayOfEra = day - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        // The month after, still counted from March: the twelfth is the next year's first.
        let (nextYear, nextMonth) = month == 11 ? (yearOfEra + 1, Int64(0)) : (yearOfEra, month + 1)
        let firstDay = (153 * nextMonth + 2) / 5
        let days = era * 146_097 + nextYear * 365 + nextYear / 4 - nextYear / 100 + firstDay
        return (days - 719_468) * dayMilliseconds
    }
}
