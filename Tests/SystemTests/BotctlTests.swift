import ControlProtocol
import Testing

@Suite struct `botctl` {
    @Test(arguments: [["status"], ["pause"], ["events"], ["logs", "tail"], ["--json", "status"]])
    func `ends with 69 when no daemon can be reached`(arguments: [String]) async throws {
        let run = try await Self.run(arguments + ["--socket", "/nonexistent/control.sock"])
        #expect(run.status == 69)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("/nonexistent/control.sock"))
    }

    @Test(arguments: [
        ["frob"], ["status", "--frob"], ["events", "--count", "0"], ["logs", "level", "loud"],
        ["status", "--timeout", "0"], ["events", "--topic", "a*b"],
    ])
    func `ends with 64 when it is called wrongly`(arguments: [String]) async throws {
        let run = try await Self.run(arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(!run.errors.isEmpty)
    }

    @Test func `tells its own version and the daemon's`() async throws {
        try await withDaemon { bot in
            try await bot.isLifecycle("RUNNING")
            let version = try await bot.botctl("version")
            #expect(version.status == 0)
            #expect(version.output.contains(ProgramVersion.current))
        }
    }

    @Test func `prints positions that status agrees with`() async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.row("portfolio:position_update", "of a fill") {
                $0["meta"]?["correlationId"] != nil
            }
            _ = try await bot.command("pause")
            // When
            let positions =
                try await bot.botctl("position list --json").json()["positions"]?.array ?? []
            let status = try await bot.status()["positions"]?.array ?? []
            // Then
            #expect(!positions.isEmpty)
            #expect(positions.map { $0["quantity"] } == status.map { $0["quantity"] })
            #expect(positions.map { $0["instrument"] } == status.map { $0["instrument"] })
        }
    }

    private static func run(_ arguments: [String]) async throws -> DaemonFixture.Answer {
        try await withTemporaryFolder { folder in
            let program = try RunningProgram("botctl", arguments, folder: folder, name: "botctl")
            let status = try await program.exitStatus()
            return DaemonFixture.Answer(status: status, output: program.output, errors: program.errors)
        }
    }
}
