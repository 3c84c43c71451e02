import ArgumentParser
import ControlProtocol
import ExchangeSimulator
import Glibc
import UnixSignals

/// A Bybit on the own machine: an invented or replayed market behind the exchange's public interface.
@main
struct BybitSim: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bybit-sim",
        abstract: "Simulate the public market data of Bybit v5 on this machine.",
        discussion: """
            Serves wss://…/v5/public/{linear,spot,inverse,option,misc/status} and the /v5/market REST calls from an invented \
            or a recorded market. Nothing is traded and nothing leaves the machine. One line per listening \
            address appears on standard output when the simulator is ready; all else goes to standard error. \
            Ends on SIGTERM or SIGINT. See bybit-sim(1).
            """,
        version: ProgramVersion.current
    )

    @OptionGroup(title: "Where it listens") var listening: ListenOptions
    @OptionGroup(title: "The market") var market: MarketOptions
    @OptionGroup(title: "Faults") var faults: FaultOptions

    func run() async throws {
        let server: SimulatorServer
        do {
            server = try SimulatorServer(options: try options())
            let ports = try await server.start()
            listening.announce(ports)
        } catch {
            Console.say(error.description)
            throw ExitCode(error.exitCode)
        }
        if faults.stdinControl { faults.listen(to: server) }
        let status = await BybitSim.waitForEnd(of: server)
        throw ExitCode(status)
    }

    private func options() throws(SimulatorError) -> SimulatorOptions {
        SimulatorOptions(
            market: market.choice,
            listen: try listening.plain(),
            tlsListen: try listening.secure(),
            certificate: listening.certificate,
            speed: market.factor ?? 1,
            durationMs: market.durationMs,
            hasOutages: market.outages,
            start: market.start,
            exitsAtEnd: market.exitAtEnd,
            faults: try faults.scheduled(symbols: market.plainSymbols),
            notice: { Console.say($0) },
            report: { Console.answer($0) }
        )
    }

    /// Waits for a signal, the end of a recording that was to end the run, or bad data in it; then stops.
    private static func waitForEnd(of server: SimulatorServer) async -> Int32 {
        await withTaskGroup(of: Int32.self) { group in
            group.addTask {
                let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
                for await _ in signals { break }
                return 0
            }
            group.addTask {
                do {
                    try await server.ended()
                    return 0
                } catch {
                    Console.say("\(error)")
                    return (error as? SimulatorError)?.exitCode ?? 70
                }
            }
            let status = await group.next() ?? 0
            group.cancelAll()
            // The other wait ends with the server.
            await server.stop()
            return status
        }
    }
}

/// Lines for people: answers on standard output, the rest on standard error, each at once.
enum Console {
    static func answer(_ line: String) {
        write(line, to: STDOUT_FILENO)
    }

    static func say(_ line: String) {
        write("bybit-sim: " + line, to: STDERR_FILENO)
    }

    private static func write(_ line: String, to descriptor: Int32) {
        var rest = Array((line + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { bytes in
                unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
