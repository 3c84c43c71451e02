import BybitProtocol
import Contracts
import EventKernel
import ExchangeSimulator
import FoundationEssentials
import Logging
import MarketPlane
import NIOPosix
import Recording
import Testing
import WebSocketTransport

@Suite(.timeLimit(.minutes(2))) struct `Frame recorder` {
    private static let streams: [MarketStream] = [
        .ticker, .trades, .orderBook(depth: 1), .orderBook(depth: 50), .orderBook(depth: 200),
        .kline(minutes: 1),
        .liquidations, .priceLimit,
    ]

    /// A folder for as long as `body` runs.
    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/tradebot-recorder-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    /// Watches a market through the real client and records what it receives.
    private func record(_ market: MarketChoice, seconds: Int, to folder: String) async throws {
        let server = try SimulatorServer(options: SimulatorOptions(market: market, runsByItself: false))
        let port = try #require(try await server.start().plain)
        let tape = Tape()
        let recorder = try FrameRecorder(
            folder: folder,
            settings: RecordingSettings(),
            clock: SystemClock(),
            post: { tape.post($0) }
        )
        let client = BybitPublicWsClient(
            category: .linear,
            settings: .local(port: port),
            configuration: WebSocketConfiguration(),
            eventLoop: MultiThreadedEventLoopGroup.singleton.next(),
            clock: SystemClock(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            tap: recorder.tap,
            post: { tape.post($0) }
        )
        client.subscribe(Bench.topics(Self.streams))
        client.connect()
        _ = try await tape.connected()
        // Time stands still until all is subscribed; the first candle is the last opening sent.
        while try acks(in: folder, recorder) == 0 { try await Task.sleep(for: .milliseconds(5)) }
        for _ in 0..<seconds * 50 { await server.advance(byMilliseconds: 20) }
        var count = -1
        while recorder.status.frameCount > count {
            count = recorder.status.frameCount
            try await Task.sleep(for: .milliseconds(150))
            recorder.flush()
        }
        await client.disconnect(why: "done")
        await server.stop()
        recorder.close()
        #expect(recorder.status.droppedCount == 0)
    }

    private func acks(in folder: String, _ recorder: FrameRecorder) throws -> Int {
        recorder.flush()
        return try texts(folder).count { $0.contains(#""op":"subscribe""#) }
    }

    private func texts(_ folder: String) throws -> [String] {
        guard var reader = try? RecordingReader(path: folder) else { return [] }
        var texts: [String] = []
        while let frame = try reader.nextFrame() {
            texts.append(String(decoding: frame.bytes, as: UTF8.self))
        }
        return texts
    }

    /// The pushes of each topic in their order.
    private func pushes(_ folder: String) throws -> [String: [String]] {
        var pushes: [String: [String]] = [:]
        for text in try texts(folder) where text.hasPrefix(#"{"topic":"#) {
            let topic = String(text.dropFirst(10).prefix { $0 != "\"" })
            pushes[topic, default: []].append(text)
        }
        return pushes
    }

    @Test func `makes recordings that the simulator plays again frame by frame`() async throws {
        try await withFolder { folder in
            let (first, second) = (folder + "/first", folder + "/second")
            let start: Int64 = 1_700_000_000_000
            try await record(
                .generated(seed: 3, symbols: ["BTCUSDT"], rate: 40, startMs: start),
                seconds: 75,
                to: first
            )
            try await record(.replay(files: [first], symbol: nil, loops: false), seconds: 75, to: second)
            let (original, replayed) = (try pushes(first), try pushes(second))
            #expect(original.count >= 7, "\(original.keys)")
            for (topic, texts) in original {
                #expect(texts.count > 0)
                #expect(replayed[topic] == texts, "\(topic): \(texts.count), \(replayed[topic]?.count ?? 0)")
            }
            #expect(Set(replayed.keys) == Set(original.keys))
        }
    }

    @Test func `tells frames that it could not keep, in one event`() async throws {
        try await withFolder { folder in
            var settings = RecordingSettings()
            settings.queueBytesMax = 1_000
            let tape = Tape()
            let recorder = try FrameRecorder(
                folder: folder,
                settings: settings,
                clock: ManualClock(),
                post: { tape.post($0) }
            )
            let big = [UInt8](repeating: 0x20, count: 2_000)
            for _ in 0..<3 {
                unsafe recorder.tap("bybit-public-linear", .linear, 1_700_000_000_000, big.span.bytes)
                recorder.flush()
            }
            recorder.close()
            let errors = tape.events.compactMap { event in
                if case .marketError(let error) = event { error } else { nil }
            }
            #expect(errors.map(\.code) == ["recording.dropped"])
            #expect(errors.first?.connectionID == "recorder")
            #expect(recorder.status.droppedCount == 3)
        }
    }
}
