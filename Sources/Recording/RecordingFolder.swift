import Glibc

/// The files of a folder of recordings.
package enum RecordingFolder {
    /// One segment that lies there.
    package struct Segment: Sendable {
        package let name: SegmentName
        package let path: String
        package let byteCount: Int64
        package let isOpen: Bool
    }

    /// Files in one folder that are looked at, at most.
    static let filesMax = 100_000

    /// The recorder's segments in order of time; other files are left out.
    package static func segments(of folder: String) throws(RecordingError) -> [Segment] {
        var segments: [Segment] = []
        for file in try fileNames(in: folder) {
            guard let name = SegmentName(file) else { continue }
            let path = folder + "/" + file
            var facts = stat()
            // Retention may have taken it meanwhile.
            guard unsafe stat(path, &facts) == 0 else { continue }
            segments.append(
                Segment(
                    name: name,
                    path: path,
                    byteCount: Int64(facts.st_size),
                    isOpen: file.hasSuffix(".part")
                )
            )
        }
        return segments.sorted { $0.name < $1.name }
    }

    /// What is to be read of `path`: the file itself, or a folder's recordings in order of their names.
    package static func files(at path: String) throws(RecordingError) -> [String] {
        var facts = stat()
        guard unsafe stat(path, &facts) == 0 else { throw .unreadable(path: path, why: errorText(errno)) }
        guard facts.st_mode & S_IFMT == S_IFDIR else { return [path] }
        let endings = [".jsonl", ".jsonl.gz", ".jsonl.gz.part"]
        let names = try fileNames(in: path).filter { name in
            !name.hasPrefix(".") && endings.contains(where: name.hasSuffix)
        }
        guard !names.isEmpty else {
            throw .unreadable(path: path, why: "the folder holds no \(endings.joined(separator: ", "))")
        }
        return names.sorted().map { path + "/" + $0 }
    }

    private static func fileNames(in folder: String) throws(RecordingError) -> [String] {
        guard let stream = unsafe opendir(folder) else {
            throw .badFolder(path: folder, why: errorText(errno))
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != ".." else { continue }
            names.append(name)
            guard names.count <= filesMax else {
                throw .badFolder(path: folder, why: "it holds more than \(filesMax) files")
            }
        }
        return names
    }
}
