import Contracts
import EventKernel
import MarketPlane
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Instrument loader` {
    private static func row(_ symbol: String, tick: String = "0.10", status: String = "Trading") -> String {
        """
        {"symbol":"\(symbol)","status":"\(status)","baseCoin":"BTC","quoteCoin":"USDT",\
        "priceFilter":{"tickSize":"\(tick)"},"lotSizeFilter":{"qtyStep":"0.001"}}
        """
    }

    private static func page(_ rows: [String], cursor: String = "") -> RestAnswer {
        .result(#"{"list":[\#(rows.joined(separator: ","))],"nextPageCursor":"\#(cursor)"}"#)
    }

    private func loader(_ rest: ScriptedRest, _ tape: Tape) -> BybitInstrumentLoader {
        BybitInstrumentLoader(rest: .fixture(rest), clock: SystemClock(), post: { tape.post($0) })
    }

    private func spec(_ tape: Tape) async throws -> InstrumentSpec {
        try await tape.next { if case .marketInstrument(let event) = $0 { event } else { nil } }
    }

    @Test func `asks until it has the rules and says what went wrong meanwhile`() async throws {
        let tape = Tape()
        let rest = ScriptedRest { _, count in
            count < 3 ? RestAnswer(status: 503, body: []) : Self.page([Self.row("BTCUSDT")])
        }
        let loader = loader(rest, tape)
        loader.load([.fixture()])
        let error = try await tape.error("instruments.http")
        #expect(error.willRetryInMilliseconds == 500)
        #expect(try await spec(tape).quantityStep == Quantity("0.001"))
        #expect(
            rest.urls.first == "http://127.0.0.1:1/v5/market/instruments-info?category=linear&limit=1000"
        )
        await loader.shutdown()
    }

    @Test func `reads every page and passes its cursor on as it came`() async throws {
        let tape = Tape()
        let rest = ScriptedRest { url, _ in
            url.contains("cursor=a%3Db%2C1")
                ? Self.page([Self.row("BTCUSDT")]) : Self.page([Self.row("AUSDT")], cursor: "a%3Db%2C1")
        }
        let loader = loader(rest, tape)
        loader.load([.fixture()])
        #expect(try await spec(tape).instrument == .fixture())
        #expect(rest.urls.count == 2)
        await loader.shutdown()
    }

    @Test func `ends at a cursor that comes again`() async throws {
        let tape = Tape()
        let rest = ScriptedRest([Self.page([Self.row("BTCUSDT")], cursor: "same")])
        let loader = loader(rest, tape)
        loader.load([.fixture()])
        _ = try await spec(tape)
        #expect(rest.urls.count == 2)
        await loader.shutdown()
    }

    @Test func `tells an instrument at first sight and then only when it changes`() async throws {
        let tape = Tape()
        let rest = ScriptedRest { _, count in
            Self.page([Self.row("BTCUSDT", tick: count < 2 ? "0.10" : "0.50"), Self.row("ETHUSDT")])
        }
        let loader = loader(rest, tape)
        loader.load([.fixture()])
        #expect(try await spec(tape).tickSize == Price("0.10"))
        while rest.urls.count < 3 {
            loader.load([.fixture()])
            try await Task.sleep(for: .milliseconds(1))
        }
        #expect(try await spec(tape).tickSize == Price("0.50"))
        await loader.shutdown()
        let told = tape.events.filter { if case .marketInstrument = $0 { true } else { false } }
        #expect(told.count == 2)
    }

    @Test func `asks by name for what the list leaves out`() async throws {
        let tape = Tape()
        let rest = ScriptedRest { url, _ in
            url.contains("symbol=NEWUSDT")
                ? Self.page([Self.row("NEWUSDT", status: "PreLaunch")]) : Self.page([Self.row("BTCUSDT")])
        }
        let loader = loader(rest, tape)
        loader.load([.fixture("linear:NEWUSDT")])
        #expect(try await spec(tape).status == .preLaunch)
        await loader.shutdown()
    }

    @Test(arguments: [
        Self.page([]), .refusal(10_001), Self.page([Self.row("NOUSDT", tick: "0")]),
    ]) func `names an instrument that has no rules, once`(single: RestAnswer) async throws {
        let tape = Tape()
        let rest = ScriptedRest { url, _ in
            url.contains("symbol=") ? single : Self.page([Self.row("BTCUSDT")])
        }
        let loader = loader(rest, tape)
        loader.load([.fixture("linear:NOUSDT")])
        let error = try await tape.error("instruments.unknown")
        #expect(error.instrument == .fixture("linear:NOUSDT"))
        let asked = rest.urls.count
        while rest.urls.count < asked + 2 {
            loader.load([.fixture("linear:NOUSDT")])
            try await Task.sleep(for: .milliseconds(1))
        }
        await loader.shutdown()
        let errors = tape.events.filter { if case .marketError = $0 { true } else { false } }
        #expect(errors.count == 1)
    }

    @Test func `closes an instrument that has left the list`() async throws {
        let tape = Tape()
        let rest = ScriptedRest { url, count in
            count == 0 ? Self.page([Self.row("BTCUSDT")]) : Self.page([])
        }
        let loader = loader(rest, tape)
        loader.load([.fixture()])
        #expect(try await spec(tape).status == .trading)
        loader.load([.fixture()])
        #expect(try await spec(tape).status == .closed)
        _ = try await tape.error("instruments.delisted")
        await loader.shutdown()
    }

    @Test func `asks for options by their base coins`() async throws {
        let tape = Tape()
        let rest = ScriptedRest { url, _ in
            Self.page([Self.row(url.contains("baseCoin=ETH") ? "ETH-1JAN27-1-C" : "BTC-1JAN27-1-C")])
        }
        let loader = loader(rest, tape)
        loader.load([.fixture("option:ETH-1JAN27-1-C"), .fixture("option:BTC-1JAN27-1-C")])
        #expect(try await spec(tape).instrument.symbol.description == "BTC-1JAN27-1-C")
        #expect(try await spec(tape).instrument.symbol.description == "ETH-1JAN27-1-C")
        await loader.shutdown()
    }
}
