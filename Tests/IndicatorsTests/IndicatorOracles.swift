import Foundation
import Indicators

/// The reference figures of `oracles/`, section 1 of its README: every entry of every parameter file.
struct IndicatorOracle: Decodable, Sendable {
    let tag: String
    let parameters: IndicatorParameters

    private enum CodingKeys: String, CodingKey { case tag }

    init(from decoder: any Decoder) throws {
        tag = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .tag)
        parameters = try IndicatorParameters(from: decoder)
    }

    static let folder = URL(
        fileURLWithPath: ProcessInfo.processInfo.environment["TRADEBOT_SHARED"] ?? "../shared"
    ).appendingPathComponent("oracles")

    /// None, and a printed reason, where they are absent.
    static let all: [IndicatorOracle] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let found = files.sorted().filter { $0.hasPrefix("indicators_params") && $0.hasSuffix(".json") }
        if found.isEmpty {
            print("skipped: no indicators_params*.json in \(folder.path); set TRADEBOT_SHARED")
        }
        return found.flatMap { name -> [IndicatorOracle] in
            do {
                let data = try Data(contentsOf: folder.appendingPathComponent(name))
                return try JSONDecoder().decode([IndicatorOracle].self, from: data)
            } catch {
                preconditionFailure("\(name) can't be read: \(error)")
            }
        }
    }()

    /// The lines of the file with the figures, split into cells.
    func rows() throws -> [[String]] {
        let file = Self.folder.appendingPathComponent("indicators_\(tag).csv")
        let text = try String(decoding: Data(contentsOf: file), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}

extension IndicatorOracle: CustomStringConvertible {
    var description: String { tag }
}

extension Candle {
    /// Reads the first six cells of a row.
    init?(_ cells: [String]) {
        guard cells.count >= 6, let time = Int64(cells[0]) else { return nil }
        let figures = cells[1...5].compactMap(Double.init)
        guard figures.count == 5 else { return nil }
        self.init(
            openTime: time,
            open: figures[0],
            high: figures[1],
            low: figures[2],
            close: figures[3],
            volume: figures[4]
        )
    }
}
