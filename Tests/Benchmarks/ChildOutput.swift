import FoundationEssentials
import Glibc

/// What another program prints.
enum ChildOutput {
    /// Its standard output; nil where it does not end with 0.
    static func of(_ command: [String], in folder: String) -> String? {
        let file = folder + "/child.out"
        var files = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&files)
        defer { unsafe posix_spawn_file_actions_destroy(&files) }
        unsafe posix_spawn_file_actions_addopen(
            &files,
            STDOUT_FILENO,
            file,
            O_WRONLY | O_CREAT | O_TRUNC,
            0o600
        )
        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe command.map { unsafe strdup($0) }
        defer { for index in command.indices { unsafe free(arguments[index]) } }
        unsafe arguments.append(nil)
        var process: pid_t = 0
        guard unsafe posix_spawn(&process, command[0], &files, nil, arguments, nil) == 0 else { return nil }
        var status: Int32 = -1
        while unsafe waitpid(process, &status, 0) < 0 { guard errno == EINTR else { return nil } }
        return status == 0 ? try? String(contentsOf: URL(filePath: file), encoding: .utf8) : nil
    }
}
