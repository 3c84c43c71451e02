import Contracts
import EventKernel
import FoundationEssentials
import GRDB
import ResearchPlane
import TestKit
import Testing

@Suite struct `Feature store` {
    private func withFile(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.path + "/tradebot-research-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder + "/features.db")
    }

    private func outcome(bar: Int, label: Int) -> OutcomeRecorded {
        OutcomeRecorded(
            meta: EventMeta(source: .research),
            instrument: Fixture.instrument,
            barSeconds: 60,
            barEnd: Fixture.start + Int64(bar) * 60_000,
            label: label,
            barrier: .upper,
            horizonBars: 24,
            forwardReturn: 0.25,
            maximumFavourable: 0.5,
            maximumAdverse: 0
        )
    }

    @Test func `keeps vectors and outcomes, each once`() throws {
        try withFile { path in
            // Given
            let writer = FeatureWriter(file: try FeatureFile(path: path))
            let plane = PlaneHarness { kernel in _ = FeatureStore(writer: writer, kernel: kernel) }
            // When
            plane.tell(FeatureVectorRecorded.fixture(bar: 0, close: 100.25))
            plane.tell(FeatureVectorRecorded.fixture(bar: 1))
            plane.tell(FeatureVectorRecorded.fixture(bar: 1, close: 102))
            plane.tell(outcome(bar: 1, label: -1))
            plane.tell(outcome(bar: 1, label: 1))
            try writer.close()
            // Then
            let file = try FeatureFile(path: path)
            #expect(try file.counts() == (2, 1))
            try file.close()
            let raw = try DatabaseQueue(path: path)
            try raw.read { database in
                let row = try #require(
                    try Row.fetchOne(database, sql: "SELECT * FROM vectors ORDER BY bar_end")
                )
                let texts: [String] = [row["instrument"], row["close"], row["values"]]
                var values = [String](repeating: "0.0", count: Feature.allCases.count)
                values[Feature.atr.rawValue] = "1.0"
                values[Feature.spread.rawValue] = "0.0001"
                let expected = "[" + values.joined(separator: ",") + "]"
                #expect(texts == ["linear:BTCUSDT", "100.25", expected])
                let sequence: Int = row["seq"]
                #expect(sequence == 2)
                #expect(
                    try String.fetchAll(database, sql: "SELECT close FROM vectors WHERE seq = 4") == [
                        "102.00"
                    ]
                )
                #expect(try Int.fetchAll(database, sql: "SELECT label FROM outcomes") == [1])
            }
            try raw.close()
        }
    }

    @Test func `refuses a newer file`() throws {
        try withFile { path in
            try FeatureFile(path: path).close()
            let raw = try DatabaseQueue(path: path)
            try raw.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 9") }
            try raw.close()
            #expect(throws: FeatureStoreError.newerVersion(path: path, found: 9, known: 1)) {
                try FeatureFile(path: path)
            }
        }
    }

    @Test func `says that a file is no feature store`() throws {
        try withFile { path in
            try Data(repeating: 0x41, count: 4096).write(to: URL(filePath: path))
            let error = #expect(throws: FeatureStoreError.self) { try FeatureFile(path: path) }
            #expect(error?.code == "features.open")
        }
    }
}
