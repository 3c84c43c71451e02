import Contracts
import EventKernel
import Logging
import StoragePlane
import Systemd

/// Tells the system's log how far the journal goes and the chain's link there: whoever changes the journal later
/// cannot change what was told, and `botlab journal verify --against` compares the two.
struct ChainHeadLog: Sendable {
    static let intervalMilliseconds: Int64 = 60_000

    /// When a head is told.
    enum Occasion: String {
        case minute = "on disk"
        case rotation = "segment complete"
        case stop = "closed"
    }

    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    func note(_ head: JournalHead, _ occasion: Occasion) {
        logger.notice(
            "journal head \(head) (\(occasion.rawValue))",
            metadata: MessageID.journalHead.metadata.merging([
                "plane": "storage", "seq": .stringConvertible(head.sequence),
            ]) { $1 }
        )
    }

    /// Tells the newest durable head each minute from here on, where it has moved.
    func watch(_ kernel: Kernel, head: @escaping () -> JournalHead) {
        var told: JournalHead?
        kernel.every(milliseconds: Self.intervalMilliseconds, as: .logger) {
            let head = head()
            guard head != told else { return }
            told = head
            note(head, .minute)
        }
    }
}
