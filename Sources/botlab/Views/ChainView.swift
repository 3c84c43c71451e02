import ArgumentParser
import StoragePlane

/// A chain, one event a line, and its ending.
struct ChainView {
    let rows: [JournalRow]
    let heading: String

    init(_ rows: [JournalRow], heading: String) {
        self.rows = rows
        self.heading = heading
    }

    func print() throws(ExitCode) {
        var output = StandardOutput()
        try output.write("\(heading)\n")
        for row in rows { try output.write("\(RowLine(row: row))\n") }
        try output.write("\(EventChain(rows).ending)\n")
        try output.flush()
    }
}
