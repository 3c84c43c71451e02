import Contracts
import EventKernel

/// Keeps one decision of a run as the journal would write it.
final class DecisionCapture {
    private(set) var text: String?
    private let index: Int
    private var place = 0
    private var digest = DecisionDigest()

    /// Waits for the decision at `index`, counted from 0.
    init(index: Int, bus: EventBus) {
        self.index = index
        bus.record { event, _ in self.note(event) }
    }

    private func note(_ event: AnyEvent) {
        guard place <= index, digest.note(event) else { return }
        defer { place += 1 }
        guard place == index else { return }
        var bytes: [UInt8] = []
        guard (try? EventJSON.encode(event, into: &bytes)) != nil else { return }
        text = "\(event.topic.rawValue) \(String(decoding: bytes, as: UTF8.self))"
    }
}
