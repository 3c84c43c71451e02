import FoundationEssentials

/// Bounds that the figures should keep on an ordinary machine: for a person to look at, never a test's verdict.
struct Thresholds {
    struct Bound: Decodable {
        let bench: String
        let metric: String
        let unit: String
        let atMost: Double?
        let atLeast: Double?
    }

    private let bounds: [Bound]

    init(contentsOf path: String) throws {
        let data = try Data(contentsOf: URL(filePath: path))
        bounds = try JSONDecoder().decode([Bound].self, from: data)
    }

    /// One line for each figure outside its bound, and a summary.
    func remarks(on figures: [Figure]) -> [String] {
        var remarks: [String] = []
        var comparedCount = 0
        for figure in figures {
            guard let bound = bounds.first(where: { $0.isFor(figure) }) else { continue }
            comparedCount += 1
            guard let why = bound.breach(by: figure.value) else { continue }
            let value = Report.text(figure.value)
            remarks.append("\(figure.bench) \(figure.metric): \(value) \(figure.unit), \(why)")
        }
        return remarks + ["\(comparedCount) figures compared, \(remarks.count) outside their bounds"]
    }
}

extension Thresholds.Bound {
    fileprivate func isFor(_ figure: Figure) -> Bool {
        bench == figure.bench && metric == figure.metric && unit == figure.unit
    }

    fileprivate func breach(by value: Double) -> String? {
        if let atMost, value > atMost { return "expected at most \(Report.text(atMost))" }
        if let atLeast, value < atLeast { return "expected at least \(Report.text(atLeast))" }
        return nil
    }
}
