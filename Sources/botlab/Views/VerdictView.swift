import Contracts
import StoragePlane

/// What `journal verify` has found, a line for each invariant.
struct VerdictView {
    let journal: String
    let verdict: JournalVerdict
    let heads: [HeadView]

    private static let nameWidth = 5
    private static let standingWidth = 15

    /// Nothing can be said of no events.
    var isEmpty: Bool { verdict.check.count == 0 }
    var isWhole: Bool {
        !isEmpty && verdict.check.isWhole && verdict.unreadableCount == 0 && !heads.contains(where: \.isWrong)
    }
    var isClean: Bool { isWhole && verdict.isClean }

    var text: String {
        let lines = [journal] + extent + heads.map { "  against    \($0.head): \($0.sentence)" } + [""]
        guard !isEmpty else { return (lines + ["nothing to verify"]).joined(separator: "\n") + "\n" }
        return (lines + InvariantList.all.flatMap(self.lines) + ["", summary]).joined(separator: "\n") + "\n"
    }

    // MARK: The whole

    private var extent: [String] {
        let check = verdict.check
        let numbers = check.first.map { "\($0) to \(check.last ?? $0)" } ?? "none"
        var lines = [
            "  events     \(check.count), numbers \(numbers), segments \(check.segmentCount)",
            "  chain      \(chain)",
            "  snapshots  \(check.snapshotCount), each compared with its segment's list",
        ]
        if check.removedCount > 0 { lines.append("  retention  took \(check.removedCount) events out") }
        if verdict.unreadableCount > 0 {
            lines.append(
                "  NOT SEEN   \(verdict.unreadableCount) events that this program cannot read: another version's?"
            )
        }
        return lines + faults.map { "  \($0)" }
    }

    private var chain: String {
        let check = verdict.check
        guard check.hasChain else { return "none: a journal of version 1" }
        guard !isEmpty else { return check.isWhole ? "none: no events" : "BROKEN" }
        return (check.isWhole ? "whole" : "BROKEN") + (check.head.map { ", head \($0)" } ?? "")
    }

    private var faults: [String] {
        let check = verdict.check
        var lines = check.damage.map { "damaged: \($0)" }
        lines += check.gaps.map { "missing: \($0.from)\($0.to == $0.from ? "" : " to \($0.to)")" }
        lines += check.breaks.map { "at \($0.sequence): \($0.why)" }
        if check.backwardCount > 0 {
            lines.append("\(check.backwardCount) events are earlier than the one before")
        }
        if check.malformedCount > 0 { lines.append("\(check.malformedCount) payloads are no JSON") }
        return lines
    }

    // MARK: Invariants

    private func lines(of entry: InvariantList.Entry) -> [String] {
        let standing = verdict.standing(of: entry)
        let head = Self.padded(entry.id, Self.nameWidth) + Self.padded(standing.text, Self.standingWidth)
        switch standing {
        case .holds: return [head + entry.statement]
        case .undecidable: return [head + entry.statement + " While running: " + entry.runtime]
        case .broken(let count):
            let listed = verdict.violations(of: entry.id)
            var lines = [head + entry.statement]
            lines += listed.map { "       at \($0.sequence): \($0.sentence)" }
            if !listed.isEmpty, count > listed.count {
                lines.append("       and \(count - listed.count) more")
            }
            return lines
        }
    }

    private var summary: String {
        let standings = InvariantList.all.map(verdict.standing(of:))
        let undecidable = standings.count { $0 == .undecidable }
        let holding = standings.count { $0 == .holds }
        let broken = standings.count - undecidable - holding
        return "\(holding) invariants hold, \(broken) are broken, \(undecidable) a journal cannot show"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.utf8.count))
    }
}

extension JournalVerdict.Standing {
    fileprivate var text: String {
        switch self {
        case .holds: "holds"
        case .broken(let count): "BROKEN (\(count))"
        case .undecidable: "not decidable"
        }
    }
}

// MARK: JSON

extension VerdictView {
    private struct Line: Encodable {
        struct Span: Encodable { let from, to: UInt64 }
        struct Place: Encodable {
            let seq: UInt64
            let why: String
        }
        struct Invariant: Encodable {
            let id: String
            let state: String
            let count: Int
            let statement: String
            let violations: [Place]
        }

        let journal: String
        let clean: Bool
        let whole: Bool
        let events: Int
        let firstSeq: UInt64?
        let lastSeq: UInt64?
        let segments: Int
        let head: String?
        let snapshots: Int
        let removed: UInt64
        let unreadable: Int
        let damage: [String]
        let gaps: [Span]
        let breaks: [Place]
        let against: [HeadView]
        let invariants: [Invariant]
    }

    /// One JSON object and a line's end.
    func json() throws -> String {
        let check = verdict.check
        return try EventJSONEncoder().line(
            of: Line(
                journal: journal,
                clean: isClean,
                whole: isWhole,
                events: check.count,
                firstSeq: check.first,
                lastSeq: check.last,
                segments: check.segmentCount,
                head: check.head?.description,
                snapshots: check.snapshotCount,
                removed: check.removedCount,
                unreadable: verdict.unreadableCount,
                damage: check.damage,
                gaps: check.gaps.map { Line.Span(from: $0.from, to: $0.to) },
                breaks: check.breaks.map { Line.Place(seq: $0.sequence, why: $0.why) },
                against: heads,
                invariants: isEmpty ? [] : InvariantList.all.map(invariant)
            )
        )
    }

    private func invariant(_ entry: InvariantList.Entry) -> Line.Invariant {
        let (state, count) =
            switch verdict.standing(of: entry) {
            case .holds: ("holds", 0)
            case .broken(let count): ("broken", count)
            case .undecidable: ("undecidable", 0)
            }
        return Line.Invariant(
            id: entry.id,
            state: state,
            count: count,
            statement: entry.statement,
            violations: verdict.violations(of: entry.id).map {
                Line.Place(seq: $0.sequence, why: $0.sentence)
            }
        )
    }
}
