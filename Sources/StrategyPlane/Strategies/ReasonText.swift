/// A reason, put together in one buffer: strategies speak often in a backtest.
struct ReasonText {
    private static let places = 4

    private var bytes: [UInt8] = []

    init(_ text: StaticString) {
        bytes.reserveCapacity(80)
        add(text)
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func add(_ text: StaticString) { add(text.description) }

    mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// A figure with four decimal places.
    mutating func add(_ figure: Double) {
        guard let units = Int64(exactly: (figure * 1e4).rounded(.toNearestOrEven)) else {
            return add("\(figure)")
        }
        if units < 0 { bytes.append(0x2D) }
        var rest = units.magnitude
        var place = bytes.count + Self.length(of: rest)
        bytes.append(contentsOf: repeatElement(0x2E, count: place - bytes.count))
        var written = 0
        while place > 0, written <= Self.places || rest > 0 {
            place -= written == Self.places ? 2 : 1
            bytes[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            written += 1
        }
    }

    /// How many bytes a number of this many units takes, its point included.
    private static func length(of units: UInt64) -> Int {
        var (count, bound) = (places + 1, UInt64(100_000))
        while units >= bound {
            count += 1
            let (next, wrapped) = bound.multipliedReportingOverflow(by: 10)
            if wrapped { break }
            bound = next
        }
        return count + 1
    }
}
