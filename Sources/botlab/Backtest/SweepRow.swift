/// One run of a sweep: what it set, and what it came to.
struct SweepRow {
    /// From 1 on, in the order of the plan.
    let number: Int
    let parameters: [(key: String, value: String)]
    /// Nil where the run failed, with the reason.
    let figures: BacktestFigures?
    let failure: String?
}
