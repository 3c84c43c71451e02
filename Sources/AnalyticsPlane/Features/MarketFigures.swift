import Contracts

/// What streams other than trades and candles say of an instrument; what has not come yet is nil.
struct MarketFigures: Codable {
    var book = BookFigures()
    private var basis: Double?
    private var fundingRate: Double?
    private var nextFundingTime: UnixMilliseconds?
    private(set) var openInterest: Double?
    private var openInterestTime: UnixMilliseconds = .min

    mutating func take(_ ticker: borrowing TickerEvent) {
        guard let mark = ticker.markPrice, let index = ticker.indexPrice, index.isPositive else { return }
        basis = mark.approximate / index.approximate - 1
    }

    /// A settlement that was fetched afterwards says nothing of the coming one.
    mutating func take(_ funding: borrowing FundingEvent) {
        guard !funding.isBackfill else { return }
        fundingRate = funding.rate.approximate
        nextFundingTime = funding.nextFundingTime
    }

    mutating func take(_ interest: borrowing OpenInterestEvent) {
        guard interest.exchangeTime >= openInterestTime else { return }
        openInterestTime = interest.exchangeTime
        openInterest = interest.openInterest.approximate
    }

    /// Writes down what is known at the end of a bar.
    func write(at barEnd: UnixMilliseconds, _ values: inout FeatureValues) {
        values.set(.spread, book.spread)
        values.set(.imbalance, book.imbalance)
        values.set(.micropriceOffset, book.micropriceOffset)
        values.set(.bookSlope, book.slope)
        values.set(.basis, basis)
        values.set(.fundingRate, fundingRate)
        if let nextFundingTime, nextFundingTime >= barEnd {
            values.set(.minutesToFunding, Double(nextFundingTime - barEnd) / 60_000)
        }
        values.set(.openInterest, openInterest)
    }
}
