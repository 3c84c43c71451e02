import Glibc

/// Time that only moves forward: what systemd, watchdogs and timeouts count in.
package enum MonotonicClock {
    /// Nanoseconds of `CLOCK_MONOTONIC`.
    package static func nanoseconds() -> Int64 { read(CLOCK_MONOTONIC) }

    /// Microseconds of `CLOCK_MONOTONIC`: the unit of `MONOTONIC_USEC=`.
    package static func microseconds() -> Int64 { nanoseconds() / 1_000 }
}

/// The time of day, which may be set back or forth: for the eyes, never for waiting.
package enum WallClock {
    /// Milliseconds since 1970 in UTC.
    package static func unixMilliseconds() -> Int64 { read(CLOCK_REALTIME) / 1_000_000 }

    /// RFC 3339 in UTC with milliseconds, as in `2026-11-22T10:00:00.123Z`.
    package static func text(ofUnixMilliseconds milliseconds: Int64) -> String {
        let (days, time) = split(milliseconds, by: 86_400_000)
        let (hour, pastHour) = split(time, by: 3_600_000)
        let (minute, pastMinute) = split(pastHour, by: 60_000)
        let (second, fraction) = split(pastMinute, by: 1_000)
        let date = date(ofDay: days)
        return "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))"
            + "T\(digits(hour, 2)):\(digits(minute, 2)):\(digits(second, 2)).\(digits(fraction, 3))Z"
    }

    /// The Gregorian date of a day counted from 1970, by eras of 400 years that begin on a 1 March, so that the leap
    /// day comes last.
    private static func date(ofDay daysSince1970: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, day) = split(daysSince1970 + 719_468, by: 146_097)
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * year + year / 4 - year / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (era * 400 + year + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// Whole parts rounded down, and what is left, never below zero.
    private static func split(_ value: Int64, by part: Int64) -> (whole: Int64, rest: Int64) {
        let (quotient, rest) = value.quotientAndRemainder(dividingBy: part)
        return rest < 0 ? (quotient - 1, rest + part) : (quotient, rest)
    }

    private static func digits(_ value: Int64, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}

private func read(_ clock: clockid_t) -> Int64 {
    var now = timespec()
    let failed = unsafe clock_gettime(clock, &now)
    precondition(failed == 0, "this system has no such clock")
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
}
