/// What a stretch of values comes to; that of two stretches in a row follows from theirs.
protocol Aggregate: Hashable, Codable, Sendable {
    init(_ value: Double)

    /// What this stretch comes to with `newer` behind it.
    func followed(by newer: Self) -> Self
}

/// The sum of a stretch.
struct Sum: Aggregate, RawRepresentable {
    let rawValue: Double

    init(rawValue: Double) { self.rawValue = rawValue }
    init(_ value: Double) { rawValue = value }

    func followed(by newer: Self) -> Self { Self(rawValue + newer.rawValue) }
}

/// The highest value of a stretch.
struct Highest: Aggregate, RawRepresentable {
    let rawValue: Double

    init(rawValue: Double) { self.rawValue = rawValue }
    init(_ value: Double) { rawValue = value }

    func followed(by newer: Self) -> Self { rawValue > newer.rawValue ? self : newer }
}

/// The lowest value of a stretch.
struct Lowest: Aggregate, RawRepresentable {
    let rawValue: Double

    init(rawValue: Double) { self.rawValue = rawValue }
    init(_ value: Double) { rawValue = value }

    func followed(by newer: Self) -> Self { rawValue < newer.rawValue ? self : newer }
}

/// The sum of a stretch with weights that grow by one, from 1 for the oldest value.
struct WeightedSum: Aggregate {
    let count: Double
    let plain: Double
    let weighted: Double

    init(_ value: Double) { self.init(count: 1, plain: value, weighted: value) }

    private init(count: Double, plain: Double, weighted: Double) {
        self.count = count
        self.plain = plain
        self.weighted = weighted
    }

    func followed(by newer: Self) -> Self {
        Self(
            count: count + newer.count,
            plain: plain + newer.plain,
            // Everything newer weighs more by as many as there are older values.
            weighted: weighted + newer.weighted + count * newer.plain
        )
    }
}

/// The mean of a stretch and the sum of the squared distances from it.
///
/// - Source: Chan, Golub and LeVeque's rule for joining two samples, which takes no big square from another.
struct Moments: Aggregate {
    let count: Double
    let mean: Double
    let squares: Double

    init(_ value: Double) { self.init(count: 1, mean: value, squares: 0) }

    private init(count: Double, mean: Double, squares: Double) {
        self.count = count
        self.mean = mean
        self.squares = squares
    }

    func followed(by newer: Self) -> Self {
        let count = self.count + newer.count
        let distance = newer.mean - mean
        return Self(
            count: count,
            mean: mean + distance * (newer.count / count),
            squares: squares + newer.squares + distance * distance * (self.count * newer.count / count)
        )
    }

    /// The population's standard deviation.
    var deviation: Double { (squares / count).squareRoot() }
}
