import Glibc
import Recording

/// How large a recording's files are, so that its reader's place tells how much of it is read.
struct RecordingSizes {
    private var starts: [(path: String, start: Double)] = []
    let total: Double

    /// Looks at the file or folder at `path`; what can't be looked at counts nothing.
    init(_ path: String) {
        var sum = 0.0
        for file in (try? RecordingFolder.files(at: path)) ?? [] {
            starts.append((file, sum))
            sum += Double(FileSize.bytes(of: file))
        }
        total = max(1, sum)
    }

    /// The bytes before `offset` of the file `path`.
    func before(_ path: String, _ offset: Int64) -> Double {
        (starts.first { $0.path == path }?.start ?? 0) + Double(offset)
    }
}

/// What the file system says of a file.
enum FileSize {
    /// Zero where it can't be looked at.
    static func bytes(of path: String) -> Int64 {
        var facts = stat()
        return unsafe stat(path, &facts) == 0 ? Int64(facts.st_size) : 0
    }

    static func isFolder(_ path: String) -> Bool {
        var facts = stat()
        return unsafe stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }
}
