/// What is thrown random bytes at: each takes any bytes, and says what about them was wrong.
///
/// `make fuzz` runs them under libFuzzer; what it finds becomes a file in `Tests/Fuzz/found/`, which a unit test
/// reads back through the same functions.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// Messages of the public stream, through both ways of reading them.
    case frames
    /// Answers of the public REST interface.
    case rest
    /// Decimal text.
    case decimals
    /// Symbols, instruments, trade ids and topics.
    case names
    /// Order books, beside one made of a dictionary.
    case books

    /// Runs `bytes`; nil where all held, else what did not.
    package func contradiction(in bytes: [UInt8]) -> String? {
        switch self {
        case .frames: FrameFuzz.contradiction(in: bytes)
        case .rest: RestFuzz.contradiction(in: bytes)
        case .decimals: DecimalFuzz.contradiction(in: bytes)
        case .names: NameFuzz.contradiction(in: bytes)
        case .books: BookFuzz.contradiction(in: bytes)
        }
    }
}
