import Testing

@testable import ExchangeSimulator

@Suite struct `Fault text` {
    @Test(arguments: [
        ("drop@3", ScheduledFault(.drop(refusing: .zero), after: .seconds(3))),
        ("silence@1.5:4", ScheduledFault(.silence(.seconds(4)), after: .milliseconds(1500))),
        ("gap@0", ScheduledFault(.gap, after: .zero)),
        ("slow=50@2:6", ScheduledFault(.slow(pause: .milliseconds(50), .seconds(6)), after: .seconds(2))),
        ("refuse@9", ScheduledFault(.refuse(Fault.durationDefault), after: .seconds(9))),
        ("stall@1", ScheduledFault(.stall(.seconds(30)), after: .seconds(1))),
        ("rest=html@1:2", ScheduledFault(.rest(.html, .seconds(2)), after: .seconds(1))),
        (
            "freeze-symbol=BTCUSDT@1",
            ScheduledFault(.freezeSymbol("BTCUSDT", .seconds(5)), after: .seconds(1))
        ),
    ])
    func `is read from an option`(text: String, expected: ScheduledFault) throws {
        #expect(try ScheduledFault(text) == expected)
    }

    @Test(arguments: [
        "drop", "zap@1", "gap@1:2", "drop@x", "drop@-1", "slow=x@1", "gap=5@1", "@", "a@b@c", "drop@inf",
        "rest@1", "rest=tea@1", "tls=old@1", "half-open@1:2", "freeze-symbol=btc@1",
    ])
    func `is refused when nobody knows what it means`(text: String) {
        let error = #expect(throws: SimulatorError.self) { try ScheduledFault(text) }
        #expect(error?.exitCode == 64)
    }

    @Test(arguments: [
        ("drop", Fault.drop(refusing: .zero)), ("silence 5", .silence(.seconds(5))), ("gap", .gap),
        ("slow 200 5", .slow(pause: .milliseconds(200), .seconds(5))), ("refuse 3", .refuse(.seconds(3))),
        ("reject 1", .reject(.seconds(1))), ("garbage", .garbage(.zero)),
        ("slow 5", .slow(pause: Fault.pauseDefault, .seconds(5))), ("half-open", .halfOpen),
        ("delay 300 2", .delay(by: .milliseconds(300), .seconds(2))),
        ("rest 429 3", .rest(.overloaded, .seconds(3))),
        ("tls expired", .tls(.expired, Fault.durationDefault)), ("maintenance 2", .maintenance(.seconds(2))),
    ])
    func `is read from a control line`(line: String, expected: Fault) throws {
        #expect(try Fault(controlLine: line) == expected)
    }

    @Test(arguments: ["", "zap", "silence x", "gap 1", "slow 1 2 3", "silence nan"])
    func `is refused as a control line nobody knows`(line: String) {
        #expect(throws: SimulatorError.self) { try Fault(controlLine: line) }
    }
}

@Suite struct `Fault script` {
    @Test func `is read from lines`() throws {
        let script = try FaultScript(text: "# a comment\n\n2.5 silence 5\n1 rest html 3\n", file: "script")
        #expect(
            script.faults == [
                ScheduledFault(.rest(.html, .seconds(3)), after: .seconds(1)),
                ScheduledFault(.silence(.seconds(5)), after: .milliseconds(2500)),
            ]
        )
        #expect(script.over == .milliseconds(7500))
    }

    @Test func `names the line that is wrong`() {
        let error = #expect(throws: SimulatorError.self) {
            try FaultScript(text: "1 drop\nlater gap\n", file: "script")
        }
        #expect(error == .badLine(file: "script", line: 2, why: "not SECONDS KIND [ARGUMENT] [SECONDS]"))
    }

    @Test func `is the same for the same seed, over in time, and of every kind`() {
        var kinds: Set<String> = []
        for seed in UInt64(0)..<200 {
            let script = FaultScript(seed: seed, symbols: ["BTCUSDT"], span: .seconds(3))
            #expect(script == FaultScript(seed: seed, symbols: ["BTCUSDT"], span: .seconds(3)))
            #expect((1...6).contains(script.faults.count))
            #expect(script.over <= .seconds(3))
            for scheduled in script.faults {
                kinds.insert(String("\(scheduled.fault)".prefix { $0 != "(" }))
            }
        }
        #expect(kinds.count >= 22)
    }
}
