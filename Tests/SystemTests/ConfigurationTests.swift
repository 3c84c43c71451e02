import Foundation
import Testing

@Suite struct `A configuration` {
    @Test func `that is right is told so`() async throws {
        try await withDaemon { bot in
            let check = try bot.anotherDaemon(["--check-config"])
            #expect(try await check.exitStatus() == 0)
            #expect(check.output.contains("ok"))
        }
    }

    @Test(arguments: [true, false])
    func `that is wrong is refused by the keys' names`(onlyChecked: Bool) async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            let text = try String(contentsOfFile: bot.configurationPath, encoding: .utf8)
            let wrong = DaemonSettings.setting("risk.cooldwon_ms", "5", in: text)
            try DaemonSettings.setting("market.silence_seconds", "0", in: wrong)
                .write(toFile: bot.configurationPath, atomically: true, encoding: .utf8)
            // When
            let refused = try bot.anotherDaemon(onlyChecked ? ["--check-config"] : [])
            // Then
            #expect(try await refused.exitStatus() == 78)
            #expect(refused.errors.contains("risk.cooldwon_ms"), "\(refused.errors)")
            #expect(refused.errors.contains("market.silence_seconds"), "\(refused.errors)")
        }
    }

    @Test func `that is missing is refused by its path`() async throws {
        let folder = FileManager.default.temporaryDirectory
        let name = "tb-none-" + String(UInt32.random(in: 0 ... .max), radix: 16)
        let path = folder.appendingPathComponent(name + ".toml").path
        let daemon = try RunningProgram("tradebotd", ["--config", path], folder: folder, name: name)
        defer {
            for end in [".out", ".err"] {
                try? FileManager.default.removeItem(at: folder.appendingPathComponent(name + end))
            }
        }
        #expect(try await daemon.exitStatus() == 78)
        #expect(daemon.errors.contains(path))
    }
}
