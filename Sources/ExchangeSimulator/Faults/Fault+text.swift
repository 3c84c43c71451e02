/// How faults are written: `KIND [ARGUMENT] [SECONDS]` on a line, `KIND[=ARGUMENT]@AT[:SECONDS]` as an option.
extension Fault {
    /// Every kind that can be written, with the argument it takes.
    package static let kinds: [(kind: String, argument: String)] = [
        ("drop", ""), ("reset", ""), ("half-open", ""), ("black-hole", ""), ("stall", ""), ("silence", ""),
        ("refuse", ""), ("tls", "expired|wrong-host|untrusted"), ("reject", ""), ("garbage", ""),
        ("slow", "MILLISECONDS"), ("delay", "MILLISECONDS"), ("lose", ""), ("duplicate", ""),
        ("reorder", ""), ("gap", ""), ("crossed", ""), ("renumber", ""), ("freeze", ""),
        ("freeze-symbol", "SYMBOL"), ("stale", ""), ("restart", ""), ("maintenance", ""),
        ("rest", RestFault.allCases.map(\.rawValue).joined(separator: "|")),
    ]

    /// Reads a control line such as `drop`, `silence 5`, `slow 200 5` (pause in ms, then seconds) or `gap`.
    package init(controlLine line: String) throws(SimulatorError) {
        let words = line.split(separator: " ").map(String.init)
        guard let kind = words.first, words.count <= 3,
            let known = Fault.kinds.first(where: { $0.kind == kind })
        else { throw Fault.unknown(line) }
        var rest = words.dropFirst()
        // The pause of `slow` may be left out, and so may nothing else that has an argument.
        let leavesOut = (kind == "slow" || kind == "delay") && rest.count < 2
        let argument = known.argument.isEmpty || leavesOut ? nil : rest.popFirst()
        guard rest.count <= 1, known.argument.isEmpty || leavesOut || argument != nil else {
            throw Fault.unknown(line)
        }
        var seconds: Double?
        if let text = rest.first {
            guard let value = Fault.seconds(text) else { throw Fault.unknown(line) }
            seconds = value
        }
        guard let fault = Fault(kind: kind, argument: argument, seconds: seconds) else {
            throw Fault.unknown(line)
        }
        self = fault
    }

    init?(kind: String, argument: String?, seconds: Double?) {
        let given = seconds.map { Duration.milliseconds(Int64($0 * 1000)) }
        let duration = given ?? Fault.durationDefault
        switch (kind, argument) {
        case ("drop", nil): self = .drop(refusing: given ?? .zero)
        case ("reset", nil): self = .reset(refusing: given ?? .zero)
        case ("half-open", nil) where seconds == nil: self = .halfOpen
        case ("black-hole", nil): self = .blackHole(duration)
        case ("stall", nil): self = .stall(given ?? Fault.stallDefault)
        case ("silence", nil): self = .silence(duration)
        case ("refuse", nil): self = .refuse(duration)
        case ("reject", nil): self = .reject(duration)
        case ("garbage", nil): self = .garbage(given ?? .zero)
        case ("slow", let text):
            guard let pause = Fault.milliseconds(text, standard: Fault.pauseDefault) else { return nil }
            self = .slow(pause: pause, duration)
        case ("delay", let text):
            guard let by = Fault.milliseconds(text, standard: Fault.delayDefault) else { return nil }
            self = .delay(by: by, duration)
        case ("lose", nil): self = .lose(duration)
        case ("duplicate", nil): self = .duplicate(duration)
        case ("reorder", nil): self = .reorder(duration)
        case ("gap", nil) where seconds == nil: self = .gap
        case ("crossed", nil) where seconds == nil: self = .crossed
        case ("renumber", nil) where seconds == nil: self = .renumber
        case ("freeze", nil): self = .freeze(duration)
        case ("freeze-symbol", .some(let symbol)) where InstrumentSpec.isSymbol(symbol):
            self = .freezeSymbol(symbol, duration)
        case ("stale", nil): self = .stale(duration)
        case ("restart", nil): self = .restart(given ?? Fault.restartDefault)
        case ("maintenance", nil): self = .maintenance(duration)
        case ("tls", .some(let text)):
            guard let fault = TLSFault(rawValue: text) else { return nil }
            self = .tls(fault, duration)
        case ("rest", .some(let text)):
            guard let fault = RestFault(rawValue: text) else { return nil }
            self = .rest(fault, duration)
        default: return nil
        }
    }

    /// Seconds as people write them; nil for what is no number from zero to a million.
    static func seconds(_ text: some StringProtocol) -> Double? {
        guard let value = Double(text), value >= 0, value < 1_000_000 else { return nil }
        return value
    }

    private static func milliseconds(_ text: String?, standard: Duration) -> Duration? {
        guard let text else { return standard }
        guard let value = Int64(text), value > 0, value < 1_000_000 else { return nil }
        return .milliseconds(value)
    }

    private static func unknown(_ text: String) -> SimulatorError {
        .badOption(
            option: "fault",
            value: text,
            expected: "KIND [ARGUMENT] [SECONDS] with a kind of " + kinds.map(\.kind).joined(separator: ", ")
        )
    }
}
