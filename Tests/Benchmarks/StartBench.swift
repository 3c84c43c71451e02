import Glibc

/// From the start of `botctl status` to its exit, answer printed: what a person or a script waits for.
enum StartBench {
    private static let runCount = 200
    private static let warmUpCount = 10
    /// The daemon answers at most 50 queries a second; the pause is not part of the figure.
    private static let pauseMicroseconds: UInt32 = 25_000

    static func run(_ report: Report, botctl: String, socket: String?) {
        guard let socket else {
            return Report.note("9-start: skipped, it needs --socket of a running daemon")
        }
        guard let ours = times([botctl, "status", "--socket", socket]) else {
            return Report.note("9-start: skipped, '\(botctl) status --socket \(socket)' does not succeed")
        }
        report.add(.start, "start_to_exit_p50", Stopwatch.quantile(0.5, of: ours), "ms")
        report.add(.start, "start_to_exit_p99", Stopwatch.quantile(0.99, of: ours), "ms")
        // The same machine in the same minute: a program that does nothing.
        guard let bare = times(["/bin/true"]) else { return }
        for (metric, fraction) in [("start_to_exit_p50", 0.5), ("start_to_exit_p99", 0.99)] {
            let value = Stopwatch.quantile(fraction, of: bare)
            report.add(.start, peer: "true", version: "posix_spawn+wait", metric, value, "ms")
        }
    }

    /// Milliseconds of each run; nil where one of them fails.
    private static func times(_ command: [String]) -> [Double]? {
        var times: [Double] = []
        for index in 0..<warmUpCount + runCount {
            usleep(pauseMicroseconds)
            let start = Stopwatch.wall
            guard run(command) == 0 else { return nil }
            if index >= warmUpCount { times.append((Stopwatch.wall - start) / 1e6) }
        }
        return times
    }

    /// Runs a command with its output thrown away; its wait status, or -1.
    private static func run(_ command: [String]) -> Int32 {
        var files = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&files)
        defer { unsafe posix_spawn_file_actions_destroy(&files) }
        unsafe posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe command.map { unsafe strdup($0) }
        defer { for index in command.indices { unsafe free(arguments[index]) } }
        unsafe arguments.append(nil)
        var process: pid_t = 0
        let failure = unsafe posix_spawn(&process, command[0], &files, nil, arguments, nil)
        guard failure == 0 else { return -1 }
        var status: Int32 = -1
        while unsafe waitpid(process, &status, 0) < 0 { guard errno == EINTR else { return -1 } }
        return status
    }
}
