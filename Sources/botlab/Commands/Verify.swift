import ArgumentParser
import StoragePlane

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read a whole journal once and say whether it is whole.",
        discussion: """
            Looks at the file's pages, the numbering, the order of time and every payload. Changes nothing.

              botlab journal verify journal && echo whole

            Exit status: 0 whole, 65 not whole or no journal, 66 no such file.
            """
    )

    @OptionGroup var journal: JournalOption

    func run() throws {
        let check = try journal.read { try $0.check() }
        guard check.isWhole else {
            StandardError.write(Self.complaint(check, journal.file))
            throw JournalOption.dataDamaged
        }
        let numbers = check.first.map { "\($0) to \(check.last ?? $0)" } ?? "none"
        print("\(journal.file): whole, \(check.count) events, numbers \(numbers)")
    }

    private static func complaint(_ check: JournalCheck, _ file: String) -> String {
        var lines = ["\(file): not whole"]
        lines += check.damage.map { "  the database's pages: \($0)" }
        lines += check.gaps.map { "  missing: \($0.from)\($0.to == $0.from ? "" : " to \($0.to)")" }
        if check.backwardCount > 0 {
            lines.append("  \(check.backwardCount) events are earlier than the one before")
        }
        if check.malformedCount > 0 { lines.append("  \(check.malformedCount) payloads are no JSON") }
        lines.append("keep a copy; a backup, or `sqlite3 FILE .recover`, may have what is missing")
        return lines.joined(separator: "\n") + "\n"
    }
}
