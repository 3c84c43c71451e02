import Contracts

/// One feature of one instrument: its baseline, its newest values and its Page-Hinkley test.
struct FeatureDrift: Sendable {
    let feature: Feature
    private let settings: DriftSettings
    private var baselineValues: [Double] = []
    private var baseline: PopulationStability?
    private var mean = 0.0
    private var deviation = 0.0
    /// A ring, once it is full: the order of the newest values does not matter.
    private var recent: [Double] = []
    private var recentNext = 0
    private var test: PageHinkley

    init(feature: Feature, settings: DriftSettings) {
        self.feature = feature
        self.settings = settings
        test = PageHinkley(settings: settings.pageHinkley)
    }

    /// Takes one value in; gives the Page-Hinkley statistic where it has reported.
    mutating func take(_ value: Double) -> Double? {
        guard value.isFinite else { return nil }
        guard baseline != nil else {
            baselineValues.append(value)
            if baselineValues.count == settings.baselineCount { closeBaseline() }
            return nil
        }
        if recent.count < settings.recentCount {
            recent.append(value)
        } else {
            recent[recentNext] = value
        }
        recentNext = (recentNext + 1) % settings.recentCount
        // A feature that has never moved has no scale to measure a jump with.
        guard deviation > 0, test.update((value - mean) / deviation) else { return nil }
        return test.statistic
    }

    /// How far the newest values are from the baseline.
    var stabilityIndex: Double { baseline?.index(of: recent) ?? 0 }

    /// Starts a new baseline with the newest values.
    mutating func rebase() {
        baselineValues =
            recent.count < settings.recentCount
            ? recent : Array(recent[recentNext...] + recent[..<recentNext])
        baseline = nil
        recent = []
        recentNext = 0
        test = PageHinkley(settings: settings.pageHinkley)
        if baselineValues.count >= settings.baselineCount { closeBaseline() }
    }

    private mutating func closeBaseline() {
        let count = Double(baselineValues.count)
        mean = baselineValues.reduce(0, +) / count
        deviation = (baselineValues.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        baseline = PopulationStability(reference: baselineValues, binCount: settings.binCount)
        baselineValues = []
    }
}
