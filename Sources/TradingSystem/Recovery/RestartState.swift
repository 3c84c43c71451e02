import Contracts
import StoragePlane

/// Where the planes stood when the journal ended: what a daemon goes on from.
///
/// The newest whole set of snapshots is restored into planes of their own, which then hear the journal's tail again. What
/// they keep at its end is what the daemon's planes are given, so orders and strategies are as they were. Only the tail is
/// read, however long the journal is.
package struct RestartState: Sendable {
    private let configuration: Configuration

    package init(_ configuration: Configuration) { self.configuration = configuration }

    /// The states to restore.
    ///
    /// Where there is no whole set, or the tail does not come out as it did, the parts that work on orders begin anew,
    /// from the positions: ``JournalReader/restartPoint()``. The reason is among what was passed over.
    package func find(in reader: JournalReader) throws -> RecoveryPoint {
        let set = try reader.recoveryPoint()
        guard let asOf = set.asOf else { return try reader.restartPoint() }
        do {
            let tail = try JournalTail(reader, after: asOf)
            let retelling = try Retelling(configuration, from: set, at: tail.time)
            try retelling.hear(tail)
            return try retelling.present(asOf: tail.head, passedOver: set.passedOver)
        } catch let obstacle as RetellingObstacle {
            let point = try reader.restartPoint()
            return RecoveryPoint(
                snapshots: point.snapshots,
                asOf: point.asOf,
                passedOver: point.passedOver + [obstacle.description],
                lost: point.lost
            )
        }
    }
}

/// Why the journal's tail cannot be heard again.
enum RetellingObstacle: Error, Equatable, CustomStringConvertible {
    /// A plane does not take what it has kept.
    case refused(part: StatefulPart, why: String)
    /// A run that has traded has left no whole set.
    case missingSet(run: UInt64)
    /// The planes have said something else than the journal has.
    case difference(near: UInt64, topic: String)
    /// A part has not told its state.
    case silent(part: StatefulPart)

    var description: String {
        switch self {
        case .refused(let part, let why): "the kept state of \(part.rawValue) is not taken: \(why)"
        case .missingSet(let run): "the run that begins at \(run) has no whole set of snapshots"
        case .difference(let sequence, let topic):
            "near \(sequence) a \(topic) comes out otherwise than the journal has it"
        case .silent(let part): "\(part.rawValue) does not tell its state"
        }
    }
}
