import Foundation
import Performance
import Testing

@testable import Reporting

/// The page as a browser shows it, on a desk and on a phone.
@Suite(.serialized) struct `Report in a browser` {
    private let chromium = Chromium()
    private let page = Chromium.folder.appendingPathComponent("report.html")

    init() throws {
        try FileManager.default.createDirectory(at: Chromium.folder, withIntermediateDirectories: true)
        try Data(`Report page`.html.get().utf8).write(to: page)
    }

    @Test func `asks for nothing, fits its width and can be read, by day and by night`() throws {
        guard let chromium else { return }
        let measuring = MeasuringPage(page.lastPathComponent, widths: [1_280, 400])
        let file = Chromium.folder.appendingPathComponent("measures.html")
        try Data(measuring.html.utf8).write(to: file)
        for isDark in [false, true] {
            // When
            let all = try MeasuringPage.measures(in: chromium.document(file, dark: isDark))
            // Then
            #expect(all.map(\.width) == [1_280, 400])
            for measures in all {
                #expect(measures.contentWidth == measures.width)
                #expect(measures.requests == [])
                #expect(measures.clipped == [])
                #expect(measures.crossing == [])
                #expect(measures.pale == [])
                let picture = try chromium.picture(
                    page,
                    width: measures.width,
                    height: measures.height,
                    dark: isDark,
                    to: "report-\(measures.width)\(isDark ? "-dark" : "").png"
                )
                #expect(try Data(contentsOf: picture).count > 50_000)
            }
        }
    }

    @Test func `would be caught asking for something, too wide or too pale`() throws {
        guard let chromium else { return }
        let bad = """
            <!DOCTYPE html><meta name="viewport" content="width=device-width">
            <p style="color:#aaa">pale</p><p style="width:500px;text-align:right">clipped</p>
            <img src="http://127.0.0.1:9/picture.png" alt="">
            <figure><svg width="90" height="20"><text x="0" y="9">one</text><text x="4" y="9">two</text></svg></figure>
            """
        let (report, file) = (
            Chromium.folder.appendingPathComponent("bad.html"),
            Chromium.folder.appendingPathComponent("bad-measures.html")
        )
        defer { for each in [report, file] { try? FileManager.default.removeItem(at: each) } }
        try Data(bad.utf8).write(to: report)
        try Data(MeasuringPage("bad.html", widths: [400]).html.utf8).write(to: file)
        // When
        let measures = try MeasuringPage.measures(in: chromium.document(file, dark: false))
        // Then
        #expect(measures.map(\.contentWidth).allSatisfy { $0 > 400 } && measures.count == 1)
        #expect(measures.map(\.requests) == [["http://127.0.0.1:9/picture.png"]])
        #expect(measures.map(\.clipped) == [["clipped"]])
        #expect(measures.map(\.crossing) == [["one | two"]])
        #expect(measures.map(\.pale) == [["pale"]])
    }

    @Test func `has every figure and every table`() throws {
        guard let chromium else { return }
        let run = try `Report page`.run.get()
        // When
        let document = try chromium.document(page, dark: false)
        // Then
        for figure in run.performance.figures {
            #expect(document.contains("<dt>\(figure.label)</dt>"))
            #expect(
                document.contains("<dd>\(figure.text == "-" ? "–" : NumberText.grouped(figure.text))</dd>")
            )
        }
        for section in [
            "equity", "months", "profit", "summary", "outcomes", "exposure", "regimes", "rejections",
            "strategies", "figures", "trades", "origin", "settings", "events",
        ] {
            #expect(document.contains(#"id="\#(section)""#), "\(section)")
        }
        for setting in run.settings { #expect(document.contains("<code>\(setting.key)</code>")) }
        for file in run.data { #expect(document.contains(file.path) && document.contains(file.sha256)) }
        for digest in run.digests { #expect(document.contains(digest.value)) }
        for count in run.eventCounts { #expect(document.contains("<code>\(count.topic)</code>")) }
        for regime in run.regimes { #expect(document.contains(regime.name)) }
        for refusal in run.rejections { #expect(document.contains("<code>\(refusal.check)</code>")) }
        for trade in run.trades { #expect(document.contains(TimeText.minute(trade.exitTime))) }
        let tables = document.matches(of: /<table/).count
        #expect(tables == 11 && document.matches(of: /<caption>/).count == tables)
        let charts = document.matches(of: /<svg role="img"/).count
        #expect(charts == 3 && document.matches(of: /<desc id=/).count == charts)
    }
}
