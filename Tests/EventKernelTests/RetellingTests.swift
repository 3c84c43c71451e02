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
        for (event, isRoot) in journal { kernel.retell(event, isRoot: isRoot) }
        // Then
        #expect(module.heard == heard)
        #expect(said == journal.filter { !$0.isRoot }.map(\.event))
        #expect(kernel.bus.sequence == UInt64(journal.count) && kernel.now == 1_030)
    }

    @Test func `goes on where it ends`() {
        let (journal, _) = run()
        let kernel = Kernel()
        let module = Module(kernel)
        for (event, isRoot) in journal { kernel.retell(event, isRoot: isRoot) }
        kernel.ingest(note("c", at: 1_040))
        let head = UInt64(journal.count)
        #expect(module.heard.suffix(2) == ["c \(head + 1) at 1040", "c! \(head + 2) at 1040"])
    }

    @Test func `fires no timer for what came after the run`() {
        let (journal, _) = run()
        let kernel = Kernel()
        let module = Module(kernel)
        for (event, isRoot) in journal.prefix(2) { kernel.retell(event, isRoot: isRoot) }
        var command = note("d!", at: 9_000)
        command.meta.seq = 7
        kernel.retell(command.erased, isRoot: true, movesTime: false)
        #expect(kernel.now == 1_000 && module.heard.count == 3)
        kernel.ingest(clock(9_000))
        #expect(module.heard.last?.hasPrefix("a later!") == true)
    }
}
