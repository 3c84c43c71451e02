/// A fault and when it strikes, counted from the moment the server is ready.
package struct ScheduledFault: Hashable, Sendable {
    /// What goes wrong.
    package let fault: Fault
    /// How long after the server is ready.
    package let after: Duration

    /// A fault at a moment.
    package init(_ fault: Fault, after: Duration) {
        self.fault = fault
        self.after = after
    }

    /// Reads `KIND[=ARGUMENT]@SECONDS[:DURATION]`.
    package init(_ text: String) throws(SimulatorError) {
        let wrong = SimulatorError.badOption(
            option: "--fault",
            value: text,
            expected: "KIND[=ARGUMENT]@SECONDS[:DURATION] with a kind of "
                + Fault.kinds.map(\.kind).joined(separator: ", ")
        )
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2 else { throw wrong }
        let kind = halves[0].split(separator: "=", omittingEmptySubsequences: false)
        let times = halves[1].split(separator: ":", omittingEmptySubsequences: false).map {
            Fault.seconds($0) ?? -1
        }
        guard (1...2).contains(kind.count), (1...2).contains(times.count), times.allSatisfy({ $0 >= 0 }),
            let fault = Fault(
                kind: String(kind[0]),
                argument: kind.count == 2 ? String(kind[1]) : nil,
                seconds: times.count == 2 ? times[1] : nil
            )
        else { throw wrong }
        self.init(fault, after: .milliseconds(Int64(times[0] * 1000)))
    }
}

/// Faults in the order they strike, and the moment from which the market is healthy again.
package struct FaultScript: Equatable, Sendable {
    /// The faults, earliest first.
    package let faults: [ScheduledFault]

    /// A script of these faults.
    package init(_ faults: [ScheduledFault]) {
        self.faults = faults.sorted { $0.after < $1.after }
    }

    /// When the last of them has ended.
    package var over: Duration {
        faults.map { $0.after + $0.fault.length }.max() ?? .zero
    }

    /// Reads lines `SECONDS KIND [ARGUMENT] [SECONDS]`; empty ones and those that begin with `#` are skipped.
    package init(text: String, file: String) throws(SimulatorError) {
        var faults: [ScheduledFault] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(separator: " ", maxSplits: 1)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            guard words.count == 2, let after = Fault.seconds(first) else {
                throw .badLine(file: file, line: index + 1, why: "not SECONDS KIND [ARGUMENT] [SECONDS]")
            }
            do throws(SimulatorError) {
                let fault = try Fault(controlLine: String(words[1]))
                faults.append(ScheduledFault(fault, after: .milliseconds(Int64(after * 1000))))
            } catch {
                throw .badLine(file: file, line: index + 1, why: error.description)
            }
        }
        self.init(faults)
    }

    /// Draws between one and `countMax` faults from a seed, all over after `span`.
    ///
    /// Each lasts at most a third of the span, so that healthy stretches lie between them; certificates are left
    /// alone, since a client under test may well not speak TLS.
    package init(seed: UInt64, symbols: [String], span: Duration = .seconds(20), countMax: Int = 6) {
        var random = SeededRandom(seed: SeededRandom.seed(seed, for: "fault-script"))
        let spanMs = max(
            1,
            span.components.seconds * 1000 + span.components.attoseconds / 1_000_000_000_000_000
        )
        var faults: [ScheduledFault] = []
        for _ in 0..<(1 + random.below(Int64(max(1, countMax)))) {
            let lengthMs = spanMs / 20 + random.below(spanMs * 3 / 10)
            let afterMs = random.below(spanMs - lengthMs)
            let fault = FaultScript.drawn(lengthMs: lengthMs, symbols: symbols, random: &random)
            faults.append(ScheduledFault(fault, after: .milliseconds(afterMs)))
        }
        self.init(faults)
    }

    private static func drawn(lengthMs: Int64, symbols: [String], random: inout SeededRandom) -> Fault {
        let length = Duration.milliseconds(lengthMs)
        let third = Duration.milliseconds(max(1, lengthMs / 3))
        switch random.below(23) {
        case 0: return .drop(refusing: length)
        case 1: return .reset(refusing: .zero)
        case 2: return .halfOpen
        case 3: return .blackHole(length)
        case 4: return .stall(length)
        case 5: return .silence(length)
        case 6: return .refuse(length)
        case 7: return .reject(length)
        case 8: return .garbage(.zero)
        case 9: return .slow(pause: .milliseconds(50 + random.below(300)), length)
        case 10: return .delay(by: third, length - third)
        case 11: return .lose(length)
        case 12: return .duplicate(length)
        case 13: return .reorder(length)
        case 14: return .gap
        case 15: return .crossed
        case 16: return .renumber
        case 17: return .freeze(length)
        case 18 where !symbols.isEmpty:
            return .freezeSymbol(symbols[Int(random.below(Int64(symbols.count)))], length)
        case 19: return .stale(length)
        case 20: return .restart(third)
        case 21: return .maintenance(length)
        default:
            let kinds = RestFault.allCases
            return .rest(kinds[Int(random.below(Int64(kinds.count)))], length)
        }
    }
}
