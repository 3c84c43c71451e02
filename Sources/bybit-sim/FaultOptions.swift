import ArgumentParser
import ExchangeSimulator

/// What goes wrong, and when.
struct FaultOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Something that goes wrong so many seconds after the start: drop, silence, garbage, gap, slow, refuse \
            or reject; slow=MS@… sets the pause between bursts. Repeatable.
            """,
            valueName: "kind@seconds[:duration]"
        )
    )
    var fault: [String] = []

    @Flag(help: "Read faults from standard input, one a line: drop, silence 5, gap, slow 200 5, refuse 3 …")
    var stdinControl = false

    func scheduled() throws(SimulatorError) -> [ScheduledFault] {
        var scheduled: [ScheduledFault] = []
        for text in fault { scheduled.append(try ScheduledFault(text)) }
        return scheduled
    }

    /// Reads control lines until standard input ends; a line that is not understood is told and left.
    func listen(to server: SimulatorServer) {
        server.readControlLines { Console.say($0) }
    }
}
