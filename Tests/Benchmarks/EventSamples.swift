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

    /// The journal's entries for `count` events of the mix, and for a feature set now and then.
    static func entries(_ count: Int) -> [JournalEntry] {
        let kernel = Kernel()
        var entries: [JournalEntry] = []
        kernel.bus.record { event, isRoot in entries.append(JournalEntry(event: event, isRoot: isRoot)) }
        for (index, event) in events(of: Samples.mix(count)).enumerated() where entries.count < count {
            kernel.ingest(event)
            if index % 50 == 0 { kernel.bus.publish(features(at: kernel.now)) }
        }
        return Array(entries.prefix(count))
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
            values: Feature.allCases.map { 60_000.1 / Double($0.rawValue + 1) }
        )
    }
}
