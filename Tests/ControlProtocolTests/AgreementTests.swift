import ControlProtocol
import Testing

@Suite struct `Exit status` {
    @Test(
        arguments: [
            (.malformed, 64), (.unknownCommand, 64), (.denied, 77), (.notFound, 1), (.stale, 13),
            (.confirmRequired, 11), (.confirmExpired, 11), (.confirmMismatch, 13), (.gatePaused, 10),
            (.gateLimit, 10), (.gateUnknownOutcome, 10), (.busy, 75), (.outcomeUnknown, 12),
            (.internalFailure, 70),
            (ErrorCode(rawValue: "gate.of_the_future"), 10), (ErrorCode(rawValue: "novel"), 1),
        ] as [(ErrorCode, Int32)]
    )
    func `follows from the error's code`(code: ErrorCode, status: Int32) {
        #expect(ExitStatus(code).rawValue == status)
    }
}

@Suite struct `Protocol version` {
    @Test(
        arguments: [
            ("1.0", .same), ("1.7", .otherMinor), ("2.0", .refused), ("0.9", .refused),
        ] as [(String, ProtocolVersion.Agreement)]
    )
    func `agrees within one major number`(server: String, agreement: ProtocolVersion.Agreement) throws {
        let server = try #require(ProtocolVersion(server))
        #expect(ProtocolVersion(major: 1, minor: 0).agreement(with: server) == agreement)
    }

    @Test(arguments: ["", "1", "1.", ".1", "1.0.0", "-1.0", "+1.0", "a.b", "1.99999999999999999999"])
    func `is two numbers and nothing else`(text: String) {
        #expect(ProtocolVersion(text) == nil)
    }
}

@Suite struct `Nearest word` {
    private let words = ControlCommandName.allCases.map(\.rawValue)

    @Test(arguments: [
        ("pauze", "pause"), ("PAUSE", "pause"), ("resme", "resume"), ("stp", "stop"), ("resmue", "resume"),
        ("logs_of", "logs_off"),
    ])
    func `is the one that was meant`(typed: String, meant: String) {
        #expect(nearestWord(to: typed, among: words) == meant)
    }

    @Test(arguments: ["flatten", "", "x", String(repeating: "pause", count: 2000)])
    func `is none when none is close`(typed: String) {
        #expect(nearestWord(to: typed, among: words) == nil)
    }
}

@Suite struct `Command` {
    @Test func `is never rate limited when it makes things safer`() {
        #expect(ControlCommandName.allCases.filter(\.isNeverRateLimited) == [.pause, .stop])
    }
}
