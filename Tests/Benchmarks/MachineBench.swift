/// How fast this machine is at this moment: a chain of dependent steps, the same as the peers' `calib`.
enum MachineBench {
    static func run(_ report: Report) {
        let count = 10_000_000
        let sink = Sink()
        let step = Stopwatch.cpuNanoseconds(per: count) {
            var state: UInt64 = 88_172_645_463_325_252
            for _ in 0..<count {
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
            }
            sink.take(Int64(truncatingIfNeeded: state))
        }
        report.add(.machine, peer: "calib", version: "xorshift", "step", step, "ns")
    }
}
