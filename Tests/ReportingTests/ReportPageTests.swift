import Contracts
import Foundation
import Performance
import Testing

@testable import Reporting

@Suite(.serialized) struct `Report page` {
    static let run = Result { try SampleRun.report() }
    static let html = Result { try ReportPage().html(run.get()) }

    @Test func `is the same, byte for byte, for the same run`() throws {
        let again = try ReportPage().html(SampleRun.report())
        #expect(try again == Self.html.get())
        // A run that was kept and read again is the same run.
        let kept = try JSONDecoder().decode(RunReport.self, from: JSONEncoder().encode(Self.run.get()))
        #expect(try kept == Self.run.get())
        #expect(try Self.html.get().utf8.count < 800_000)
    }

    @Test func `refers to nothing outside of itself`() throws {
        let html = try Self.html.get()
        let references = html.matches(of: /(?:src|href|srcset|action|poster|data)\s*=\s*["']?([^"'>\s]*)/)
        for reference in references where !reference.1.hasPrefix("#") {
            #expect(reference.1.hasPrefix("data:"))
        }
        #expect(html.matches(of: /url\(|@import|<script|<iframe|<object|<embed|<base/).isEmpty)
        #expect(html.matches(of: /\son[a-z]+\s*=/).isEmpty)
        #expect(html.contains(#"http-equiv="Content-Security-Policy" content="default-src 'none';"#))
        #expect(!html.contains("http://") && !html.contains("https://"))
    }

    @Test func `shows words of the run as words, whatever is in them`() throws {
        var run = try SampleRun.report(bars: 9_000)
        let evil = #"<script>alert("1")</script>'&{{title}}"#
        run.title = evil
        run.currency = evil
        run.settings = [Setting(key: evil, value: evil)]
        run.notices = [RunNotice(.warning, evil)]
        run.data = [DataFile(path: evil, bytes: 1, sha256: evil, rows: 1, first: nil, last: nil)]
        run.regimes = [RegimeShare(name: evil, timeShare: 1, trades: 0, net: 0)]
        run.rejections = [RejectionCount(check: evil, count: 1)]
        let html = try ReportPage().html(run)
        #expect(!html.contains("<script"))
        #expect(
            html.contains(
                "<title>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;{{title}}</title>"
            )
        )
    }

    @Test func `is whole for a run in which nothing happened`() throws {
        let html = try ReportPage().html(
            RunReport(
                title: "Nothing",
                engineVersion: "tradebot 0.2.0",
                inputDigest: "",
                seed: 0,
                currency: "USDT",
                startingEquity: 1_000,
                finalEquity: 1_000,
                performance: PerformanceReport(ReturnSeries(returns: [], periodsPerYear: 365))
            )
        )
        #expect(html.contains("<h2>Trades</h2><span>0</span>") && html.contains("No regime was told"))
        #expect(!html.contains("nan") && !html.contains("inf%"))
        #expect(!html.contains("figure class"))
    }

    @Test func `shows the first and the last of very many trades`() throws {
        var run = try SampleRun.report(bars: 20_000)
        let trade = try #require(run.trades.first)
        run.trades = Array(repeating: trade, count: 5_000)
        let html = try ReportPage().html(run)
        #expect(
            html.contains("<h2>Trades</h2><span>5,000</span>")
                && html.contains("The first and the last 1,000 are shown")
        )
        #expect(html.contains(#"class="num">1,000<"#) && html.contains(#"class="num">4,001<"#))
        #expect(!html.contains(#"class="num">1,001<"#))
    }

    @Test func `says what the parts of a profit do not explain`() throws {
        var run = try SampleRun.report(bars: 9_000)
        #expect(try !ReportPage().html(run).contains("Unexplained"))
        run.finalEquity = try run.finalEquity.adding(1)
        let html = try ReportPage().html(run)
        #expect(html.contains("Unexplained") && html.contains("+1.00"))
    }
}
