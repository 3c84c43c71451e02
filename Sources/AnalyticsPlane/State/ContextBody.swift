import Contracts

/// All that later contexts depend on.
struct ContextBody: StateBody {
    static let version = 1

    /// What it was judged by: with other settings every regime starts anew.
    let settings: ContextSettings
    /// In the order in which they were first heard of.
    let instruments: [InstrumentContext]
}
