import Contracts
import FoundationEssentials

/// This process's memory over the run, by the exchange's time.
struct MemoryTrail {
    struct Sample {
        let time: UnixMilliseconds
        let kilobytes: Int
    }

    private(set) var samples: [Sample] = []

    mutating func note(at time: UnixMilliseconds) {
        guard let kilobytes = Self.residentKilobytes else { return }
        samples.append(Sample(time: time, kilobytes: kilobytes))
    }

    /// The resident set, from `/proc/self/status`.
    static var residentKilobytes: Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
            return nil
        }
        return status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }?
            .split(separator: " ").compactMap { Int($0) }.first
    }

    /// The median of the last tenth over that of the first tenth after `warmUp`, less one.
    func growth(after warmUp: UnixMilliseconds) -> (from: Int, to: Int, share: Double)? {
        let warm = samples.filter { $0.time >= warmUp }
        let tenth = max(1, warm.count / 10)
        guard warm.count >= 2 else { return nil }
        let (from, to) = (Self.median(warm.prefix(tenth)), Self.median(warm.suffix(tenth)))
        return (from, to, Double(to) / Double(from) - 1)
    }

    private static func median(_ samples: ArraySlice<Sample>) -> Int {
        let sorted = samples.map(\.kilobytes).sorted()
        return sorted[sorted.count / 2]
    }
}
