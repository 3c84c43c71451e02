/// Why the simulator can't start or go on; says what, why and what to do next.
package enum SimulatorError: Error, Equatable, CustomStringConvertible {
    case badOption(option: String, value: String, expected: String)
    case unreadable(file: String, why: String)
    case badLine(file: String, line: Int, why: String)
    case badFormat(file: String, why: String)
    case addressUnavailable(address: String, why: String)
    case badCertificate(why: String)

    /// The exit status for this failure, after `sysexits.h`: 64 usage, 65 data, 69 unavailable.
    package var exitCode: Int32 {
        switch self {
        case .badOption: 64
        case .unreadable, .badLine, .badFormat, .badCertificate: 65
        case .addressUnavailable: 69
        }
    }

    /// One sentence for the operator: what broke, why, and what to do next.
    package var description: String {
        switch self {
        case .badOption(let option, let value, let expected):
            "\(option) can't be \"\(value)\": expected \(expected); see `bybit-sim --help`"
        case .unreadable(let file, let why):
            "can't read \(file): \(why); check the path and its permissions"
        case .badLine(let file, let line, let why):
            "\(file), line \(line): \(why); mend or remove the line and start again"
        case .badFormat(let file, let why):
            """
            can't replay \(file): \(why); supported are lines {"recv_ns":…,"msg":{…}}, bare Bybit v5 messages, \
            trade CSV (trade_time_ms or trade_time_us,trade_id,price,qty,taker_side) and candle CSV \
            (open_time_ms,open,high,low,close,volume), each plain or gzipped
            """
        case .addressUnavailable(let address, let why):
            "can't listen on \(address): \(why); choose another port, or 0 for any free one"
        case .badCertificate(let why):
            "can't use the TLS certificate: \(why); give PEM files that belong together, or --tls-self-signed"
        }
    }
}
