import Foundation
import Performance

/// The reference figures of `oracles/`, sections 4 and 5 of its README.
enum OracleFiles {
    static let folder = URL(
        fileURLWithPath: ProcessInfo.processInfo.environment["TRADEBOT_SHARED"] ?? "../shared"
    ).appendingPathComponent("oracles")

    static let performance = files("performance_expected", "json")
    static let overfitting = files("pbo_cscv", "json")
    static let purgedFolds = files("purged_kfold", "json")

    /// The oracles write their names `in_snake_case`.
    static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    /// The columns of the returns that belong to an oracle: those with the same end of the name, or the only ones.
    static func returns(for oracle: URL, prefix: String) throws -> SeriesTable {
        let all = files("strategy_returns", "csv")
        let end = oracle.deletingPathExtension().lastPathComponent.dropFirst(prefix.count)
        let file = all.first { $0.deletingPathExtension().lastPathComponent == "strategy_returns\(end)" }
        guard let file = file ?? (all.count == 1 ? all.first : nil) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return try SeriesTable(csv: String(contentsOf: file, encoding: .utf8))
    }

    /// Every file of that kind; none, and a printed reason, where there is none.
    private static func files(_ prefix: String, _ ending: String) -> [URL] {
        let all = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let found = (all ?? []).filter {
            $0.lastPathComponent.hasPrefix(prefix) && $0.pathExtension == ending
        }
        if found.isEmpty { print("skipped: no \(prefix)*.\(ending) in \(folder.path); set TRADEBOT_SHARED") }
        return found.sorted { $0.path < $1.path }
    }
}

/// Whether a figure is the reference's, which has twelve digits: relative 1e-9, absolute 1e-9 near 0.
func isClose(_ value: Double, _ expected: Double, tolerance: Double = 1e-9) -> Bool {
    abs(value - expected) <= tolerance * max(abs(expected), 1)
        && (abs(expected) < 1e-9 || abs(value / expected - 1) <= max(tolerance, 1e-9))
}
