import Contracts
import EventKernel
import TestKit
import Testing

@Suite struct `The bus` {
    let kernel = Kernel()
    var bus: EventBus { kernel.bus }

    @Test(arguments: Topic.allCases)
    func `delivers every topic on its own channel, by publish and by ingest`(topic: Topic) {
        // Given
        var heard: [Topic: [AnyEvent]] = [:]
        for other in Topic.allCases {
            for sample in Samples.events(of: other).prefix(1) {
                bus.listen(like: sample, as: .logger) { event in heard[other, default: []].append(event) }
            }
        }
        bus.on(MarketDisconnectRequest.self, as: .orchestrator) { _ in
            // Re-entrant: waits until the event at hand is delivered.
            if topic != .marketDisconnect {
                for event in Samples.events(of: topic) { bus.publishTyped(event) }
            }
        }
        // When
        kernel.ingest(note("go", at: 5))
        for event in Samples.events(of: topic) { kernel.ingest(event) }
        // Then
        let count = Samples.events(of: topic).count * (topic == .marketDisconnect ? 1 : 2)
        let before = topic == .marketDisconnect ? 1 : 0
        #expect(heard[topic]?.count == count + before)
        #expect(heard[topic]?.allSatisfy { $0.topic == topic } == true)
        #expect(Set(heard.keys).subtracting([topic, .marketDisconnect]) == [])
        #expect(bus.subscribers(of: topic).contains(.logger))
    }

    @Test(arguments: 0..<48 as Range<UInt64>)
    func `keeps one total order through any tree of re-entrant publishing`(seed: UInt64) {
        let modules: [Module] = [.orchestrator, .riskManager, .logger]
        var random = SeededGenerator(seed: seed)
        var published: [String] = []
        var recorded: [AnyEvent] = []
        var heard: [Module: [(sequence: UInt64, name: String)]] = [:]
        bus.record { event, _ in recorded.append(event) }
        func publish(_ name: String) {
            published.append(name)
            switch random.next() % 3 {
            case 0: bus.publish(note(name))
            case 1: bus.publish(outcome(name))
            default:
                bus.publish(
                    StateSnapshot(meta: EventMeta(source: .system), part: .portfolio, version: 1, body: name)
                )
            }
        }
        func hear(_ module: Module, _ sequence: UInt64, _ name: String) {
            heard[module, default: []].append((sequence, name))
            guard published.count < 400 else { return }
            for child in 0..<(random.next() % 3) { publish("\(name).\(module.rawValue)\(child)") }
        }
        for module in modules {
            bus.on(MarketDisconnectRequest.self, as: module) { event in
                hear(module, event.meta.seq, event.why)
            }
            bus.on(ConfigApplied.self, as: module) { event in hear(module, event.meta.seq, event.newHash) }
            bus.on(StateSnapshot.self, as: module) { event in hear(module, event.meta.seq, event.body) }
        }
        // When
        for root in 0..<20 { publish("r\(root)") }
        // Then
        let numbers = Array(1...UInt64(published.count))
        #expect(recorded.map(\.meta.seq) == numbers)
        #expect(bus.sequence == UInt64(published.count))
        for module in modules {
            #expect(heard[module]?.map(\.sequence) == numbers)
            #expect(heard[module]?.map(\.name) == published)
        }
    }

    @Test func `leaves an event as it is while many more of its kind are published under it`() {
        var heard: [String] = []
        let first = "the first of them, in a text that is not kept inline"
        bus.on(MarketDisconnectRequest.self, as: .orchestrator) { event in
            if event.why == first {
                // More than there are places: all but the event at hand move to wider ones, twice over.
                for number in 0..<100 { bus.publish(note("its follower of number \(number)")) }
            }
            heard.append(event.why)
        }
        bus.on(MarketDisconnectRequest.self, as: .logger) { event in heard.append(event.why) }
        bus.on(ConfigApplied.self, as: .orchestrator) { _ in
            bus.publish(note(first))
            bus.publish(note("the last"))
        }
        // When
        bus.publish(outcome("go"))
        // Then
        let names = [first, "the last"] + (0..<100).map { "its follower of number \($0)" }
        #expect(heard == names.flatMap { [$0, $0] })
    }

