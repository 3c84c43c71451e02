import Glibc

/// What the first hundred bytes of an SQLite file promise, read without SQLite.
struct FileHead {
    /// How many bytes the file has by its own account.
    let byteCount: Int64
    /// Whether whoever opens it wants a write-ahead log.
    let usesLog: Bool

    /// Nil where it is no SQLite file.
    init?(path: String) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 100)
        guard unsafe pread(descriptor, &bytes, bytes.count, 0) == bytes.count,
            bytes.starts(with: Array("SQLite format 3".utf8))
        else { return nil }
        usesLog = bytes[18] == 2
        let page = Int64(bytes[16]) << 8 | Int64(bytes[17])
        let pages = bytes[28..<32].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        byteCount = (page == 1 ? 65_536 : page) * pages
    }

    /// Throws where a segment at rest is shorter than it says.
    static func check(_ path: String) throws(JournalError) {
        guard let size = FileSystem.size(of: path), (FileSystem.size(of: path + "-wal") ?? 0) == 0 else {
            return
        }
        guard let head = FileHead(path: path) else {
            guard size == 0 else { return }  // SQLite tells of it
            throw .damaged(path: path, why: "it is empty")
        }
        guard size < head.byteCount else { return }
        throw .damaged(path: path, why: "it is cut off: \(size) of \(head.byteCount) bytes are there")
    }
}
