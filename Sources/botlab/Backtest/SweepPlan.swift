import Contracts
import EventKernel

/// The runs of a sweep: what each sets, in order.
struct SweepPlan {
    /// More runs than this nobody waits for.
    static let runsMax = 1_000_000

    /// Values by key, in the order of the axes.
    let runs: [[(key: String, value: String)]]

    /// Every combination; nil where a range has no steps, or there are too many.
    init?(grid axes: [SweepAxis]) {
        var runs: [[(key: String, value: String)]] = [[]]
        for axis in axes {
            guard case .list(let values) = axis.values, runs.count * values.count <= Self.runsMax else {
                return nil
            }
            runs = runs.flatMap { run in values.map { run + [(axis.key, $0)] } }
        }
        self.runs = runs
    }

    /// `count` combinations drawn by `seed`, none twice as far as there are so many.
    init(random count: Int, of axes: [SweepAxis], seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var (runs, seen) = ([[(key: String, value: String)]](), Set<[String]>())
        // A small grid is used up before `count` is reached.
        var tries = 0
        while runs.count < count, tries < 20 * count {
            tries += 1
            let run = axes.map { axis in (key: axis.key, value: axis.drawn(by: &generator)) }
            if seen.insert(run.map(\.value)).inserted { runs.append(run) }
        }
        self.runs = runs
    }
}

extension SweepAxis {
    fileprivate func drawn(by generator: inout SeededGenerator) -> String {
        switch values {
        case .list(let values): return values[Int(generator.next(upperBound: UInt64(values.count)))]
        case .range(let low, let high):
            let scale = max(low.scale, high.scale)
            guard let first = try? low.rescaled(to: scale), let last = try? high.rescaled(to: scale) else {
                return low.description
            }
            let width = UInt64(last.units - first.units)
            let units = first.units + Int64(generator.next(upperBound: width + 1))
            return Ratio(units: units, scale: scale).description
        }
    }
}
