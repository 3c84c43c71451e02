import Contracts

/// Times for people, in UTC.
enum TimeText {
    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `4 Mar 2024`.
    static func day(_ time: UnixMilliseconds) -> String {
        let date = UTCDate(time)
        return "\(date.day) \(months[date.month - 1]) \(date.year)"
    }

    /// `2024-03-04 20:15`.
    static func minute(_ time: UnixMilliseconds) -> String {
        let date = UTCDate(time)
        return "\(date.year)-\(pad(date.month))-\(pad(date.day)) \(clock(time))"
    }

    /// `20:15`.
    static func clock(_ time: UnixMilliseconds) -> String {
        let minutes = Int((time - UTCDate(time).start) / 60_000)
        return "\(pad(minutes / 60)):\(pad(minutes % 60))"
    }

    /// `45 min`, `2.5 hours`, `17 days`: how long, to about two digits.
    static func span(_ milliseconds: Double) -> String {
        let minutes = milliseconds / 60_000
        if minutes < 90 { return NumberText.number(minutes, places: 0) + " min" }
        if minutes < 48 * 60 { return NumberText.number(minutes / 60, places: 1) + " hours" }
        return NumberText.number(minutes / 1_440, places: 0) + " days"
    }

    private static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
