import Contracts

/// How a journal's segments hang together, from what each says of itself.
struct SegmentLinks {
    /// What is wrong between two segments, or at the beginning.
    struct Fault: Hashable {
        /// The first number that is in doubt.
        let sequence: UInt64
        let error: JournalError
    }

    /// The id and the last link of the segment before, as far as it is known.
    private var journal: String?
    private var before: JournalHead?
    private let retirements: [Retirement]
    private(set) var faults: [Fault] = []

    /// `retirements`: the records that any of the segments holds.
    init(retirements: [Retirement]) { self.retirements = retirements }

    /// Looks at the next segment: `facts` as it says itself, `name` as its file is called.
    mutating func take(_ facts: SegmentFacts, name: SegmentName?, path: String, isLast: Bool) {
        func fault(_ why: String) {
            faults.append(Fault(sequence: facts.first, error: .damaged(path: path, why: why)))
        }
        if let name, name.first != facts.first {
            fault("its name says that it begins with \(name.first), its meta table says \(facts.first)")
        }
        if let journal, facts.journal != journal {
            fault("it belongs to the journal \(facts.journal), the segment before it to \(journal)")
        }
        if let before {
            if before.sequence + 1 < facts.first {
                let error = JournalError.missing(path: path, from: before.sequence + 1, to: facts.first - 1)
                faults.append(Fault(sequence: before.sequence + 1, error: error))
            } else if before.sequence + 1 != facts.first || before.hash != facts.previous {
                fault("it does not follow the segment before it, which ends at \(before)")
            }
        } else if journal == nil {
            takeFirst(facts, path)
        }
        if !isLast, facts.state != .sealed || facts.seal == nil {
            fault("a later segment goes on, and this one was never completed")
        }
        journal = facts.journal
        before = facts.seal.map { JournalHead(sequence: $0.last, hash: $0.hash) }
    }

    private mutating func takeFirst(_ facts: SegmentFacts, _ path: String) {
        if facts.first == 1 {
            guard facts.previous != ChainHash.genesis(of: facts.journal) else { return }
            let why = "its first row does not begin the chain of the journal \(facts.journal)"
            return faults.append(Fault(sequence: 1, error: .damaged(path: path, why: why)))
        }
        let isRecorded = retirements.contains { $0.last + 1 == facts.first && $0.hash == facts.previous }
        guard !isRecorded else { return }
        let error = JournalError.missing(path: path, from: 1, to: facts.first - 1)
        faults.append(Fault(sequence: 1, error: error))
    }
}
