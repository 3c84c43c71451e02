import ArgumentParser
import ExchangeSimulator
import FoundationEssentials

/// What goes wrong, and when.
struct FaultOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Something that goes wrong so many seconds after the start; repeatable. Kinds: drop, reset, half-open, \
            black-hole, stall, silence, refuse, tls=KIND, reject, garbage, slow=MS, delay=MS, lose, duplicate, \
            reorder, gap, crossed, renumber, freeze, freeze-symbol=SYMBOL, stale, restart, maintenance, rest=KIND.
            """,
            valueName: "kind[=argument]@seconds[:duration]"
        )
    )
    var fault: [String] = []

    @Option(
        help: ArgumentHelp("Faults from a file, lines SECONDS KIND [ARGUMENT] [SECONDS].", valueName: "file")
    )
    var faultScript: String?

    @Option(help: ArgumentHelp("A random fault script from this seed.", valueName: "seed"))
    var faultSeed: UInt64?

    @Option(help: ArgumentHelp("How long the random script takes at most.", valueName: "seconds"))
    var faultSpan = 20.0

    @Flag(
        help: "Read faults from standard input, one a line: drop, silence 5, gap, slow 200 5, rest html 3 …"
    )
    var stdinControl = false

    func validate() throws {
        guard faultSpan > 0, faultSpan < 1_000_000 else {
            throw ValidationError("--fault-span must be above 0 seconds.")
        }
    }

    /// All faults of the run, the random ones about these symbols.
    func scheduled(symbols: [String]) throws(SimulatorError) -> [ScheduledFault] {
        var scheduled: [ScheduledFault] = []
        for text in fault { scheduled.append(try ScheduledFault(text)) }
        if let faultScript {
            guard let text = try? String(contentsOf: URL(filePath: faultScript), encoding: .utf8) else {
                throw .unreadable(file: faultScript, why: "no such file, or not text")
            }
            scheduled += try FaultScript(text: text, file: faultScript).faults
        }
        if let faultSeed {
            let span = Duration.milliseconds(Int64(faultSpan * 1000))
            let script = FaultScript(seed: faultSeed, symbols: symbols, span: span)
            for scheduled in script.faults { Console.say("script: \(scheduled.after): \(scheduled.fault)") }
            scheduled += script.faults
        }
        return scheduled
    }

    /// Reads control lines until standard input ends; a line that is not understood is told and left.
    func listen(to server: SimulatorServer) {
        server.readControlLines { Console.say($0) }
    }
}
