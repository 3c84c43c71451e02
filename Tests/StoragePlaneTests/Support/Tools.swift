import Glibc

/// Overwrites a part of a file in place, as a dying disk does.
struct FileHandleLike {
    let path: String

    init?(path: String) {
        guard unsafe access(path, W_OK) == 0 else { return nil }
        self.path = path
    }

    func overwrite(from offset: Int, count: Int) throws {
        let descriptor = unsafe open(path, O_WRONLY)
        defer { close(descriptor) }
        let noise = [UInt8](repeating: 0xA5, count: count)
        _ = unsafe pwrite(descriptor, noise, count, off_t(offset))
    }
}

/// Runs a program to its end; its exit status.
func run(_ arguments: [String]) -> Int32 {
    var process = pid_t()
    let words = unsafe arguments.map { unsafe strdup($0) }
    defer { for index in unsafe words.indices { unsafe free(words[index]) } }
    guard unsafe posix_spawn(&process, arguments[0], nil, nil, words + [nil], environ) == 0 else { return -1 }
    var status: Int32 = 0
    guard unsafe waitpid(process, &status, 0) == process else { return -1 }
    return (status >> 8) & 0xFF
}
