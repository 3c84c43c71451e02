/// The invariants of the whole system, and how each is watched: `docs/invariants.md` is made from this list.
package struct InvariantList {
    /// One invariant.
    package struct Entry: Hashable, Sendable {
        package let id: String
        package let statement: String
        /// How `botlab journal verify` sees a breach in a journal; nil where a journal cannot show it.
        package let journal: String?
        /// What holds it while the daemon runs, and which test shows that.
        package let runtime: String
    }

    package static let all = first + second + third

    /// The list as a page.
    package static var page: String {
        var lines = [
            "# Invariants", "",
            "Made from `InvariantList` by `UPDATE_GOLDEN=1 swift test --filter 'The list of invariants'`. Do not edit.",
            "",
            "What must always be true, how the running daemon sees to it, and how `botlab journal verify` would see a",
            "breach. Each check of a journal has a test that plants a breach and sees it named",
            "(`Tests/StoragePlaneTests/Invariants`).", "", "| id | always | in a journal | while running |",
            "| --- | --- | --- | --- |",
        ]
        lines += all.map { entry in
            "| \(entry.id) | \(entry.statement) | \(entry.journal ?? "not decidable") | \(entry.runtime) |"
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
