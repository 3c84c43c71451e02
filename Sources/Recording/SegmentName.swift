/// The name of one segment of a recording: `frames-20261122T221500.123Z.jsonl.gz`.
///
/// Names sort by time. `.part` follows while it is written; `.torn` stands before the ending of one whose writer
/// was killed.
package struct SegmentName: Hashable, Sendable, Comparable {
    /// What becomes of a segment.
    package enum State: Sendable {
        case closed, torn, open
    }

    private static let prefix = "frames-"
    private static let suffix = ".jsonl.gz"
    private static let stampBytes = 20

    /// When its first frame came, in Unix milliseconds; no two segments of a folder begin at the same.
    package let startMilliseconds: Int64

    /// A name for a segment that begins then.
    package init(startMilliseconds: Int64) { self.startMilliseconds = startMilliseconds }

    /// Reads a file's name; nil for anything that is no segment.
    package init?(_ fileName: some StringProtocol) {
        guard fileName.hasPrefix(Self.prefix) else { return nil }
        let rest = fileName.dropFirst(Self.prefix.count)
        let stamp = rest.prefix(Self.stampBytes)
        let ending = rest.dropFirst(Self.stampBytes)
        guard ["", ".torn", ".part"].contains(where: { ending == Self.ending($0) }),
            let start = Self.milliseconds(String(stamp))
        else { return nil }
        startMilliseconds = start
    }

    /// The file's name in that state.
    package func fileName(_ state: State = .closed) -> String {
        let name = Self.prefix + Self.stamp(startMilliseconds)
        return switch state {
        case .closed: name + Self.ending("")
        case .torn: name + Self.ending(".torn")
        case .open: name + Self.ending(".part")
        }
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.startMilliseconds < right.startMilliseconds
    }

    private static func ending(_ state: String) -> String {
        state == ".part" ? suffix + state : state + suffix
    }

    private static func stamp(_ milliseconds: Int64) -> String {
        let day = milliseconds / 86_400_000
        let rest = Int(milliseconds % 86_400_000)
        let date = civil(day: Int(day))
        let time = padded(rest / 3_600_000, 2) + padded(rest / 60_000 % 60, 2) + padded(rest / 1000 % 60, 2)
        return padded(date.year, 4) + padded(date.month, 2) + padded(date.day, 2) + "T" + time + "."
            + padded(rest % 1000, 3) + "Z"
    }

    /// The date of a day counted from 1970-01-01, after Howard Hinnant's `civil_from_days`.
    private static func civil(day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = shifted / 146_097
        let ofEra = shifted % 146_097
        let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let shiftedMonth = (5 * ofYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let ofMonth = ofYear - (153 * shiftedMonth + 2) / 5 + 1
        return (year + era * 400 + (month <= 2 ? 1 : 0), month, ofMonth)
    }

    /// And back.
    private static func day(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let (era, ofEra) = (shifted / 400, shifted % 400)
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func milliseconds(_ stamp: String) -> Int64? {
        let bytes = Array(stamp.utf8)
        guard bytes.count == stampBytes, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "."),
            bytes[19] == UInt8(ascii: "Z")
        else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8),
            let hour = number(9..<11), let minute = number(11..<13), let second = number(13..<15),
            let thousandth = number(16..<19), year >= 1970
        else { return nil }
        let days = Self.day(year: year, month: month, day: day)
        let seconds = Int64((days * 24 + hour) * 60 + minute) * 60 + Int64(second)
        let milliseconds = seconds * 1000 + Int64(thousandth)
        // A date that is none, as the 31st of a short month, comes back as another.
        return Self.stamp(milliseconds) == stamp ? milliseconds : nil
    }
}
