import Contracts
import Foundation
import HistoricalData

/// The shared oracles and data, where they are.
enum SharedFolder {
    static let root = URL(
        fileURLWithPath: ProcessInfo.processInfo.environment["TRADEBOT_SHARED"] ?? "../shared"
    )

    static func data(_ name: String) -> String { root.appendingPathComponent("data/\(name)").path }

    /// The oracles whose names begin and end so; none, and a printed reason, where they are absent.
    static func oracles(_ beginning: String, _ ending: String) -> [URL] {
        let folder = root.appendingPathComponent("oracles")
        let all = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let found = (all ?? []).filter {
            $0.lastPathComponent.hasPrefix(beginning) && $0.lastPathComponent.hasSuffix(ending)
        }
        if found.isEmpty {
            print("skipped: no \(beginning)*\(ending) in \(folder.path); set TRADEBOT_SHARED")
        }
        return found.sorted { $0.path < $1.path }
    }
}

/// A small table of an oracle, by column name.
struct OracleTable {
    let columns: [String]
    let rows: [[Substring]]

    init(_ url: URL) throws {
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        columns = lines.first?.split(separator: ",").map(String.init) ?? []
        rows = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    }

    func texts(_ name: String) -> [Substring] {
        guard let column = columns.firstIndex(of: name) else { return [] }
        return rows.map { $0[column] }
    }

    func numbers(_ name: String) -> [Double] { texts(name).map { Double($0) ?? .nan } }
    func times(_ name: String) -> [UnixMilliseconds] { texts(name).map { UnixMilliseconds($0) ?? -1 } }
}

/// Whether two figures agree to the oracles' tolerance.
func agree(_ one: Double, _ other: Double, relative: Double = 1e-9) -> Bool {
    abs(one - other) <= max(1e-9, relative * max(abs(one), abs(other)))
}

/// A file of the test's own, gone with it.
final class ScratchFile {
    let path: String

    init(_ name: String, _ text: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "backtest-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let url = folder.appendingPathComponent(name)
        try text.write(to: url, atomically: true, encoding: .utf8)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent()) }
}
