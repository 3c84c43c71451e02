import Foundation
import FuzzTargets
import Testing

/// Inputs that once broke something, found by `make fuzz`, and those it starts from.
@Suite struct `Fuzz cases` {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fuzz")

    @Test(arguments: FuzzTarget.allCases)
    func `hold what they broke`(target: FuzzTarget) throws {
        for file in Self.files("found", target) {
            let contradiction = target.contradiction(in: [UInt8](try Data(contentsOf: file)))
            #expect(contradiction == nil, "\(file.lastPathComponent)")
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `hold where the search begins`(target: FuzzTarget) throws {
        let files = Self.files("corpus", target)
        #expect(!files.isEmpty)
        for file in files {
            let contradiction = target.contradiction(in: [UInt8](try Data(contentsOf: file)))
            #expect(contradiction == nil, "\(file.lastPathComponent)")
        }
    }

    private static func files(_ name: String, _ target: FuzzTarget) -> [URL] {
        let path = folder.appendingPathComponent(name).appendingPathComponent(target.rawValue)
        let found = try? FileManager.default.contentsOfDirectory(at: path, includingPropertiesForKeys: nil)
        return (found ?? []).sorted { $0.path < $1.path }
    }
}
