/// What research has done in this run, for health and metrics.
package struct ResearchStatus: Hashable, Sendable {
    /// Vectors worked through, and results posted.
    package var vectorCount = 0
    package var outcomeCount = 0
    package var driftCount = 0
    /// Vectors that wait for the worker.
    package var queuedCount = 0
    /// Vectors that a full queue has cost, the oldest first.
    package var droppedCount = 0
    /// Results that the inlet refused.
    package var refusedCount = 0
    /// Entries that a gap in the bars has cut off.
    package var abandonedCount = 0

    package init() {}
}
