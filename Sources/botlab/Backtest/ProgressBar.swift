import Glibc

/// A bar on a terminal that says how far work is and when it will be done; nothing anywhere else.
struct ProgressBar {
    private static let width = 30
    private static let intervalSeconds = 0.2

    private let isShown: Bool
    private let unit: String
    private let start = Self.now
    private var next = Self.now + 1
    private var isOnScreen = false

    /// A bar that counts `unit`; shown on a terminal, or where it `isForced`.
    init(unit: String, isForced: Bool) {
        self.unit = unit
        isShown = isForced || isatty(STDERR_FILENO) == 1
    }

    /// Shows that `share` of the work is done, and `count` of it; from the first second on, not too often.
    mutating func show(_ share: Double, count: Int) {
        guard isShown else { return }
        let now = Self.now
        guard now >= next || share >= 1 && isOnScreen else { return }
        next = now + Self.intervalSeconds
        isOnScreen = true
        StandardError.write("\r" + line(min(max(share, 0), 1), count, after: now - start) + "\u{1B}[K")
    }

    /// Takes the bar away, so that other text can be written.
    mutating func clear() {
        guard isOnScreen else { return }
        isOnScreen = false
        StandardError.write("\r\u{1B}[K")
    }

    private func line(_ share: Double, _ count: Int, after seconds: Double) -> String {
        let filled = Int(share * Double(Self.width))
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
        let rate = seconds > 0 ? Int(Double(count) / seconds) : 0
        let left = share > 0.001 ? Self.clock(seconds / share - seconds) : "?"
        return "[\(bar)] \(Int(share * 100)) %  \(count) \(unit), \(rate)/s, \(left) left"
    }

    private static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        let pad = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return whole < 3_600
            ? "\(pad(whole / 60)):\(pad(whole % 60))"
            : "\(whole / 3_600):\(pad(whole / 60 % 60)):\(pad(whole % 60))"
    }

    private static var now: Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
