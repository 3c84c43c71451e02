import Glibc

/// The clocks, and the way a figure is taken.
enum Stopwatch {
    static let repeatCount = 5

    /// This thread's CPU time in nanoseconds: neighbours on the machine count for less.
    static var cpu: Double { nanoseconds(of: CLOCK_THREAD_CPUTIME_ID) }
    /// Time passed in nanoseconds: for disks, sockets and other processes.
    static var wall: Double { nanoseconds(of: CLOCK_MONOTONIC) }
    /// The same to the nanosecond, for what is stamped in one thread and read in another.
    static var monotonic: UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// The median CPU time in nanoseconds of one of the `count` units that a call of `work` does.
    ///
    /// The first call only warms up.
    static func cpuNanoseconds(per count: Int, _ work: () -> Void) -> Double {
        work()
        let times = (0..<repeatCount)
            .map { _ in
                let start = cpu
                work()
                return (cpu - start) / Double(count)
            }
        return quantile(0.5, of: times)
    }

    /// The value below which `fraction` of the times lie.
    static func quantile(_ fraction: Double, of times: [Double]) -> Double {
        let sorted = times.sorted()
        guard let last = sorted.indices.last else { return 0 }
        return sorted[Int((fraction * Double(last)).rounded())]
    }

    private static func nanoseconds(of clock: clockid_t) -> Double {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}

/// Keeps the optimiser from leaving out what nobody reads.
final class Sink {
    var sum: Int64 = 0

    @inline(never)
    func take(_ value: Int64) { sum &+= value }
}
