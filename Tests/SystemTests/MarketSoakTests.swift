import ControlProtocol
import Foundation
import Testing

/// The cut of `make paper` that every test run has: the same wiring, at the same speed.
@Suite(.timeLimit(.minutes(5))) struct `Paper trading at maximum speed` {
    @Test func `breaks no invariant, and its replay has no difference`() async throws {
        try await withTemporaryFolder { folder in
            let words = [
                "SOAK_MINUTES=5", "SOAK_SYMBOLS=3", "SOAK_GROWTH=1000", "SOAK_REPLAY=1",
                "SOAK_FOLDER=\(folder.path)", "bash",
                Programs.packageRoot.appendingPathComponent("Tests/Soak/run-soak.sh").path,
                Programs.folder.path,
            ]
            let run = try RunningProgram(
                URL(fileURLWithPath: "/usr/bin/env"),
                words,
                folder: folder,
                name: "paper"
            )
            #expect(try await run.exitStatus(within: .seconds(240)) == 0, "\(run.errors)")
            let line = try #require(run.output.split(separator: "\n").last, "\(run.errors)")
            print(line)
            #expect(run.errors.contains("22 invariants hold, 0 are broken"))
            let replay = try #require(try JSONValue(parsing: Array(line.utf8))["replay"])
            #expect(replay["outcome"]?.string?.contains("no difference") == true)
            #expect((replay["order_events"]?.integer ?? 0) > 10)
        }
    }
}

/// The ten-minute cut of `make soak`: simulator, socket, planes and journal as they run for a day.
///
/// Ten minutes are counted to the last trade; memory settles only later, so its bound is wide here and tight there.
@Suite(.timeLimit(.minutes(15))) struct `A soak of ten market minutes` {
    @Test func `loses no trade, doubles none, and leaves the journal whole`() async throws {
        try await withTemporaryFolder { folder in
            // Buffers and windows still fill in so short a run: the day's bound of 1 % is for the day.
            let words = [
                "SOAK_MINUTES=10", "SOAK_SYMBOLS=20", "SOAK_WARM_UP=5", "SOAK_GROWTH=60",
                "SOAK_FOLDER=\(folder.path)", "bash",
                Programs.packageRoot.appendingPathComponent("Tests/Soak/run-soak.sh").path,
                Programs.folder.path,
            ]
            let soak = try RunningProgram(
                URL(fileURLWithPath: "/usr/bin/env"),
                words,
                folder: folder,
                name: "soak"
            )
            let status = try await soak.exitStatus(within: .seconds(600))
            let line = try #require(soak.output.split(separator: "\n").last, "\(soak.errors)")
            print(line)
            let figures = try #require(try JSONValue(parsing: Array(line.utf8))["soak"])
            #expect(status == 0, "\(soak.errors)")
            #expect((figures["trades_sent"]?.integer ?? 0) > 10_000)
            #expect(figures["trades_journaled"] == figures["trades_sent"])
            #expect(figures["trades_doubled"]?.integer == 0)
            #expect(figures["refused"]?.integer == 0 && figures["gaps"]?.integer == 0)
        }
    }
}
