import Foundation
import Testing

/// The simulator is no mirror of our own reading: `pybit` and `ccxt` must make the same of it.
@Suite struct `Foreign clients` {
    /// The first run fetches the clients; after that a minute is enough on a machine with nothing else to do.
    private static let limit = Duration.seconds(600)
    /// Clients written in Python want a core to themselves: so many daemons fewer run beside them.
    private static let slotCount = 2
    private static let skippedStatus: Int32 = 77

    @Test func `read the simulator as its own frames say`() async throws {
        for _ in 0..<Self.slotCount { await Slots.daemons.take() }
        defer { for _ in 0..<Self.slotCount { Slots.daemons.giveBack() } }
        try await withTemporaryFolder { folder in
            let script = Programs.packageRoot.appendingPathComponent("Tests/ForeignClients/run.sh")
            let run = try RunningProgram(script, [Programs.folder.path], folder: folder, name: "foreign")
            let status = try await run.exitStatus(within: Self.limit)
            if status == Self.skippedStatus {
                print(run.output)
                return
            }
            #expect(status == 0, "\(run.output.suffix(8000))\n\(run.errors.suffix(2000))")
        }
    }
}
