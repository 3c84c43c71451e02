import Glibc

/// What the process was started with: its environment, its terminal, the wall clock.
enum Terminal {
    /// Standard output is a terminal that wants colour: not when NO_COLOR is set or TERM is `dumb`.
    static var showsColour: Bool {
        isInteractive && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
    }

    static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

    /// A variable of the environment; an empty one counts as not set.
    static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// Unix time in milliseconds, for ages on the screen only.
    static func now() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// The system's words for an `errno`, in lower case as they stand inside a sentence.
    static func reason(_ code: Int32) -> String {
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text).lowercased()
    }
}

/// How signals end this program.
enum Signals {
    /// A reader that left shows as EPIPE on write; Ctrl-C ends at once with 130, mid-wait or not.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        // _exit is one of the few calls a handler may make; output is written whole before any wait.
        signal(SIGINT) { _ in _exit(130) }
        // Whoever started us may have had signals blocked, and a block is inherited.
        var endings = sigset_t()
        unsafe sigemptyset(&endings)
        unsafe sigaddset(&endings, SIGINT)
        unsafe sigaddset(&endings, SIGTERM)
        unsafe sigprocmask(SIG_UNBLOCK, &endings, nil)
    }
}
