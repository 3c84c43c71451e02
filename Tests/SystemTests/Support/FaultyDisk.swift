import Foundation

/// A disk under a daemon that a test can slow down and break, where the machine has a C compiler.
final class FaultyDisk {
    enum Fault: String {
        /// Each sync takes two seconds.
        case slow
        /// Each sync fails with EIO.
        case syncFails = "sync-fails"
        /// Each write into a file's middle fails with EROFS.
        case readOnly = "read-only"
    }

    private let folder: URL
    private let library: URL

    /// What the daemon must be started with.
    var environment: [String: String] {
        ["LD_PRELOAD": library.path, "FAULTY_DISK": folder.path]
    }

    static let isAvailable = ["/usr/bin/cc", "/usr/local/bin/cc"].contains {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    init(under folder: URL) async throws {
        self.folder = folder.appendingPathComponent("faults")
        library = folder.appendingPathComponent("faulty_disk.so")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        let source = Programs.packageRoot.appendingPathComponent("Tests/FaultyDisk/faulty_disk.c")
        let compiler = try RunningProgram(
            URL(fileURLWithPath: "/usr/bin/env"),
            ["cc", "-shared", "-fPIC", "-O1", "-o", library.path, source.path, "-ldl"],
            folder: folder,
            name: "cc"
        )
        guard try await compiler.exitStatus() == 0 else { throw Trouble("faulty_disk.c: \(compiler.errors)") }
    }

    func begin(_ fault: Fault) throws {
        let file = folder.appendingPathComponent(fault.rawValue)
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
            throw Trouble("\(file.path) can't be made")
        }
    }

    func end(_ fault: Fault) throws {
        try FileManager.default.removeItem(at: folder.appendingPathComponent(fault.rawValue))
    }
}
