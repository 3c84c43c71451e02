import Contracts
import EventKernel
import Testing

@Suite struct `A journal that is retold` {
    /// A module that answers one request with another, once more by a timer, and remembers what it has heard.
    private final class Module {
        private(set) var heard: [String] = []

        init(_ kernel: Kernel) {
            kernel.bus.on(MarketDisconnectRequest.self, as: .marketGateway) { [unowned kernel] event in
                self.heard.append("\(event.why) \(event.meta.seq) at \(event.meta.ts)")
                guard !event.why.hasSuffix("!") else { return }
                let why = event.why
                kernel.bus.publish(note(why + "!", correlation: .intent(kernel.bus.nextSequence)))
                kernel.after(milliseconds: 10, as: .marketGateway) { [unowned kernel] in
                    kernel.bus.publish(note(why + " later!", correlation: .intent(kernel.bus.nextSequence)))
                }
            }
        }
    }

    /// What a run of two requests leaves: every event, and what the module heard.
    private func run() -> (journal: [(event: AnyEvent, isRoot: Bool)], heard: [String]) {
        let kernel = Kernel()
        let module = Module(kernel)
        var journal: [(event: AnyEvent, isRoot: Bool)] = []
        kernel.bus.record { event, isRoot in journal.append((event, isRoot)) }
        kernel.ingest(note("a", at: 1_000))
        kernel.ingest(note("b", at: 1_005))
        kernel.ingest(clock(1_030))
        return (journal, module.heard)
    }

    @Test func `is heard as it was, and said as it was`() {
        let (journal, heard) = run()
        #expect(heard.count == 6)
        // When
        let kernel = Kernel()
        let module = Module(kernel)
        var said: [AnyEvent] = []
        kernel.bus.record { event, isRoot in if !isRoot { said.append(event) } }
        for (event, isRoot) in journal { kernel.retell(event, .init(isRoot: isRoot)) }
        // Then
        #expect(module.heard == heard)
        #expect(said == journal.filter { !$0.isRoot }.map(\.event))
        #expect(kernel.bus.sequence == UInt64(journal.count) && kernel.now == 1_030)
    }

    @Test func `goes on where it ends`() {
        let (journal, _) = run()
        let kernel = Kernel()
        let module = Module(kernel)
        for (event, isRoot) in journal { kernel.retell(event, .init(isRoot: isRoot)) }
        kernel.ingest(note("c", at: 1_040))
        let head = UInt64(journal.count)
        #expect(module.heard.suffix(2) == ["c \(head + 1) at 1040", "c! \(head + 2) at 1040"])
    }

    @Test func `fires no timer for what came after the run`() {
        let (journal, _) = run()
        let kernel = Kernel()
        let module = Module(kernel)
        for (event, isRoot) in journal.prefix(2) { kernel.retell(event, .init(isRoot: isRoot)) }
        var command = note("d!", at: 9_000)
        command.meta.seq = 7
        kernel.retell(command.erased, .init(isRoot: true, movesTime: false))
        #expect(kernel.now == 1_000 && module.heard.count == 3)
        kernel.ingest(clock(9_000))
        #expect(module.heard.last?.hasPrefix("a later!") == true)
    }

    /// Two modules whose timers are due at the same times: each publishes, and is answered by a number of its own.
    private final class Pair {
        private(set) var heard: [String] = []
        private(set) var rings = 0

        init(_ kernel: Kernel, interval: Int64 = 10) {
            kernel.bus.on(MarketDisconnectRequest.self, as: .marketGateway) { [unowned kernel] event in
                self.heard.append("\(event.why) \(event.meta.seq) at \(event.meta.ts)")
                guard event.why.hasSuffix("?") else { return }
                let number = kernel.bus.nextSequence
                kernel.bus.publish(note("\(event.why) \(number)!", correlation: .intent(number)))
            }
            for name in ["a?", "b?"] {
                kernel.every(milliseconds: interval, as: .marketGateway) { [unowned kernel] in
                    self.rings += 1
                    kernel.bus.publish(note(name))
                }
            }
        }
    }

    @Test(arguments: [[1_000, 1_010, 1_020], [1_000, 1_075, 1_300], [1_000, 1_005, 1_031, 1_032]])
    func `has each timer fire where it fired`(times: [Int64]) {
        let kernel = Kernel()
        let pair = Pair(kernel)
        var journal: [(event: AnyEvent, isRoot: Bool)] = []
        kernel.bus.record { event, isRoot in journal.append((event, isRoot)) }
        for time in times { kernel.ingest(clock(time)) }
        #expect(pair.rings >= 2)
        // When
        let again = Kernel()
        let other = Pair(again)
        var said: [AnyEvent] = []
        again.bus.record { event, isRoot in if !isRoot { said.append(event) } }
        for (place, row) in journal.enumerated() {
            let horizon = journal[place...].first(where: \.isRoot)?.event.meta.ts
            again.retell(row.event, .init(isRoot: row.isRoot, horizon: horizon))
        }
        // Then
        #expect(other.heard == pair.heard && other.rings == pair.rings)
        #expect(Set(said) == Set(journal.filter { !$0.isRoot }.map(\.event)))
    }

    @Test func `leaves out the numbers of modules that are not there`() {
        // One that hears before, and is gone when the journal is retold.
        let kernel = Kernel()
        kernel.bus.on(ClockEvent.self, as: .orchestrator) { [unowned kernel] _ in
            kernel.bus.publish(note("other"))
            kernel.bus.publish(note("other"))
        }
        let module = Numbered(kernel)
        var journal: [(event: AnyEvent, isRoot: Bool)] = []
        kernel.bus.record { event, isRoot in journal.append((event, isRoot)) }
        kernel.ingest(clock(1_000))
        #expect(module.numbers == [4])
        // When
        let again = Kernel()
        let other = Numbered(again)
        for (event, isRoot) in journal { again.retell(event, .init(isRoot: isRoot)) { [2, 3].contains($0) } }
        // Then
        #expect(other.numbers == module.numbers)
    }

    /// Notes the number that what it publishes will have.
    private final class Numbered {
        private(set) var numbers: [UInt64] = []

        init(_ kernel: Kernel) {
            kernel.bus.on(ClockEvent.self, as: .orchestrator) { [unowned kernel] _ in
                self.numbers.append(kernel.bus.nextSequence)
                kernel.bus.publish(note("own"))
            }
        }
    }
}
