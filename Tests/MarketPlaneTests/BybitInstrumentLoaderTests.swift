import Contracts
import EventKernel
import MarketPlane
import Synchronization
import Testing

/// Answers in the order given, the last one for ever.
private final class ScriptedRest: RestTransport {
    private let answers: Mutex<[RestAnswer]>
    private let asked = Mutex<[String]>([])
    var urls: [String] { asked.withLock { $0 } }

    init(_ answers: [RestAnswer]) { self.answers = Mutex(answers) }

    func get(_ url: String) async throws -> RestAnswer {
        asked.withLock { $0.append(url) }
        return try answers.withLock { answers in
            guard let next = answers.first else { throw CancellationError() }
            if answers.count > 1 { answers.removeFirst() }
            return next
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `Instrument loader` {
    private static let rules = RestAnswer(
        status: 200,
        body: Array(
            """
            {"retCode":0,"result":{"list":[{"symbol":"BTCUSDT","status":"Trading","baseCoin":"BTC",\
            "quoteCoin":"USDT","priceFilter":{"tickSize":"0.10"},"lotSizeFilter":{"qtyStep":"0.001"}}]}}
            """.utf8
        )
    )

    @Test func `asks until it has the rules and says what went wrong meanwhile`() async throws {
        let tape = Tape()
        let busy = RestAnswer(status: 503, body: [])
        let rest = ScriptedRest([busy, Self.rules])
        let loader = BybitInstrumentLoader(
            settings: .local(port: 1),
            transport: rest,
            clock: SystemClock(),
            post: { tape.post($0) }
        )
        loader.load([.fixture()])
        let error = try await tape.error("instruments.http")
        #expect(error.instrument == .fixture())
        #expect(error.willRetryInMilliseconds == 500)
        let spec = try await tape.next { if case .marketInstrument(let event) = $0 { event } else { nil } }
        #expect(spec.quantityStep == Quantity("0.001"))
        #expect(
            rest.urls.first
                == "http://127.0.0.1:1/v5/market/instruments-info?category=linear&symbol=BTCUSDT"
        )
        loader.load([.fixture()])
        _ = try await tape.next { if case .marketInstrument(let event) = $0 { event } else { nil } }
        await loader.shutdown()
    }

    @Test func `names an instrument that the exchange does not know`() async throws {
        let tape = Tape()
        let rest = ScriptedRest([Self.rules])
        let loader = BybitInstrumentLoader(
            settings: .local(port: 1),
            transport: rest,
            clock: SystemClock(),
            post: { tape.post($0) }
        )
        loader.load([.fixture("linear:NOUSDT")])
        _ = try await tape.error("instruments.unknown")
        await loader.shutdown()
    }
}
