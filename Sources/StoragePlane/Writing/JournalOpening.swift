import Contracts

/// What was found when a journal was opened for writing, and what was done about it: for the log and the operator.
package struct JournalOpening: Hashable, Sendable {
    /// Rows that could not be trusted and were taken out: the end of what a crash had left.
    package struct Cut: Hashable, Sendable {
        package let from: UInt64
        package let through: UInt64
    }

    /// Where the chain goes on.
    package internal(set) var head: JournalHead
    /// The journal's own id: eight of a-z and 2-7, drawn when it was made.
    package internal(set) var journal: String
    package internal(set) var segmentCount: Int
    /// How many rows of a version 1 journal were taken in.
    package internal(set) var migratedCount: Int?
    package internal(set) var cut: Cut?
    /// What SQLite could not read in its write-ahead log; nil where nothing was lost.
    package internal(set) var lostLog: String?

    /// What an operator should know, a sentence each; none after an orderly end.
    package var remarks: [String] {
        var remarks: [String] = []
        if let migratedCount {
            remarks.append("took in \(migratedCount) events of a journal of version 1")
        }
        if let cut {
            remarks.append(
                "cut events \(cut.from) to \(cut.through), whose chain was broken at the journal's end; it goes on after \(head)"
            )
        }
        if let lostLog { remarks.append("\(lostLog); the journal goes on after \(head)") }
        return remarks
    }
}
