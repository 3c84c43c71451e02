import Contracts

/// What was settled in one coin.
///
/// Equity in the coin = start + realised + unrealised - fees - funding, to the last digit.
struct CoinBook: Hashable {
    /// Coins that count as one dollar each.
    private static let dollars: Set<String> = ["USDT", "USDC", "USD"]

    let coin: String
    let isDollar: Bool
    let start: Money
    private(set) var realisedProfit = Money.zero
    private(set) var fees = Money.zero
    private(set) var funding = Money.zero
    /// The place of the inverse contract whose mark says what the coin is worth in dollars.
    var reference: Int?
    /// The mark of `reference` that was last told for its own sake, and when.
    private(set) var mark: Price?
    private(set) var markedAt: UnixMilliseconds = 0

    init(coin: String, start: Money) {
        self.coin = coin
        self.start = start
        isDollar = Self.dollars.contains(coin)
    }

    init(restoring coin: PortfolioBody.Coin) {
        self.init(coin: coin.coin, start: coin.start)
        realisedProfit = coin.realisedProfit
        fees = coin.fees
        funding = coin.funding
        mark = coin.mark
        markedAt = coin.markedAt
    }

    mutating func tell(_ mark: Price, at now: UnixMilliseconds) {
        self.mark = mark
        markedAt = now
    }

    /// Takes over what one of the coin's positions settled by becoming another.
    mutating func follow(from before: Position, to after: Position) throws(NumberError) {
        realisedProfit = try realisedProfit.adding(after.realisedProfit.subtracting(before.realisedProfit))
        fees = try fees.adding(after.fees.subtracting(before.fees))
        funding = try funding.adding(after.funding.subtracting(before.funding))
    }

    func equity(unrealised: Money) throws(NumberError) -> Money {
        try start.adding(realisedProfit).adding(unrealised).subtracting(fees).subtracting(funding)
    }
}
