import Contracts
import Testing

@testable import Reporting

@Suite struct `Text of numbers` {
    @Test(arguments: [
        ("0", "0"), ("-1", "−1"), ("999", "999"), ("1000", "1,000"), ("-1234567.891", "−1,234,567.891"),
        ("0.5", "0.5"), ("1e+300", "1e+300"),
    ])
    func `has its thousands in groups`(plain: String, text: String) {
        #expect(NumberText.grouped(plain) == text)
    }

    @Test func `has a sign only where there is something`() {
        #expect(["12.5", "−3", "0.00", "–"].map(NumberText.signed) == ["+12.5", "−3", "0.00", "–"])
    }

    @Test(arguments: [
        ("100000", "1234.5", "1,234.50"), ("100000", "-0.001", "0.00"), ("5", "0.12345678", "0.1235"),
        ("0.5", "0.12345678", "0.12345678"), ("100000", "7", "7.00"), ("100000", "2.675", "2.68"),
    ])
    func `has as many places as the account is large`(account: String, amount: String, text: String) throws {
        let (account, amount) = try (#require(Money(account)), #require(Money(amount)))
        #expect(MoneyText(accountOf: account).text(amount) == text)
    }

    @Test func `shows a cost as what it takes away`() throws {
        let money = MoneyText(accountOf: 1_000)
        #expect(money.cost(12).text == "−12.00" && money.cost(12).tone == "loss")
        #expect(money.cost(-3).text == "+3.00" && money.cost(-3).tone == "gain")
        #expect(money.cost(0).text == "0.00" && money.cost(0).tone == "even")
        let parts = ProfitParts(price: 100, fees: 10, funding: -5, slippage: 2)
        #expect(money.net(parts).text == "+93.00")
    }

    @Test func `names bytes and spans by the unit that suits them`() {
        #expect(
            [0, 1_023, 1_536, 5_000_000_000].map(NumberText.bytes) == [
                "0 B", "1,023 B", "1.5 KiB", "4.7 GiB",
            ]
        )
        #expect(
            [60_000.0, 7_200_000, 864_000_000].map(TimeText.span) == ["1 min", "2.0 hours", "10 days"]
        )
    }
}

@Suite struct `Trade sample` {
    @Test func `counts what was won and what was lost`() throws {
        let trades = try SampleRun.report(bars: 30_000).trades
        let sample = TradeSample(trades)
        let (long, short) = (
            TradeSample(trades.filter { $0.side == .buy }), TradeSample(trades.filter { $0.side == .sell })
        )
        #expect(sample.count == long.count + short.count)
        #expect(abs(sample.net - long.net - short.net) < 1e-6)
        let (share, gain, loss) = try (
            #require(sample.wonShare), #require(sample.gainMean), #require(sample.lossMean)
        )
        let mean = try #require(sample.mean)
        #expect(abs(mean - (share * gain + (1 - share) * loss)) < 1e-6)
        #expect(sample.worst == min(long.worst ?? 0, short.worst ?? 0))
        #expect(TradeSample([]).mean == nil && TradeSample([]).profitFactor == nil)
    }

    @Test func `knows the longest run of losses`() throws {
        let trades = try SampleRun.report(bars: 30_000).trades
        let (winner, loser) = try (
            #require(trades.first { $0.profit.approximateNet > 0 }),
            #require(trades.first { $0.profit.approximateNet < 0 })
        )
        let run = [loser, winner, loser, loser, loser, winner, loser, loser]
        #expect(TradeSample(run).longestLosingRun == 3)
    }
}
