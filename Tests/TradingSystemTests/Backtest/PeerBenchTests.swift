import EventKernel
import Foundation
import Testing

@testable import TradingSystem

@Suite struct `Peers' backtest` {
    @Test func `makes the orders of the plain loop, bar by bar`() async throws {
        // Given
        let bars = PeerSeries.bars(4_000, seed: 1)
        let file = try NumpyFile(bars)
        let expected = PeerSeries.orderCount(closes: bars.map { $0[4] })
        // When
        let outcome = try PeerBench.bars(file.path)
        // Then
        #expect(expected > 100)
        #expect(outcome.orders == expected)
        #expect(outcome.events == bars.count)
    }

    @Test func `makes the orders of the plain loop over minutes of ticks`() async throws {
        let ticks = PeerSeries.ticks(120_000, seed: 2)
        let file = try NumpyFile(ticks)
        // The last minute is never finished.
        var closes: [Int64] = []
        for (tick, next) in zip(ticks, ticks.dropFirst()) where tick[0] / 60_000 != next[0] / 60_000 {
            closes.append(tick[1])
        }
        let outcome = try PeerBench.ticks(file.path)
        #expect(outcome.orders == PeerSeries.orderCount(closes: closes))
        #expect(outcome.orders > 5)
        #expect(outcome.events == ticks.count)
    }

    @Test func `is the same on two workers at once`() async throws {
        let file = try NumpyFile(PeerSeries.bars(1_000, seed: 3))
        let alone = try PeerBench.bars(file.path)
        let together = try await PeerBench.bars(file.path, workers: 2)
        #expect(together.outcomes.map(\.decisionDigest) == [alone.decisionDigest, alone.decisionDigest])
    }
}

/// Series like the peers', from a seed.
enum PeerSeries {
    static func bars(_ count: Int, seed: UInt64) -> [[Int64]] {
        var generator = SeededGenerator(seed: seed)
        var close: Int64 = 600_000
        return (0..<count).map { index in
            let open = close
            close += Int64(generator.next() % 2_001) - 1_000
            return [
                1_700_000_040_000 + Int64(index) * 60_000, open, max(open, close) + 50, min(open, close) - 50,
                close, 1_000,
            ]
        }
    }

    static func ticks(_ count: Int, seed: UInt64) -> [[Int64]] {
        var generator = SeededGenerator(seed: seed)
        var (time, price) = (Int64(1_700_000_040_000), Int64(600_000))
        return (0..<count).map { _ in
            time += Int64(generator.next() % 200)
            price += Int64(generator.next() % 41) - 20
            return [time, price, 1, generator.next() % 2 == 0 ? 1 : -1]
        }
    }

    /// The peers' strategy as a loop: averages that begin with the first close, from the 20th close on.
    static func orderCount(closes: [Int64]) -> Int {
        guard let first = closes.first else { return 0 }
        var (fast, slow, side, orders) = (Double(first), Double(first), 0, 0)
        for (index, close) in closes.enumerated() {
            if index > 0 {
                fast += 2.0 / 11 * (Double(close) - fast)
                slow += 2.0 / 21 * (Double(close) - slow)
            }
            guard index >= 19 else { continue }
            let wanted = fast > slow ? 1 : -1
            if wanted != side { (side, orders) = (wanted, orders + 1) }
        }
        return orders
    }
}

/// An array as NumPy saves it.
final class NumpyFile {
    let path: String

    init(_ rows: [[Int64]]) throws {
        var header =
            "{'descr': '<i8', 'fortran_order': False, 'shape': (\(rows.count), \(rows.first?.count ?? 0)), }"
        header += String(repeating: " ", count: (64 - (10 + header.utf8.count + 1) % 64) % 64) + "\n"
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        bytes += [UInt8(header.utf8.count & 0xFF), UInt8(header.utf8.count >> 8)] + Array(header.utf8)
        for value in rows.joined() {
            for shift in stride(from: 0, to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: value >> shift))
            }
        }
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(
            "peers-\(UUID().uuidString).npy"
        )
        try Data(bytes).write(to: url)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
