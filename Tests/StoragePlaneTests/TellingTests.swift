import Contracts
import EventKernel
import StoragePlane
import TestKit
import Testing

@Suite struct `A chain of events` {
    let scratch: Scratch
    init() throws { scratch = try Scratch() }

    @Test(
        arguments: [
            ("intent-4711", .correlation(.intent(4_711))), ("4711", .number(4_711)),
            ("tb1-demo-203-0", .order(OrderID(rawValue: "tb1-demo-203-0"))),
            ("tb1-a-b-v-12", .order(OrderID(rawValue: "tb1-a-b-v-12"))), ("0", nil), ("-1", nil), ("", nil),
            ("tb1-", nil), ("tb1-demo-!-0", nil), ("order-7", nil),
        ] as [(String, ChainName?)]
    )
    func `is called by its id, its order or one of its numbers`(text: String, name: ChainName?) {
        #expect(ChainName(text) == name)
    }

    /// A tick, and an order that follows from it, over and over; each order is named as one of `index`.
    private func trade(_ count: Int, settings: JournalSettings = JournalSettings()) throws {
        let writer = try JournalWriter(path: scratch.journal, settings: settings)
        let kernel = Kernel()
        _ = EventJournal(writer: writer, kernel: kernel)
        kernel.bus.on(FeatureSet.self, as: .strategyManager) { [unowned kernel] features in
            let number = kernel.bus.nextSequence
            kernel.bus.publish(
                StrategyIntent(
                    meta: EventMeta(source: .strategy, correlationID: .intent(number)),
                    instrument: features.instrument,
                    strategy: StrategyID("test"),
                    version: 1,
                    target: Money(units: 100, scale: 0),
                    referencePrice: features.close,
                    slippageMax: Ratio(units: 1, scale: 3),
                    expires: kernel.now + 1_000,
                    reason: "a test"
                )
            )
        }
        for index in 0..<count {
            var features = Samples.features
            features.meta.ts = dayStart + Int64(index)
            kernel.ingest(features)
            if index % 20 == 19 { kernel.settle() }
        }
        kernel.settle()
        try writer.close()
    }

    @Test func `begins with what came from outside`() throws {
        try trade(3)
        let reader = try JournalReader(path: scratch.journal)
        let chain = try #require(try reader.causalChain(of: .intent(4)))
        #expect(chain.steps.map(\.sequence) == [3, 4])
        #expect(chain.steps.map(\.isRoot) == [true, false])
        #expect(chain.steps.first?.text.contains("bar of") == true)
        #expect(chain.steps.last?.text.contains("test wants 100 of") == true)
        #expect(chain.ending == "Risk has not answered in this journal.")
    }

    @Test(arguments: [false, true])
    func `is found in any segment, compressed or not`(isCompressed: Bool) throws {
        var settings = JournalSettings()
        settings.segmentBytesMax = 60_000
        settings.transactionLimitEvents = 20
        settings.compressAfterDays = isCompressed ? 0 : 1_000
        try trade(400, settings: settings)
        let files = try scratch.segmentFiles
        #expect(files.count > 3 && files.contains { $0.hasSuffix(".gz") } == isCompressed, "\(files)")
        let reader = try JournalReader(path: scratch.journal)
        for number in [2, 222, 800] as [UInt64] {
            let chain = try #require(try reader.causalChain(of: .intent(number)))
            #expect(chain.steps.map(\.sequence) == [number - 1, number])
            #expect(try reader.correlation(of: .number(number)) == .intent(number))
        }
        #expect(try reader.causalChain(of: .intent(3)) == nil)
        #expect(try reader.correlation(of: .order(OrderID(instance: "x", intent: 2, index: 0))) == nil)
    }

    @Test func `is told of each segment that is complete`() throws {
        let heads = Heads()
        var settings = JournalSettings()
        settings.segmentBytesMax = 60_000
        settings.transactionLimitEvents = 20
        let writer = try JournalWriter(path: scratch.journal, settings: settings, onSealed: { heads.add($0) })
        for batch in pieces(mixed(1_000), of: 20) { writer.append(batch) }
        try writer.close()
        let reader = try JournalReader(path: scratch.journal)
        #expect(try heads.all.count == scratch.segmentFiles.count - 1 && heads.all.count > 2)
        for head in heads.all { #expect(try reader.confirms(head) == true) }
    }
}
