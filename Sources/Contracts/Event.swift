/// A typed fact on the bus: a value that names its topic.
///
/// The conformances are generated from `EventMap/event-map.tsv`, so topic, payload and channel always agree.
package protocol Event: Hashable, Codable, Sendable {
    /// The one topic this payload travels on.
    static var topic: Topic { get }
    var meta: EventMeta { get set }
    /// The event as a member of the closed sum, for the edges: inlet, journal, replay, control socket.
    var erased: AnyEvent { get }
}
