import Foundation
import Testing

@Suite struct `botlab reading raw frames` {
    /// Two books and a trade, one update missing, one message broken.
    private static let lines = [
        book("snapshot", update: 1, bids: #"["100.1","2"],["100.0","1"]"#, asks: #"["100.3","4"]"#),
        #"{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1700000000500,"data":[{"T":1700000000499,"s":"BTCUSDT","S":"Buy","v":"0.5","p":"100.3","i":"7","BT":false}]}"#,
        book("delta", update: 2, bids: #"["100.1","0"],["100.2","3"]"#, asks: ""),
        book("delta", update: 4, bids: #"["100.0","9"]"#, asks: ""),
        #"{"topic":"tickers.BTCUSDT","ts":1700000001000,"type":"snapshot","data":{"symbol":"BTCUSDT","lastPrice":"x"}}"#,
        book("snapshot", update: 9, bids: #"["99","1"]"#, asks: #"["101","1"]"#),
    ]

    private static func book(_ kind: String, update: Int, bids: String, asks: String) -> String {
        """
        {"topic":"orderbook.50.BTCUSDT","type":"\(kind)","ts":\(1_700_000_000_000 + update * 1_000),\
        "data":{"s":"BTCUSDT","b":[\(bids)],"a":[\(asks)],"u":\(update),"seq":\(update)}}
        """
    }

    @Test func `decodes them into events`() async throws {
        let run = try await Self.run(["decode", "tape.jsonl", "--category", "inverse"])
        #expect(run.status == 0)
        let events = run.output.split(separator: "\n")
        #expect(events.count == 4)
        #expect(events.allSatisfy { $0.contains(#""instrument":"inverse:BTCUSDT""#) })
        #expect(events[1].hasPrefix(#"{"topic":"market:trade","payload":{"meta":"#))
        #expect(run.errors.contains("6 messages, 4 events, 0 answers, 1 malformed"))
        #expect(run.errors.contains("tape.jsonl, line 4: "))
        #expect(run.errors.contains("'lastPrice' is not what it should be: x"))
    }

    @Test(arguments: [
        (["--topic", "market:trade"], 1), (["--topic", "market:o*"], 3), (["--symbol", "ETHUSDT"], 0),
        (["--from", "1700000002000"], 2), (["--to", "2023-11-14T22:13:22Z"], 2),
    ])
    func `decodes what was asked for`(arguments: [String], count: Int) async throws {
        let run = try await Self.run(["decode", "tape.jsonl"] + arguments)
        #expect(run.status == 0)
        #expect(run.output.split(separator: "\n").count == count)
    }

    @Test func `shows books as they stood, and their gaps`() async throws {
        let run = try await Self.run(["book", "tape.jsonl", "--every", "2", "--levels", "2"])
        #expect(run.status == 0)
        #expect(
            run.output == """
                linear:BTCUSDT  orderbook.50  message 2  2023-11-14 22:13:22.000 UTC  update 2
                         3     100.2  |     100.3         4
                         1     100.0  |
                  mid 100.25, microprice 100.243, spread 0.1 (9.975 basis points), imbalance 0.000, levels 2 | 1
                linear:BTCUSDT  orderbook.50  after message 2: resyncing: update 4 came where 3 was due; waits for a snapshot
                linear:BTCUSDT  orderbook.50  after message 3: whole again by a snapshot
                linear:BTCUSDT  orderbook.50  message 3  2023-11-14 22:13:29.000 UTC  update 9
                         1        99  |       101         1
                  mid 100.0, microprice 100.00, spread 2 (200.000 basis points), imbalance 0.000, levels 1 | 1

                """
        )
    }

    @Test func `gives books as JSON`() async throws {
        let run = try await Self.run(["book", "tape.jsonl", "--json", "--every", "9"])
        let lines = run.output.split(separator: "\n")
        #expect(
            lines.count == 3
                && lines.allSatisfy { $0.hasPrefix(#"{"instrument":"linear:BTCUSDT","depth":50,"#) }
        )
        #expect(lines.last?.contains(#""bids":[["99","1"]],"asks":[["101","1"]]"#) == true)
    }

    @Test func `takes a dialogue written down`() async throws {
        let dialogue = """
            > {"op":"subscribe","args":["orderbook.50.BTCUSDT"]}
            < {"success":true,"ret_msg":"","conn_id":"x","op":"subscribe"}
            =
            {
              "topic": "orderbook.50.BTCUSDT", "type": "snapshot", "ts": 1700000000000,
              "data": {"s": "BTCUSDT", "b": [["1", "2"]], "a": [["3", "4"]], "u": 1, "seq": 1}
            }

            """
        let run = try await Self.run(["decode", "tape.txt"], tape: dialogue, named: "tape.txt")
        #expect(run.status == 0)
        #expect(run.output.split(separator: "\n").count == 1)
        #expect(run.errors.contains("2 messages, 1 events, 1 answers, 0 malformed"))
    }

    @Test(
        arguments: [
            (["decode", "nothing.jsonl"], 66), (["decode", "other.jsonl"], 65),
            (["book", "other.jsonl"], 65),
            (["book", "trades.jsonl"], 1), (["decode", "tape.jsonl", "--topic", "market:nothing"], 64),
            (["book", "tape.jsonl", "--every", "0"], 64),
            (["decode", "tape.jsonl", "--from", "yesterday"], 64),
        ] as [([String], Int32)]
    )
    func `says by its exit status what went wrong`(arguments: [String], status: Int32) async throws {
        let run = try await Self.run(arguments)
        #expect(run.status == status)
        #expect(run.output.isEmpty && !run.errors.isEmpty)
    }

    private struct Answer {
        let status: Int32
        let output: String
        let errors: String
    }

    private static func run(
        _ arguments: [String],
        tape: String = lines.joined(separator: "\n") + "\n",
        named name: String = "tape.jsonl"
    ) async throws -> Answer {
        try await withTemporaryFolder { folder in
            let files = [name: tape, "other.jsonl": "{\"stream\":\"x\"}\n", "trades.jsonl": lines[1] + "\n"]
            for (name, text) in files {
                try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
            }
            let program = try RunningProgram("botlab", arguments, folder: folder, name: "botlab")
            let status = try await program.exitStatus()
            return Answer(status: status, output: program.output, errors: program.errors)
        }
    }
}
