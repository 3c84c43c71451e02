import Contracts
import EventKernel
import Foundation
import RiskPlane
import Testing

/// What holds for every intent, whatever came before.
///
/// `TRADEBOT_RISK_SEQUENCES=1000000` tries that many sequences of events instead of 100,000.
@Suite(.enabled(if: Mutant.check == nil)) struct `Risk, whatever happens` {
    private static let partCount: UInt64 = 8
    private static let sequenceCount: UInt64 = {
        let text = ProcessInfo.processInfo.environment["TRADEBOT_RISK_SEQUENCES"] ?? ""
        return UInt64(text) ?? 100_000
    }()

    @Test(arguments: 0..<partCount)
    func `never gives leave beyond a limit, while closed, or without a reason`(part: UInt64) throws {
        var (approved, refused, reduced) = (0, 0, 0)
        for seed in stride(from: part, to: Self.sequenceCount, by: Int(Self.partCount)) {
            var run = RandomRun(seed: seed)
            try run.play()
            for breach in run.breaches { Issue.record("seed \(seed): \(breach)") }
            if !run.breaches.isEmpty { return }
            approved += run.approvedCount
            refused += run.refusedCount
            reduced += run.reducedCount
        }
        // The sequences must reach all sides of the gate.
        let least = Int(Self.sequenceCount / Self.partCount) / 10
        #expect(approved > least)
        #expect(refused > least)
        #expect(reduced > least)
    }
}