    @Test func `lets handlers subscribe more of them while it delivers`() {
        var counts: [Int] = []
        bus.on(MarketDisconnectRequest.self, as: .orchestrator) { _ in
            for _ in 0..<40 {
                let place = counts.count
                counts.append(0)
                bus.on(MarketDisconnectRequest.self, as: .logger) { _ in counts[place] += 1 }
            }
        }
        for _ in 0..<3 { bus.publish(note("go")) }
        // Then: who subscribed at an event hears those after it.
        #expect(
            counts == Array(repeating: 2, count: 40) + Array(repeating: 1, count: 40)
                + Array(repeating: 0, count: 40)
        )
    }

    @Test func `hands an event to its handlers in the order they subscribed`() {
        var order: [Module] = []
        for module in [Module.logger, .orchestrator, .riskManager] {
            bus.on(ConfigApplied.self, as: module) { _ in order.append(module) }
        }
        bus.publish(outcome("a"))
        #expect(order == [.logger, .orchestrator, .riskManager])
        #expect(bus.subscribers(of: .controlConfig) == order)
    }

    @Test func `lets a handler subscribed during delivery hear the next event`() {
        var late: [String] = []
        var isFirst = true
        bus.on(ConfigApplied.self, as: .orchestrator) { _ in
            guard isFirst else { return }
            isFirst = false
            bus.on(ConfigApplied.self, as: .logger) { event in late.append(event.newHash) }
        }
        bus.publish(outcome("a"))
        bus.publish(outcome("b"))
        #expect(late == ["b"])
    }

    @Test func `tells a handler's failure as an error event and goes on`() throws {
        // Given
        var errors: [ErrorEvent] = []
        var reached: [String] = []
        bus.on(MarketDisconnectRequest.self, as: .riskManager) { _ in throw Failure() }
        bus.on(MarketDisconnectRequest.self, as: .logger) { event in reached.append(event.why) }
        bus.on(ErrorEvent.self, as: .logger) { error in errors.append(copy error) }
        // When
        bus.publish(note("a", correlation: .intent(7)))
        bus.publish(note("b"))
        // Then
        #expect(reached == ["a", "b"])
        #expect(bus.failureCount == 2)
        let error = try #require(errors.first)
        #expect(errors.count == 2)
        #expect(error.module == .riskManager && error.severity == .error && error.code == "handler.failed")
        #expect(error.meta.correlationID == .intent(7))
        #expect(error.why == "on purpose")
    }

    @Test func `passes on the words of an error that explains itself`() {
        struct Known: OperatorError {
            let code = "a.b"
            let what = "it broke"
            let why = "it was old"
            let next = "mend it"
        }
        var errors: [ErrorEvent] = []
        bus.on(ConfigApplied.self, as: .logger) { _ in throw Known() }
        bus.on(ErrorEvent.self, as: .logger) { error in errors.append(copy error) }
        bus.publish(outcome("a"))
        #expect(errors.map(\.code) == ["a.b"])
        #expect(errors.map(\.what) == ["it broke"])
        #expect(errors.map(\.next) == ["mend it"])
    }

    @Test func `only counts a failure over an error event`() {
        var heard = 0
        bus.on(ErrorEvent.self, as: .logger) { _ in
            heard += 1
            throw Failure()
        }
        bus.on(ConfigApplied.self, as: .riskManager) { _ in throw Failure() }
        bus.publish(outcome("a"))
        #expect(heard == 1)
        #expect(bus.failureCount == 2)
        #expect(bus.sequence == 2)
    }

    @Test func `continues an earlier order`() {
        bus.resume(after: 41)
        #expect(bus.nextSequence == 42)
        var numbers: [UInt64] = []
        bus.on(ConfigApplied.self, as: .logger) { event in numbers.append(event.meta.seq) }
        bus.publish(outcome("a"))
        #expect(numbers == [42])
    }

    @Test func `tells recorders which events came from outside, before the handlers`() {
        var log: [String] = []
        bus.record { event, isRoot in log.append("\(event.topic.rawValue) \(isRoot)") }
        bus.on(MarketDisconnectRequest.self, as: .orchestrator) { _ in
            log.append("handled")
            bus.publish(outcome("a"))
        }
        kernel.ingest(note("go", at: 1))
        #expect(log == ["market:disconnect true", "handled", "control:config false"])
    }

    @Test func `gives an answer the time of what it answers`() {
        var times: [UnixMilliseconds] = []
        bus.on(MarketDisconnectRequest.self, as: .orchestrator) { _ in bus.publish(outcome("a")) }
        bus.on(ConfigApplied.self, as: .logger) { event in times.append(event.meta.ts) }
        kernel.ingest(note("go", at: 77))
        #expect(times == [77])
    }
}
