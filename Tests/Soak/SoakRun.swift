import Contracts
import Glibc
import Logging
import StoragePlane
import Systemd
import TradingSystem

/// One daemon with its planes and its journal, on a clock that follows the exchange, until the exchange ends.
struct SoakRun {
    private static let lookInterval = Duration.milliseconds(50)
    /// With nothing new from the exchange for so long the run is given up.
    private static let standstillSecondsMax = 120.0

    let configuration: Configuration
    let output: LogOutput
    let start: UnixMilliseconds
    /// How often memory is looked at, by the exchange's time.
    let sampleMilliseconds: Int64
    let say: @Sendable (String) -> Void

    struct Outcome {
        let figures: SoakDoor.Figures
        let memory: MemoryTrail
        let exchangeMilliseconds: Int64
        let seconds: Double
    }

    func run() async throws -> Outcome {
        let clock = ExchangeClock(start)
        let door = SoakDoor(clock: clock)
        let system = try await LiveSystem(
            configuration,
            output: output,
            notifier: ServiceNotifier(),
            clock: clock,
            door: { event, inlet in door.take(event, into: inlet) },
            onJournalLost: { preconditionFailure($0.why) }
        )
        let began = Self.uptime
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await system.run() }
            tasks.addTask {
                for await state in system.lifecycle where state.lifecycle == .stopped { break }
                system.finish()
            }
            let memory = try await watch(door)
            let seconds = Self.uptime - began
            system.requestStop(reason: "the exchange has ended")
            try await tasks.waitForAll()
            return Outcome(
                figures: door.figures,
                memory: memory,
                exchangeMilliseconds: clock.now - start,
                seconds: seconds
            )
        }
    }

    /// Samples memory until every connection has ended.
    private func watch(_ door: SoakDoor) async throws -> MemoryTrail {
        var memory = MemoryTrail()
        var (next, told) = (start + sampleMilliseconds, start)
        var (newest, newestAt) = (start, Self.uptime)
        while !door.hasEnded {
            try await Task.sleep(for: Self.lookInterval)
            let now = door.clock.now
            if now > newest { (newest, newestAt) = (now, Self.uptime) }
            guard Self.uptime - newestAt < Self.standstillSecondsMax else {
                throw SoakTrouble("no data for \(Int(Self.standstillSecondsMax)) s; \(door.figures.errors)")
            }
            guard now >= next else { continue }
            memory.note(at: now)
            next = max(next + sampleMilliseconds, now)
            if now - told >= 3_600_000 {
                told = now
                say("\((now - start) / 60_000) min, \(memory.samples.last?.kilobytes ?? 0) kB")
            }
        }
        return memory
    }

    private static var uptime: Double {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
