import Foundation
import Testing

@Suite struct `The architecture` {
    private static let planes = [
        "ControlPlane", "MarketPlane", "AnalyticsPlane", "StrategyPlane", "RiskPlane", "ExecutionPlane",
        "StoragePlane", "ObservabilityPlane", "ResearchPlane",
    ]

    @Test func `lets no plane depend on a plane`() throws {
        let targets = try Self.declarations()
        for plane in Self.planes {
            let outside = try #require(targets[plane], "Package.swift does not declare \(plane)")
            #expect(Set(outside).isDisjoint(with: Self.planes + ["TradingSystem"]), "\(plane) \(outside)")
        }
    }

    @Test func `rests on contracts that depend on nothing`() throws {
        let targets = try Self.declarations()
        #expect(targets["Contracts"]?.filter { $0 != "EventMap" } == [])
        #expect(targets["EventKernel"] == ["Contracts"])
    }

    @Test(arguments: planes)
    func `has no file in which a plane imports a plane`(plane: String) throws {
        let folder = Programs.packageRoot.appendingPathComponent("Sources/" + plane)
        let others = Set(Self.planes + ["TradingSystem"]).subtracting([plane])
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var count = 0
        for case let file as URL in files where file.pathExtension == "swift" {
            count += 1
            let text = try String(contentsOf: file, encoding: .utf8)
            let imports = text.split(separator: "\n").filter { $0.contains("import ") }
                .flatMap { $0.split { !$0.isLetter } }.map(String.init)
            #expect(others.isDisjoint(with: imports), "\(file.path)")
        }
        #expect(count > 0)
    }

    /// What Package.swift's helper functions declare: each target's name, then the names in quotes after it.
    private static func declarations() throws -> [String: [String]] {
        let manifest = Programs.packageRoot.appendingPathComponent("Package.swift")
        // A call that takes several lines reads like one of one line.
        let text = try String(contentsOf: manifest, encoding: .utf8).replacing(/\(\s+"/, with: "(\"")
        var targets: [String: [String]] = [:]
        for call in ["plane(\"", "library(\""] {
            for part in text.components(separatedBy: call).dropFirst() {
                guard let end = part.firstIndex(of: ")") else { continue }
                let words = part[..<end].split(separator: "\"", omittingEmptySubsequences: false)
                // The call's opening quote is cut off: names are at 0, 2, 4 …
                let names = stride(from: 0, to: words.count - 1, by: 2).map { String(words[$0]) }
                if let name = names.first { targets[name] = Array(names.dropFirst()) }
            }
        }
        return targets
    }
}
