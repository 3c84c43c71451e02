import Foundation
import Testing

@Suite struct `Tests/check-house.sh` {
    @Test func `finds nothing in this package`() async throws {
        let check = try await Self.check(Programs.packageRoot)
        #expect(check.status == 0, "\(check.errors)")
    }

    @Test(arguments: [
        ("RiskPlane", "import Contracts\nimport StrategyPlane\n", 2),
        ("MarketPlane", "package import TradingSystem\n", 1),
        ("Contracts", "import Foundation\n", 1),
        ("RiskPlane", "\n\nlet a = 1 as! Int\n", 3),
        ("TradingSystem", "let a = try! b()\n", 1),
        ("ExecutionPlane", "let now = ContinuousClock.now\n", 1),
        ("StrategyPlane", "let chance = Int.random(in: 1...6)\n", 1),
        ("StrategyPlane", "let size = 100 + SystemClock().now % 60\n", 1),
        ("RiskPlane", "let clock: any Clock<Duration> = ContinuousClock()\n", 1),
        ("RiskPlane", "let elapsed = MonotonicTime.nanoseconds\n", 1),
        ("AnalyticsPlane", "var time = timespec()\n_ = unsafe clock_gettime(CLOCK_REALTIME, &time)\n", 2),
        ("ExecutionPlane", "let due = DispatchTime.now() + 1\n", 1),
        ("ExecutionPlane", "let first = orders.shuffled().first\n", 1),
        ("StrategyPlane", "let now: Date = .now\nlet then: Date = .init()\n", 2),
        ("StrategyPlane", "let now = Date(timeIntervalSinceNow: 0)\n", 1),
        ("StrategyPlane", "var now = time_t()\n_ = unsafe time(&now)\n", 2),
        ("ExecutionPlane", "let chance = rand()\nlet other = random()\nlet ticks = clock()\n", 3),
        ("RiskPlane", "let id = UUID.init()\nlet place = \"a\".hashValue\n", 2),
        ("Indicators", "let now = ContinuousClock.now\n", 1),
        ("StrategyPlane", "let isBold = Bool.random()\n", 1),
        ("StrategyPlane", "let path = getenv(\"HOME\")\n", 1),
        ("EventKernel", "public struct Bus {}\n", 1),
        ("Contracts", "// TO" + "DO\n", 1),
    ])
    func `names file and line of a breach`(target: String, text: String, line: Int) async throws {
        try await withTemporaryFolder { root in
            // Given
            try Self.write(
                "import Contracts\n\nstruct Plain {}\n",
                to: "Sources/AnalyticsPlane/Plain.swift",
                in: root
            )
            let clean = try await Self.check(root)
            #expect(clean.status == 0, "\(clean.errors)")
            // When
            try Self.write(text, to: "Sources/\(target)/Planted.swift", in: root)
            let check = try await Self.check(root)
            // Then
            #expect(check.status == 1)
            #expect(check.errors.contains("Sources/\(target)/Planted.swift:\(line):"), "\(check.errors)")
        }
    }

    private static func write(_ text: String, to path: String, in root: URL) throws {
        let file = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    private static func check(_ root: URL) async throws -> DaemonFixture.Answer {
        let script = Programs.packageRoot.appendingPathComponent("Tests/check-house.sh").path
        return try await withTemporaryFolder { folder in
            let shell = URL(fileURLWithPath: "/bin/bash")
            let run = try RunningProgram(shell, [script, root.path], folder: folder, name: "check")
            let status = try await run.exitStatus()
            return DaemonFixture.Answer(status: status, output: run.output, errors: run.errors)
        }
    }
}
