import Glibc

/// The machine's clocks, for figures about a run; nothing inside the run sees them.
enum ProcessClock {
    static var wallSeconds: Double { seconds(CLOCK_MONOTONIC) }

    /// The processor's time of the calling thread.
    static var threadSeconds: Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
