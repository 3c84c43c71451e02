import Glibc

/// One measured figure.
struct Figure {
    let bench: String
    let metric: String
    let value: Double
    let unit: String
}

/// Prints figures as they come and keeps them for the comparison at the end.
final class Report {
    private let version: String
    private(set) var figures: [Figure] = []

    init(version: String) { self.version = version }

    /// Prints one figure of ours; `more` are further fields with their JSON values.
    func add(
        _ bench: BenchGroup,
        _ metric: String,
        _ value: Double,
        _ unit: String,
        more: [(name: String, value: Double)] = []
    ) {
        figures.append(Figure(bench: bench.rawValue, metric: metric, value: value, unit: unit))
        add(bench, peer: "tradebot", version: version, metric, value, unit, more: more)
    }

    /// Prints one figure that something else than tradebot made in this run.
    func add(
        _ bench: BenchGroup,
        peer: String,
        version: String,
        _ metric: String,
        _ value: Double,
        _ unit: String,
        more: [(name: String, value: Double)] = []
    ) {
        var line = "{\"bench\": \(quoted(bench.rawValue)), \"peer\": \(quoted(peer))"
        line += ", \"version\": \(quoted(version)), \"metric\": \(quoted(metric))"
        line += ", \"value\": \(Self.text(value)), \"unit\": \(quoted(unit))"
        for field in more { line += ", \(quoted(field.name)): \(Self.text(field.value))" }
        Self.write(line + "}\n", to: STDOUT_FILENO)
    }

    /// Says something to the person who watches.
    static func note(_ text: String) { write("tradebot-bench: \(text)\n", to: STDERR_FILENO) }

    /// Four decimal places below a hundred, one below ten thousand, whole from there on.
    static func text(_ value: Double) -> String {
        let unit = value.magnitude < 100 ? 10_000.0 : value.magnitude < 10_000 ? 10 : 1
        let rounded = (value * unit).rounded() / unit
        guard let whole = Int(exactly: rounded) else { return rounded.description }
        return String(whole)
    }

    private func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text.unicodeScalars where character.value >= 0x20 {
            if character == "\"" || character == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
