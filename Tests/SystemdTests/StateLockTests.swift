import Foundation
import Systemd
import Testing

@Suite struct `State lock` {
    let path = FileManager.default.temporaryDirectory.appending(path: "tradebot-lock-\(UUID().uuidString)")
        .path

    @Test func `has one owner at a time, and says who`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let lock = try StateLock(path: path)
        #expect(throws: StateLockError.held(path: path, by: ProcessInfo.processInfo.processIdentifier)) {
            _ = try StateLock(path: path)
        }
        withExtendedLifetime(lock) {}
    }

    @Test func `is free again when its owner lets go`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        do { _ = try StateLock(path: path) }
        _ = try StateLock(path: path)
    }

    @Test func `says why it can't be taken`() {
        let nowhere = path + "/deeper/lock"
        #expect(throws: StateLockError.unusable(path: nowhere, why: "No such file or directory")) {
            _ = try StateLock(path: nowhere)
        }
    }

    @Test func `does not follow a link laid in its place`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/null")
        #expect(throws: StateLockError.self) { _ = try StateLock(path: path) }
    }
}
