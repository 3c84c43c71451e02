import Contracts
import EventKernel
import MarketPlane
import Testing

@Suite(.timeLimit(.minutes(1))) struct `REST client` {
    private static let time = RestAnswer.result(#"{"timeSecond":"1","timeNano":"1000000007"}"#)

    @Test func `asks again where that may help`() async throws {
        for trouble in [
            RestAnswer(status: 502, body: []), .refusal(10_016), .refusal(10_000),
            RestAnswer(status: 200, body: Array("<html>busy</html>".utf8)),
        ] {
            let rest = ScriptedRest([trouble, Self.time])
            #expect(try await RestClient.fixture(rest).serverTime() == 1_000_000_007)
            #expect(rest.urls == Array(repeating: "http://127.0.0.1:1/v5/market/time", count: 2))
        }
        let rest = ScriptedRest { _, count in
            if count == 0 { throw ScriptedRest.Unreachable() }
            return Self.time
        }
        #expect(try await RestClient.fixture(rest).serverTime() == 1_000_000_007)
    }

    @Test func `gives up after a few tries and says why`() async {
        let rest = ScriptedRest([RestAnswer(status: 503, body: [])])
        await #expect(throws: RestFailure.http(status: 503)) {
            try await RestClient.fixture(rest).serverTime()
        }
        #expect(rest.urls.count == 3)
    }

    @Test func `does not ask again what would be refused again`() async {
        for (answer, failure) in [
            (RestAnswer.refusal(10_001), RestFailure.refused(code: 10_001, message: "no")),
            (.refusal(987_654), .refused(code: 987_654, message: "no")),
            (RestAnswer(status: 404, body: []), .http(status: 404)),
        ] {
            let rest = ScriptedRest([answer])
            await #expect(throws: failure) { try await RestClient.fixture(rest).serverTime() }
            #expect(rest.urls.count == 1)
        }
    }

    @Test(arguments: [
        "<html>403</html>", "", "{}", #"{"retCode":0,"result":{"timeSecond":{}}}"#, #"{"retCode":[]}"#,
        "\u{0}",
    ]) func `calls what it can't read by one code, with evidence`(body: String) async {
        let client = RestClient.fixture(ScriptedRest([RestAnswer(status: 200, body: Array(body.utf8))]))
        await #expect {
            try await client.serverTime()
        } throws: { error in
            guard let failure = error as? RestFailure, case .unparsed(_, let evidence) = failure else {
                return false
            }
            return failure.code(of: "clock") == "exchange.unparsed"
                && evidence.hasPrefix("\(body.utf8.count) bytes, digest ")
        }
    }

    @Test func `halves its speed where the exchange complains`() async throws {
        for complaint in [RestAnswer(status: 429, body: []), .refusal(10_006)] {
            let rest = ScriptedRest([complaint, Self.time])
            let client = RestClient.fixture(rest)
            #expect(try await client.serverTime() == 1_000_000_007)
            #expect(client.perSecond == 40)
        }
    }

    @Test func `waits as long as the exchange says, or leaves it to the asker`() async {
        let clock = ManualClock()
        let client = RestClient.fixture(
            ScriptedRest([.refusal(10_006, resetsAt: clock.now + 7_000)]),
            clock: clock
        )
        await #expect(throws: RestFailure.throttled(waitMilliseconds: 7_000)) {
            try await client.serverTime()
        }
    }

    @Test func `rests ten minutes after a ban`() async throws {
        let clock = ManualClock()
        let rest = ScriptedRest([RestAnswer(status: 403, body: Array("<html>".utf8)), Self.time])
        let client = RestClient.fixture(rest, clock: clock)
        await #expect(throws: RestFailure.resting(waitMilliseconds: 600_000)) {
            try await client.serverTime()
        }
        clock.advance(milliseconds: 599_999)
        await #expect(throws: RestFailure.resting(waitMilliseconds: 1)) { try await client.serverTime() }
        #expect(rest.urls.count == 1)
        clock.advance(milliseconds: 1)
        #expect(try await client.serverTime() == 1_000_000_007)
    }

    @Test func `brings a book as a snapshot`() async throws {
        let rest = ScriptedRest([
            .result(
                #"{"s":"BTCUSDT","b":[["9","1"],["8","2"]],"a":[["10","3"]],"ts":5,"u":77,"seq":1,"cts":4}"#
            )
        ])
        let book = try await RestClient.fixture(rest).bookSnapshot(.fixture(), depth: 50)
        #expect(book.isSnapshot && book.depth == 50 && book.updateID == 77 && book.bidCount == 2)
        #expect(book.exchangeTime == 4)
        #expect(
            rest.urls == ["http://127.0.0.1:1/v5/market/orderbook?category=linear&symbol=BTCUSDT&limit=50"]
        )
    }

    @Test func `keeps a strange symbol inside its parameter`() async {
        let rest = ScriptedRest([.refusal(10_001)])
        _ = try? await RestClient.fixture(rest).bookSnapshot(.fixture("linear:A&limit=1#"), depth: 1)
        #expect(rest.urls.first?.hasSuffix("symbol=A%26limit%3D1%23&limit=1") == true)
    }
}

@Suite(.timeLimit(.minutes(1))) struct `Clock comparison` {
    @Test func `is positive where our clock is ahead, and knows its doubt`() {
        let sample = ClockSample(sentAt: 10_000, receivedAt: 10_100, exchangeNanoseconds: 9_800_000_000)
        #expect(sample.offsetMilliseconds == 250)
        #expect(sample.errorBoundMilliseconds == 51)
    }

    @Test func `holds the truth within its bounds, however lopsided the way`() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<10_000 {
            let truth = Int64.random(in: -5_000...5_000, using: &generator)
            let there = Int64.random(in: 0...900, using: &generator)
            let back = Int64.random(in: 0...900, using: &generator)
            let sentAt = Int64.random(in: 1_000_000...2_000_000, using: &generator)
            let exchange =
                (sentAt + there - truth) * 1_000_000 + Int64.random(in: 0..<1_000_000, using: &generator)
            let sample = ClockSample(
                sentAt: sentAt,
                receivedAt: sentAt + there + back,
                exchangeNanoseconds: exchange
            )
            #expect(abs(sample.offsetMilliseconds - truth) <= sample.errorBoundMilliseconds)
        }
    }

    @Test func `takes the quickest of its samples`() {
        let samples = [90, 20, 60].map {
            ClockSample(sentAt: 1_000, receivedAt: 1_000 + $0, exchangeNanoseconds: 1_000_000_000)
        }
        #expect(ClockSample.best(of: samples) == samples[1])
        #expect(ClockSample.best(of: []) == nil)
    }

    @Test func `is published again and again, and says where it can't be made`() async throws {
        let (tape, clock) = (Tape(), ManualClock(1_700_000_000_000))
        let rest = ScriptedRest { _, count in
            count < 3 ? .result(#"{"timeNano":"1699999999700000000"}"#) : RestAnswer(status: 404, body: [])
        }
        let probe = ClockProbe(
            rest: .fixture(rest, clock: clock),
            intervalMilliseconds: 1,
            clock: clock,
            post: { tape.post($0) }
        )
        probe.start()
        probe.start()
        let offset = try await tape.next { if case .marketClock(let event) = $0 { event } else { nil } }
        #expect(offset.offsetMilliseconds == 300)
        #expect(offset.errorBoundMilliseconds == 1)
        _ = try await tape.error("clock.http")
        await probe.shutdown()
    }
}
