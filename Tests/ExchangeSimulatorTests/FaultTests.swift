import Testing

@testable import ExchangeSimulator

@Suite struct `Fault text` {
    @Test(arguments: [
        ("drop@3", ScheduledFault(.drop(refusing: .zero), after: .seconds(3))),
        ("silence@1.5:4", ScheduledFault(.silence(.seconds(4)), after: .milliseconds(1500))),
        ("gap@0", ScheduledFault(.gap, after: .zero)),
        ("slow=50@2:6", ScheduledFault(.slow(pause: .milliseconds(50), .seconds(6)), after: .seconds(2))),
        ("refuse@9", ScheduledFault(.refuse(Fault.durationDefault), after: .seconds(9))),
    ])
    func `is read from an option`(text: String, expected: ScheduledFault) throws {
        #expect(try ScheduledFault(text) == expected)
    }

    @Test(arguments: [
        "drop", "zap@1", "gap@1:2", "drop@x", "drop@-1", "slow=x@1", "gap=5@1", "@", "a@b@c", "drop@inf",
    ])
    func `is refused when nobody knows what it means`(text: String) {
        let error = #expect(throws: SimulatorError.self) { try ScheduledFault(text) }
        #expect(error?.exitCode == 64)
    }

    @Test(arguments: [
        ("drop", Fault.drop(refusing: .zero)), ("silence 5", .silence(.seconds(5))), ("gap", .gap),
        ("slow 200 5", .slow(pause: .milliseconds(200), .seconds(5))), ("refuse 3", .refuse(.seconds(3))),
        ("reject 1", .reject(.seconds(1))), ("garbage", .garbage(.zero)),
    ])
    func `is read from a control line`(line: String, expected: Fault) throws {
        #expect(try Fault(controlLine: line) == expected)
    }

    @Test(arguments: ["", "zap", "silence x", "gap 1", "slow 1 2 3", "silence nan"])
    func `is refused as a control line nobody knows`(line: String) {
        #expect(throws: SimulatorError.self) { try Fault(controlLine: line) }
    }
}
