import BybitProtocol
import Contracts
import FoundationEssentials

/// From the exchange's bytes to typed events: parsed, numbers exact, books folded and checked for gaps.
enum FrameBench {
    /// So many frames that they don't all stay in the processor's nearest cache.
    private static let frameCount = 20_000
    private static let passCount = 5

    static func run(_ report: Report, file: String?) throws {
        measure("ticker_delta", Samples.tickers(frameCount), report)
        measure("public_trade", Samples.trades(frameCount), report)
        measure("orderbook50_delta", Samples.books(frameCount), report)
        measure("orderbook50_delta_of_50_levels", Samples.wideBooks(frameCount / 4), report)
        measure("kline", Samples.klines(frameCount), report)
        measure("liquidation", Samples.liquidations(frameCount), report)
        measure("price_limit", Samples.priceLimits(frameCount), report)
        measureRate("parse+normalise+book (own mix)", Samples.mix(frameCount), passCount, report)
        guard let file else { return Report.note("3-json: no --frames FILE, so only frames of our own") }
        let data = try Data(contentsOf: URL(filePath: file))
        let frames = data.split(separator: 0x0A).map { Array($0) }
        measureRate("parse+normalise+book", frames, 1, report)
    }

    private static func measure(_ name: String, _ frames: [Samples.Frame], _ report: Report) {
        let (time, events) = read(frames, passCount)
        let more = [
            ("bytes_per_frame", size(of: frames)), ("events_per_frame", events),
        ]
        report.add(.json, "\(name)_frame", time, "ns", more: more)
        report.add(.json, "\(name)_rate", size(of: frames) / time * 1e3, "MB/s")
    }

    private static func measureRate(
        _ metric: String,
        _ frames: [Samples.Frame],
        _ passes: Int,
        _ report: Report
    ) {
        let (time, events) = read(frames, passes)
        let more = [("frames", Double(frames.count)), ("events_per_frame", events)]
        report.add(.json, metric, 1e9 / time, "msg/s", more: more)
        report.add(.json, metric, size(of: frames) / time * 1e3, "MB/s")
    }

    private static func size(of frames: [Samples.Frame]) -> Double {
        Double(frames.reduce(0) { $0 + $1.count }) / Double(max(1, frames.count))
    }

    /// Nanoseconds and events a frame; a frame that can't be read, or a gap, would make the figure worthless.
    private static func read(_ frames: [Samples.Frame], _ passes: Int) -> (Double, Double) {
        var decoder = PublicFrameDecoder(category: .linear)
        var output = DecodedFrame()
        var (failures, gaps) = (0, 0)
        let time = Stopwatch.cpuNanoseconds(per: frames.count * passes) {
            for _ in 0..<passes {
                for frame in frames {
                    do {
                        try decoder.decode(frame, receivedAt: 1_700_000_000_000, into: &output)
                        if output.gap != nil { gaps += 1 }
                    } catch {
                        failures += 1
                    }
                }
            }
        }
        if failures + gaps > 0 { Report.note("3-json: \(failures) unreadable frames and \(gaps) gaps") }
        return (time, Double(decoder.counters.events) / Double(max(1, decoder.counters.frames)))
    }
}
