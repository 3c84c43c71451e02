import FoundationEssentials
import Glibc

/// A folder of a bench's own, gone afterwards.
enum BenchFolder {
    static func use<Value>(_ body: (String) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.path + "/tradebot-bench-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }

    /// How many bytes the files in it have together.
    static func size(of folder: String, suffix: String = "") -> Int {
        files(in: folder).filter { $0.hasSuffix(suffix) }.reduce(0) { sum, file in
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            return sum + ((attributes?[.size] as? UInt64).map(Int.init) ?? 0)
        }
    }

    static func files(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().map {
            folder + "/" + $0
        }
    }

    /// Has the system forget what it has in memory of these files, as after a night.
    static func forget(_ folder: String) {
        for file in files(in: folder) {
            let descriptor = unsafe open(file, O_RDONLY)
            guard descriptor >= 0 else { continue }
            fdatasync(descriptor)
            posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
            close(descriptor)
        }
    }
}
