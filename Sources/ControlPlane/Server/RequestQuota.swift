import ControlProtocol
import NIOCore

/// How much one user has asked for in the running second.
struct RequestQuota {
    private var second: Int64 = -1
    private var reads = 0
    private var writes = 0

    /// Whether one more read is within the limit.
    mutating func takeRead(at time: NIODeadline) -> Bool {
        renew(at: time)
        reads += 1
        return reads <= ControlLimits.readsPerSecondMax
    }

    /// Whether one more write is within the limit.
    mutating func takeWrite(at time: NIODeadline) -> Bool {
        renew(at: time)
        writes += 1
        return writes <= ControlLimits.writesPerSecondMax
    }

    private mutating func renew(at time: NIODeadline) {
        let current = Int64(time.uptimeNanoseconds / 1_000_000_000)
        if current != second { (second, reads, writes) = (current, 0, 0) }
    }
}
