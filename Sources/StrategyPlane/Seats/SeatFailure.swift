/// What a strategy did wrong; each disables it.
enum SeatFailure: Hashable {
    case failed(String)
    case nonsense(String)
    case overrun(String)

    var code: String {
        switch self {
        case .failed: "strategy.failed"
        case .nonsense: "strategy.nonsense"
        case .overrun: "strategy.overrun"
        }
    }

    var why: String {
        switch self {
        case .failed(let why), .nonsense(let why), .overrun(let why): why
        }
    }
}
