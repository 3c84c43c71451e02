import Contracts

/// Days in UTC, counted from 1 January 1970.
enum UTCDay {
    static let milliseconds: Int64 = 86_400_000

    static func number(of time: UnixMilliseconds) -> Int64 {
        time >= 0 ? time / milliseconds : (time + 1) / milliseconds - 1
    }
}
