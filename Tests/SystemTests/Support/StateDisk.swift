import Foundation

/// A small disk under a daemon's state folder, where the machine lets us have one (root).
final class StateDisk {
    private let path: String
    private var filler: String { path + "/filler" }

    /// Whether we may mount one.
    static let isAvailable = geteuid() == 0

    init(under folder: URL, kilobytes: Int) throws {
        path = folder.path
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let size = "size=\(kilobytes)k,mode=700"
        guard Self.run(["/bin/mount", "-t", "tmpfs", "-o", size, "tmpfs", path]) else {
            throw Trouble("no disk of \(kilobytes) kB can be mounted under \(path)")
        }
    }

    deinit { _ = Self.run(["/bin/umount", "-l", path]) }

    /// Takes every byte that is left.
    func fill() throws {
        guard FileManager.default.createFile(atPath: filler, contents: nil) else {
            throw Trouble("\(filler) can't be made")
        }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: filler))
        defer { try? file.close() }
        for size in [65_536, 4_096, 512, 1] {
            let piece = Data(count: size)
            while (try? file.write(contentsOf: piece)) != nil {}
        }
    }

    func makeRoom() throws { try FileManager.default.removeItem(atPath: filler) }

    /// Lets nothing be written any more, or again; nobody may have a file of it open to write.
    func setReadOnly(_ isReadOnly: Bool) throws {
        guard Self.run(["/bin/mount", "-o", isReadOnly ? "remount,ro" : "remount,rw", path]) else {
            throw Trouble("\(path) can't be mounted anew")
        }
    }

    private static func run(_ words: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
