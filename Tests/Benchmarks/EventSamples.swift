import BybitProtocol
import Contracts
import EventKernel
import StoragePlane

/// Events as a running daemon has them: read from frames, numbered by a bus.
enum EventSamples {
    static func events(of frames: [Samples.Frame]) -> [AnyEvent] {
        var decoder = PublicFrameDecoder(category: .linear)
        var output = DecodedFrame()
        var events: [AnyEvent] = []
        for (index, frame) in frames.enumerated() {
            let time = 1_700_000_040_000 + Int64(index)
            do {
                try decoder.decode(frame, receivedAt: time, into: &output)
            } catch {
                preconditionFailure("a frame of our own can be read: \(error.why)")
            }
            events += output.events
        }
        return events
    }

    /// The journal's entries for `count` events of the mix, and for a feature set now and then; `writeAheadEvery` so
    /// many one that something leaves the process for.
    static func entries(_ count: Int, writeAheadEvery interval: Int? = nil) -> [JournalEntry] {
        let kernel = Kernel()
        var entries: [JournalEntry] = []
        kernel.bus.record { event, isRoot in entries.append(JournalEntry(event: event, isRoot: isRoot)) }
        for (index, event) in events(of: Samples.mix(count)).enumerated() where entries.count < count {
            kernel.ingest(event)
            if index % 50 == 0 { kernel.bus.publish(features(at: kernel.now)) }
            if let interval, index % interval == 0 { publishChain(of: 1, on: kernel) }
        }
        return Array(entries.prefix(count))
    }

    /// An intent and what its strategy says after it, `count` events of one correlation.
    @discardableResult
    static func publishChain(of count: Int, on kernel: Kernel) -> CorrelationID {
        let id = CorrelationID.intent(kernel.bus.nextSequence)
        let strategy = StrategyID("ema-cross")
        kernel.bus.publish(
            StrategyIntent(
                meta: EventMeta(source: .strategy, correlationID: id),
                instrument: Samples.instrument,
                strategy: strategy,
                version: 1,
                target: Money(units: 500, scale: 0),
                referencePrice: Price(units: 6_000_010, scale: 2),
                slippageMax: Ratio(units: 1, scale: 3),
                expires: kernel.now + 10_000,
                reason: "fast average 60000.1 crossed above slow 59999.9"
            )
        )
        for _ in 1..<max(count, 1) {
            kernel.bus.publish(
                StrategyState(
                    meta: EventMeta(source: .strategy, correlationID: id),
                    instrument: Samples.instrument,
                    strategy: strategy,
                    version: 1,
                    phase: .entering,
                    isEnabled: true,
                    why: "fast average 60000.1 crossed above slow 59999.9"
                )
            )
        }
        return id
    }

    private static func features(at time: UnixMilliseconds) -> FeatureSet {
        FeatureSet(
            meta: EventMeta(source: .analytics),
            instrument: Samples.instrument,
            barSeconds: 60,
            barEnd: time,
            open: Price(units: 5_999_990, scale: 2),
            high: Price(units: 6_001_030, scale: 2),
            low: Price(units: 5_999_070, scale: 2),
            close: Price(units: 6_000_010, scale: 2),
            isWarm: true,
            figures: Feature.allCases.map { 60_000.1 / Double($0.rawValue + 1) }
        )
    }
}
