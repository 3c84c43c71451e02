import Contracts

/// I14: equity is the start plus realised and unrealised profit, less fees and funding, to the last digit.
///
/// So equity less all of these is one and the same figure for as long as a run lasts. Where other coins have a share
/// in the equity, their worth moves with their marks and the figure says nothing.
struct EquityIdentity: InvariantChecker {
    static let id = "I14"
    static let topics: Set<Topic> = [.portfolioAccountUpdate, .controlState]

    private var start: Money?

    mutating func take(_ event: AnyEvent, _ place: EventPlace, _ report: (String) -> Void) {
        switch event {
        case .controlState(let state): if state.lifecycle == .starting { start = nil }
        case .portfolioAccountUpdate(let account):
            guard account.wallets.isEmpty else { return }
            guard let found = try? Self.start(of: account) else {
                return report("the account's figures cannot be added up exactly")
            }
            if let start, start != found {
                report(
                    "equity \(account.equity) would need a start of \(found) \(account.coin), and it was \(start)"
                )
            }
            start = found
        default: break
        }
    }

    private static func start(of account: AccountUpdate) throws(NumberError) -> Money {
        try account.equity.subtracting(account.realisedProfit).subtracting(account.unrealisedProfit)
            .adding(account.fees).adding(account.funding)
    }
}
