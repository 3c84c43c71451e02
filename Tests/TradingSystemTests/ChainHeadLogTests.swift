import Contracts
import EventKernel
import StoragePlane
import Systemd
import TestKit
import Testing

@testable import TradingSystem

@Suite struct `The journal's head in the log` {
    private let log = CapturedLog()
    private let kernel = Kernel()

    private func pass(minutes: Int64) {
        for _ in 0..<minutes * 6 {
            kernel.ingest(ClockEvent(meta: EventMeta(source: .system, ts: max(kernel.now, 1_000) + 10_000)))
        }
    }

    @Test func `stands there each minute, with number and hash`() throws {
        let hash = try #require(ChainHash(hexadecimal: String(repeating: "5d", count: 32)))
        ChainHeadLog(logger: log.logger).watch(kernel) { [unowned kernel] in
            JournalHead(sequence: kernel.bus.sequence, hash: hash)
        }
        pass(minutes: 3)
        let lines = log.lines
        #expect(lines.count == 2 || lines.count == 3)
        #expect(lines.allSatisfy { $0.message.hasSuffix(":\(hash) (on disk)") })
        #expect(lines.allSatisfy { $0.fields["message_id"] == MessageID.journalHead.rawValue })
        let heads = lines.compactMap { $0.message.split(separator: " ").dropFirst(2).first }
        #expect(heads.allSatisfy { JournalHead(String($0)) != nil })
    }

    @Test func `is not told again where it has not moved`() throws {
        let hash = try #require(ChainHash(hexadecimal: String(repeating: "00", count: 32)))
        ChainHeadLog(logger: log.logger).watch(kernel) { JournalHead(sequence: 7, hash: hash) }
        pass(minutes: 5)
        #expect(log.lines.map(\.message) == ["journal head 7:\(hash) (on disk)"])
    }
}
