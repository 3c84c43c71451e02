import Contracts
import EventKernel

/// Something that tells market events in order of time: a file, or a part of one in memory.
///
/// A class, because what it reads from has a place; made for one run and used by its one task.
package protocol MarketSource: AnyObject {
    /// Where its next event stands; ``FeedKey/end`` when it has told all.
    var next: FeedKey { get }
    /// How much of it has been told, from 0 to 1.
    var progress: Double { get }
    /// How many events it has told, by topic.
    var counts: [Topic: Int] { get }
    /// How much it has to tell beside other sources, for the progress of all; in any unit.
    var weight: Double { get }

    /// What was wrong with what has been read so far, a sentence each.
    var troubles: [String] { get }

    /// Lets its events up to and including `bound` into `kernel`, `countMax` or a few more; says how many.
    func tell(until bound: FeedKey, countMax: Int, to kernel: Kernel) throws(DataError) -> Int
}

extension MarketSource {
    /// What is in memory was judged as it was read.
    package var troubles: [String] { [] }
}
