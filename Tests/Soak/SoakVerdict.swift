import Contracts

/// What a soak came to: the figures as one JSON line, and everything that must not be.
struct SoakVerdict {
    let line: String
    let troubles: [String]

    init(
        outcome: SoakRun.Outcome,
        sent: SentCount,
        journal: JournalCount,
        journalBytes: Int,
        instruments: [Instrument],
        warmUp: UnixMilliseconds,
        growthMax: Double
    ) {
        var troubles: [String] = []
        var (sentCount, journaledCount, duplicateCount) = (UInt64(0), 0, 0)
        for instrument in instruments {
            let wanted = sent.trades[instrument.description] ?? 0
            let (count, duplicates) = journal.trades(of: instrument)
            sentCount += wanted
            journaledCount += count
            duplicateCount += duplicates
            if wanted == 0 { troubles.append("\(instrument): the simulator sent no trade") }
            let received = outcome.figures.trades[instrument] ?? 0
            if received != wanted {
                troubles.append("\(instrument): \(wanted) trades sent, \(received) received")
            }
            if UInt64(count) != wanted {
                troubles.append("\(instrument): \(wanted) trades sent, \(count) in the journal")
            }
            if duplicates > 0 {
                troubles.append("\(instrument): \(duplicates) trades are in the journal twice")
            }
        }
        let figures = outcome.figures
        if journal.missingNumberCount > 0 {
            troubles.append("the journal has gaps: \(journal.missingNumberCount) numbers are missing")
        }
        if figures.refusedCount > 0 { troubles.append("the kernel refused \(figures.refusedCount) events") }
        if figures.gapCount > 0 || figures.malformedCount > 0
            || figures.disconnectCount > figures.connectCount
        {
            troubles.append("\(figures.gapCount) gaps, \(figures.malformedCount) malformed frames")
        }
        let growth = outcome.memory.growth(after: warmUp)
        if let growth, growth.share > growthMax {
            let percent = (growth.share * 10_000).rounded() / 100
            troubles.append(
                "memory grew by \(percent) % after the warm-up: \(growth.from) to \(growth.to) kB"
            )
        }
        if growth == nil { troubles.append("too few looks at the memory: the run was too short") }
        self.troubles = troubles
        let fields: [(String, String)] = [
            ("market_hours", Self.text(Double(outcome.exchangeMilliseconds) / 3_600_000)),
            ("symbols", "\(instruments.count)"), ("seconds", Self.text(outcome.seconds)),
            ("times_real", Self.text(Double(outcome.exchangeMilliseconds) / 1_000 / outcome.seconds)),
            ("messages_sent", "\(sent.messageCount)"), ("events_received", "\(figures.eventCount)"),
            ("events_per_second", Self.text(Double(figures.eventCount) / outcome.seconds)),
            ("trades_sent", "\(sentCount)"), ("trades_journaled", "\(journaledCount)"),
            ("trades_backfilled", "\(journal.backfilledCount)"), ("trades_doubled", "\(duplicateCount)"),
            ("journal_rows", "\(journal.rowCount)"), ("journal_bytes", "\(journalBytes)"),
            ("rss_kb_after_warm_up", "\(growth?.from ?? 0)"), ("rss_kb_at_end", "\(growth?.to ?? 0)"),
            ("rss_growth_percent", Self.text((growth?.share ?? 0) * 100)),
            ("connects", "\(figures.connectCount)"), ("gaps", "\(figures.gapCount)"),
            ("refused", "\(figures.refusedCount)"), ("troubles", "\(troubles.count)"),
        ]
        let errors = figures.errors.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
        line =
            "{\"soak\": {" + fields.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ")
            + ", \"errors\": {\(errors.joined(separator: ", "))}}}"
    }

    private static func text(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
