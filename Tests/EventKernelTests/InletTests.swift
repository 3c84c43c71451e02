import Contracts
import Synchronization
import Testing

@testable import EventKernel

@Suite(.timeLimit(.minutes(1))) struct `The inlet` {
    private func inlet(market: Int, reserved: Int) -> Inlet {
        let (_, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        return Inlet(marketCountMax: market, reservedCount: reserved, bell: bell)
    }

    @Test func `refuses and counts market events when full, and keeps room for the rest`() {
        let inlet = inlet(market: 3, reserved: 2)
        #expect((1...3).allSatisfy { inlet.post(trade($0).erased) })
        #expect(!inlet.post(trade(4).erased))
        #expect(!inlet.post(trade(5).erased))
        #expect(inlet.refusedCount == 2)
        #expect(inlet.post(note("a").erased) && inlet.post(note("b").erased))
        #expect(inlet.waitingCount == 5)
        var batch: [AnyEvent] = []
        inlet.take(into: &batch)
        #expect(
            batch.map(\.topic) == [
                .marketTrade, .marketTrade, .marketTrade, .marketDisconnect, .marketDisconnect,
            ]
        )
        #expect(inlet.waitingCount == 0)
        #expect(inlet.post(trade(6).erased))
    }

    @Test func `takes nothing once closed, and keeps what waits`() {
        let inlet = inlet(market: 3, reserved: 2)
        inlet.post(trade(1).erased)
        inlet.close()
        #expect(!inlet.post(trade(2).erased))
        #expect(!inlet.post(note("late").erased))
        #expect(inlet.waitingCount == 1)
        #expect(inlet.refusedCount == 0)
    }

    @Test func `loses and doubles nothing of many producers`() async {
        let heard = Mutex<[UInt64]>([])
        let host = KernelHost(on: QueueExecutor()) { kernel, _ in
            kernel.bus.on(TradeEvent.self, as: .logger) { trade in
                if case .number(let number) = trade.id { heard.withLock { $0.append(number) } }
            }
        }
        let (producers, each): (UInt64, UInt64) = (8, 2_000)
        let running = Task { await host.run() }
        await withTaskGroup(of: Void.self) { group in
            for producer in 0..<producers {
                group.addTask {
                    for index in 0..<each { host.inlet.post(trade(producer * each + index).erased) }
                }
            }
        }
        host.inlet.close()
        await running.value
        let numbers = heard.withLock { $0 }
        #expect(numbers.count == Int(producers * each))
        #expect(numbers.sorted() == Array(0..<producers * each))
        for producer in 0..<producers {
            let own = numbers.filter { $0 / each == producer }
            #expect(own == own.sorted(), "one producer's events keep their order")
        }
        #expect(host.inlet.refusedCount == 0)
    }
}

@Suite(.timeLimit(.minutes(1))) struct `The kernel's host` {
    @Test func `delivers what waits when it is closed`() async {
        let host = KernelHost(on: QueueExecutor()) { _, _ in }
        for number in 1...10 as ClosedRange<UInt64> { host.inlet.post(trade(number).erased) }
        host.inlet.close()
        await host.run()
        #expect(await host.inspect { kernel, _ in kernel.bus.sequence } == 10)
    }

    @Test func `arms one timer for the next deadline and fires it by a clock event`() async {
        let armed = Mutex<[UnixMilliseconds?]>([])
        let host = KernelHost(
            on: QueueExecutor(),
            armTimer: { deadline, inlet in
                armed.withLock { $0.append(deadline) }
                if let deadline { inlet.post(clock(deadline).erased) }
            },
            build: { kernel, inlet in
                kernel.bus.on(MarketDisconnectRequest.self, as: .orchestrator) { _ in
                    kernel.after(milliseconds: 50, as: .orchestrator) { kernel.bus.publish(outcome("due")) }
                }
                kernel.bus.on(ConfigApplied.self, as: .logger) { _ in inlet.close() }
            }
        )
        host.inlet.post(note("go", at: 1_000).erased)
        await host.run()
        #expect(armed.withLock { $0 } == [1_050, nil])
        #expect(await host.inspect { kernel, _ in kernel.now } == 1_050)
    }

    @Test func `settles once for all that gathered`() async {
        let settled = Mutex<[UInt64]>([])
        let host = KernelHost(on: QueueExecutor()) { kernel, _ in
            kernel.onSettled { settled.withLock { $0.append(kernel.bus.sequence) } }
        }
        for number in 1...100 as ClosedRange<UInt64> { host.inlet.post(trade(number).erased) }
        host.inlet.close()
        await host.run()
        #expect(settled.withLock { $0 }.first == 100)
    }
}
