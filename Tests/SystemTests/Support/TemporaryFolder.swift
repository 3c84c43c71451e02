import Foundation

/// Gives `body` an empty folder that is gone afterwards; its name is short, as a socket's path must be.
func withTemporaryFolder<Answer>(_ body: (URL) async throws -> Answer) async throws -> Answer {
    let name = "tb-" + String(UInt32.random(in: 0 ... .max), radix: 16)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}
