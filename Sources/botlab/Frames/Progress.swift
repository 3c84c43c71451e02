import Glibc

/// A line on a terminal that says how far long work has come; nothing anywhere else.
struct Progress {
    /// So many messages pass between two looks at the clock.
    private static let stepCount = 1_024
    private static let intervalMilliseconds: Int64 = 500

    private let isShown = isatty(STDERR_FILENO) == 1
    private let unit: String
    private var count = 0
    private var next = Self.now + Self.intervalMilliseconds
    private var isOnScreen = false

    init(unit: String) { self.unit = unit }

    /// One more is done.
    mutating func step() {
        count += 1
        guard isShown, count.isMultiple(of: Self.stepCount) else { return }
        let now = Self.now
        guard now >= next else { return }
        next = now + Self.intervalMilliseconds
        isOnScreen = true
        StandardError.write("\r\(count) \(unit)…")
    }

    /// Takes the line away, so that other text can be written.
    mutating func clear() {
        guard isOnScreen else { return }
        isOnScreen = false
        StandardError.write("\r\u{1B}[K")
    }

    private static var now: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
