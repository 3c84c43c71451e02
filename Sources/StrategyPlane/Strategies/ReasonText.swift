import Contracts

/// A reason, put together in one buffer: strategies speak often in a backtest.
struct ReasonText {
    private static let places: UInt8 = 4

    private var bytes: [UInt8] = []

    init(_ text: StaticString) {
        bytes.reserveCapacity(80)
        add(text)
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func add(_ text: StaticString) { bytes.append(contentsOf: text.description.utf8) }

    mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func add(_ figure: Double) {
        let scaled = (figure * 1e4).rounded()
        guard let units = Int64(exactly: scaled) else { return add("\(figure)") }
        DecimalText.append(units, scale: Self.places, to: &bytes)
    }
}
