import Glibc

/// The few calls on files and folders that the journal needs, with typed errors.
enum FileSystem {
    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    static func isFolder(_ path: String) -> Bool {
        status(of: path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
    }

    /// Nil where there is no such file.
    static func size(of path: String) -> Int64? { status(of: path).map { Int64($0.st_size) } }

    /// Which file it is, so that another one under the same name is told from it; nil where there is none.
    static func identity(of path: String) -> UInt64? { status(of: path).map { UInt64($0.st_ino) } }

    static func makeFolder(_ path: String) throws(JournalError) {
        guard unsafe mkdir(path, 0o750) != 0, errno != EEXIST else { return }
        throw .cannotOpen(path: path, why: errorText(errno))
    }

    /// The names in a folder, in no order; none where there is no such folder.
    static func names(in folder: String) throws(JournalError) -> [String] {
        guard let stream = unsafe opendir(folder) else {
            if errno == ENOENT { return [] }
            throw .cannotOpen(path: folder, why: errorText(errno))
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
                unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            names.append(name)
        }
        return names
    }

    static func rename(_ old: String, to new: String) throws(JournalError) {
        guard unsafe Glibc.rename(old, new) != 0 else { return }
        throw .cannotOpen(path: new, why: errorText(errno))
    }

    /// Removes a file; one that is not there is no error.
    static func remove(_ path: String) throws(JournalError) {
        guard unsafe unlink(path) != 0, errno != ENOENT else { return }
        throw .cannotOpen(path: path, why: errorText(errno))
    }

    /// Has a file's bytes, or a folder's names, on disk.
    static func sync(_ path: String) throws(JournalError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, why: errorText(errno)) }
        defer { close(descriptor) }
        guard fsync(descriptor) != 0 else { return }
        throw .syncFailed(path: path, why: errorText(errno))
    }

    /// An empty file of our own that nobody else can open, where temporary files lie.
    static func makeTemporary(_ name: String) throws(JournalError) -> (path: String, descriptor: Int32) {
        let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/\(name)-XXXXXX".utf8CString)
        let descriptor = unsafe template.withUnsafeMutableBufferPointer { template in
            guard let start = template.baseAddress else { return Int32(-1) }
            return unsafe mkstemp(start)
        }
        guard descriptor >= 0 else { throw .cannotOpen(path: folder, why: errorText(errno)) }
        return (
            String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self), descriptor
        )
    }

    static func errorText(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status : nil
    }
}
