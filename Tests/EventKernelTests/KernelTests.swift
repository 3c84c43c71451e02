import Contracts
import EventKernel
import Testing

@Suite struct `A kernel` {
    let kernel = Kernel()

    @Test func `takes its modules along when it goes, though they keep its bus`() {
        final class Module {
            let bus: EventBus
            init(_ bus: EventBus) {
                self.bus = bus
                bus.on(ClockEvent.self, as: .logger) { _ in self.bus.publish(clock(0)) }
                bus.record { _, _ in _ = self }
            }
        }
        weak var module: Module?
        weak var bus: EventBus?
        do {
            let kernel = Kernel()
            let made = Module(kernel.bus)
            (module, bus) = (made, kernel.bus)
            kernel.after(milliseconds: 5, as: .logger) { _ = made }
            withExtendedLifetime(kernel) {}
        }
        #expect(module == nil)
        #expect(bus == nil)
    }

    @Test func `never lets time go back`() {
        var times: [UnixMilliseconds] = []
        kernel.bus.on(ClockEvent.self, as: .logger) { event in times.append(event.meta.ts) }
        for time in [100, 50, 101, 0] as [UnixMilliseconds] { kernel.ingest(clock(time)) }
        #expect(times == [100, 100, 101, 101])
        #expect(kernel.now == 101)
    }

    @Test(arguments: 0..<32 as Range<UInt64>)
    func `fires timers by deadline, then registration, each before the first event that is not earlier`(
        seed: UInt64
    ) {
        var random = SeededGenerator(seed: seed)
        kernel.ingest(clock(1_000))
        var log: [(time: Int64, timer: Int?)] = []
        var wanted: [(deadline: Int64, number: Int)] = []
        for number in 0..<40 {
            let delay = Int64(random.next() % 50) + 1
            wanted.append((1_000 + delay, number))
            kernel.after(milliseconds: delay, as: .orchestrator) { log.append((kernel.now, number)) }
        }
        kernel.bus.on(ClockEvent.self, as: .logger) { event in log.append((event.meta.ts, nil)) }
        var times: [Int64] = [1_000]
        while let last = times.last, last < 1_060 { times.append(last + Int64(random.next() % 9)) }
        for time in times.dropFirst() { kernel.ingest(clock(time)) }
        // Then
        wanted.sort { ($0.deadline, $0.number) < ($1.deadline, $1.number) }
        #expect(log.compactMap(\.timer) == wanted.map(\.number))
        #expect(log.filter { $0.timer != nil }.map(\.time) == wanted.map(\.deadline))
        #expect(log.map(\.time) == log.map(\.time).sorted())
        for (index, entry) in log.enumerated() where entry.timer != nil {
            // No event of the deadline's own time or later stands before the timer.
            #expect(!log[..<index].contains { $0.timer == nil && $0.time >= entry.time })
        }
        #expect(kernel.nextDeadline == nil)
    }

    @Test func `fires a timer that a timer armed, within one jump`() {
        var log: [Int64] = []
        kernel.ingest(clock(1_000))
        kernel.after(milliseconds: 10, as: .orchestrator) {
            log.append(kernel.now)
            kernel.after(milliseconds: 10, as: .orchestrator) { log.append(kernel.now) }
        }
        kernel.ingest(clock(1_500))
        #expect(log == [1_010, 1_020])
    }

    @Test func `runs a series at each interval, once for a jump over several`() {
        var log: [Int64] = []
        kernel.ingest(clock(1_000))
        kernel.every(milliseconds: 10, as: .orchestrator) { log.append(kernel.now) }
        for time in stride(from: Int64(1_005), through: 1_030, by: 5) { kernel.ingest(clock(time)) }
        #expect(log == [1_010, 1_020, 1_030])
        kernel.ingest(clock(1_095))
        #expect(log == [1_010, 1_020, 1_030, 1_040])
        kernel.ingest(clock(1_105))
        #expect(log == [1_010, 1_020, 1_030, 1_040, 1_100])
    }

