/// Notices a lasting change of a stream's mean: the Page-Hinkley test, in both directions, with forgetting.
///
/// - Order: one number at a time; after a report the next number starts everything anew.
/// - Source: Page, "Continuous inspection schemes", 1954; river's `PageHinkley`, to the bit of its quirks.
package struct PageHinkley: Hashable, Sendable {
    package struct Settings: Hashable, Sendable {
        package enum Direction: String, Hashable, Sendable { case up, down, both }

        /// Nothing is reported before so many numbers.
        package var countMin = 30
        /// The change per number that is not worth a report.
        package var delta = 0.005
        package var threshold = 50.0
        /// What each step keeps of the sums so far.
        package var alpha = 0.9999
        package var direction = Direction.both

        package init() {}
    }

    package let settings: Settings
    /// Numbers since the start or the last report.
    package private(set) var count = 0
    /// Whether the newest number brought a report.
    package private(set) var isDrifting = false

    private var mean = 0.0
    private var up = 0.0
    private var down = 0.0
    private var upMin = Double.infinity
    private var downMax = -1.0

    package init(settings: Settings = Settings()) { self.settings = settings }

    /// How far the sums have come towards the threshold.
    package var statistic: Double {
        switch settings.direction {
        case .up: up - upMin
        case .down: downMax - down
        case .both: max(up - upMin, downMax - down)
        }
    }

    /// Takes one number in; true when the mean has changed for good.
    package mutating func update(_ value: Double) -> Bool {
        if isDrifting { self = Self(settings: settings) }
        count += 1
        mean += (value - mean) / Double(count)
        let deviation = value - mean
        up = settings.alpha * up + deviation - settings.delta
        down = settings.alpha * down + deviation + settings.delta
        upMin = min(upMin, up)
        downMax = max(downMax, down)
        isDrifting = count >= settings.countMin && statistic > settings.threshold
        return isDrifting
    }
}