    @Test func `tells of a leap before timers fire on its way, and of nothing shorter`() {
        var log: [String] = []
        kernel.onLeap(over: 100, as: .orchestrator) { time in log.append("leap at \(kernel.now) to \(time)") }
        kernel.onLeap(over: 500, as: .orchestrator) { _ in log.append("long leap") }
        kernel.ingest(clock(1_000))
        kernel.after(milliseconds: 50, as: .orchestrator) { log.append("timer \(kernel.now)") }
        kernel.ingest(clock(1_010))
        kernel.ingest(clock(1_011))
        kernel.ingest(clock(1_500))
        kernel.ingest(clock(1_600))
        kernel.ingest(clock(2_101))
        #expect(
            log == [
                "leap at 1011 to 1500", "timer 1050", "leap at 1600 to 2101", "long leap",
            ]
        )
    }

    @Test func `counts what was armed before the first event from that event`() {
        var log: [Int64] = []
        kernel.after(milliseconds: 10, as: .orchestrator) { log.append(kernel.now) }
        kernel.ingest(clock(1_000_000))
        #expect(log.isEmpty)
        #expect(kernel.nextDeadline == 1_000_010)
        kernel.ingest(clock(1_000_010))
        #expect(log == [1_000_010])
    }

    @Test func `has what a timer publishes queue until the timer is done`() {
        var log: [String] = []
        kernel.bus.on(MarketDisconnectRequest.self, as: .marketGateway) { [unowned kernel] event in
            log.append("\(event.why) \(event.meta.seq)")
            if !event.why.hasSuffix("!") { kernel.bus.publish(note(event.why + "!")) }
        }
        kernel.ingest(clock(1_000))
        kernel.after(milliseconds: 5, as: .marketGateway) { [unowned kernel] in
            kernel.bus.publish(note("a"))
            kernel.bus.publish(note("b"))
            log.append("done")
        }
        kernel.ingest(clock(1_010))
        #expect(log == ["done", "a 2", "b 3", "a! 4", "b! 5"])
        #expect(kernel.bus.sequence == 6)
    }

    @Test func `forgets a cancelled timer`() {
        var log: [String] = []
        kernel.ingest(clock(1))
        let first = kernel.after(milliseconds: 10, as: .orchestrator) { log.append("first") }
        kernel.after(milliseconds: 10, as: .orchestrator) { log.append("second") }
        kernel.cancel(first)
        kernel.cancel(first)
        kernel.ingest(clock(20))
        kernel.cancel(first)
        #expect(log == ["second"])
    }

    @Test func `tells a timer's failure as an error event and keeps the series`() {
        var errors: [ErrorEvent] = []
        kernel.bus.on(ErrorEvent.self, as: .logger) { error in errors.append(copy error) }
        kernel.ingest(clock(1))
        kernel.every(milliseconds: 10, as: .featureEngine) { throw Failure() }
        kernel.ingest(clock(11))
        kernel.ingest(clock(21))
        #expect(errors.map(\.module) == [.featureEngine, .featureEngine])
        #expect(errors.map(\.meta.ts) == [11, 21])
    }

    @Test func `shares nothing with another kernel`() {
        let other = Kernel()
        var heard = 0
        other.bus.on(ClockEvent.self, as: .logger) { _ in heard += 1 }
        kernel.ingest(clock(5))
        #expect(heard == 0 && other.bus.sequence == 0 && other.now == 0)
        #expect(other.bus.subscribers(of: .stateClock) == [.logger])
        #expect(kernel.bus.subscribers(of: .stateClock) == [])
    }

    @Test func `gives the same events for the same events, in every task`() async {
        let streams = await withTaskGroup(of: [AnyEvent].self) { group in
            for _ in 0..<4 { group.addTask { Self.workload(seed: 11) } }
            return await group.reduce(into: [[AnyEvent]]()) { $0.append($1) }
        }
        #expect(streams.count == 4)
        #expect(Set(streams).count == 1)
        #expect(streams[0].count > 1_000)
        #expect(Self.workload(seed: 12) != streams[0])
    }

    @Test func `says when a batch has been taken in`() {
        var settled: [UInt64] = []
        kernel.onSettled { settled.append(kernel.bus.sequence) }
        kernel.ingest(clock(1))
        kernel.ingest(clock(2))
        kernel.settle()
        #expect(settled == [2])
    }

    private static func workload(seed: UInt64) -> [AnyEvent] {
        let kernel = Kernel()
        var random = SeededGenerator(seed: seed)
        var events: [AnyEvent] = []
        kernel.bus.record { event, _ in events.append(event) }
        kernel.bus.on(TradeEvent.self, as: .featureEngine) { trade in
            if random.next() % 3 == 0 { kernel.bus.publish(note("\(trade.id)")) }
            if random.next() % 50 == 0 { throw Failure() }
        }
        kernel.every(milliseconds: 7, as: .orchestrator) { kernel.bus.publish(outcome("\(kernel.now)")) }
        for number in 1...1_000 as ClosedRange<UInt64> {
            kernel.ingest(trade(number, at: Int64(number) * 3 + Int64(random.next() % 10)))
        }
        return events
    }
}
