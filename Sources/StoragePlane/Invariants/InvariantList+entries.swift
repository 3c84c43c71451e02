/// The entries, as operations.md, section 4, has them.
extension InvariantList {
    static let first = [
        Entry(
            id: "I1",
            statement: "An order request leaves the process only after its approved intent is on disk.",
            journal: "Every `submitting` has its approval, or its command, at a smaller number.",
            runtime: "`DurabilityGate`: what leaves the process waits for the disk."
        ),
        Entry(
            id: "I2",
            statement: "No order enters a position while a gate is closed.",
            journal:
                "No entering `submitting` after a lifecycle other than RUNNING, a pause, a halt, stale data or an unknown outcome was delivered.",
            runtime: "Risk's chain refuses; the execution engine refuses again."
        ),
        Entry(
            id: "I3",
            statement: "After an acknowledged pause nothing is placed, amended or cancelled until a resume.",
            journal:
                "No request between the answers to `pause` and `resume`, over restarts, but with a command's key.",
            runtime: "The execution engine follows `control:state`; a pause survives a restart."
        ),
        Entry(
            id: "I4",
            statement: "One order has one name, fixed on disk before it is sent, and used once.",
            journal:
                "No name is `submitting` twice; each is `tb1-…`, of 36 characters at most, and bears the same journal's id.",
            runtime: "Names are made of the journal's id, the intent's number and the order's index."
        ),
        Entry(
            id: "I5",
            statement:
                "An order with an unknown outcome is never sent again nor called rejected without proof.",
            journal: "After `unknown` no `submitting`; a `rejected` only after the venue has spoken.",
            runtime: "The order machine; operations.md, 4.1."
        ),
        Entry(
            id: "I6",
            statement: "A position is the sum of its signed fills, forced ones included.",
            journal: "Every position update is a sum of the fills before it.",
            runtime: "The position manager knows nothing but fills; reconciliation with a live venue."
        ),
        Entry(
            id: "I7",
            statement: "Every fill is applied once, in any order of arrival.",
            journal: "No execution id stands in two order events.",
            runtime: "Order machine and books remember execution ids."
        ),
        Entry(
            id: "I8",
            statement:
                "Exposure, live and unknown orders at their worst, is within its limits when an order is sent.",
            journal: "In each approval every check's value is within its limit.",
            runtime: "Risk's chain, on every intent."
        ),
        Entry(
            id: "I9",
            statement: "Reduce-only and protective orders never raise the absolute exposure.",
            journal: "No fill of such an order leaves the position larger, or on the other side.",
            runtime: "Protective orders are sized by the position and follow it."
        ),
    ]

    static let second = [
        Entry(
            id: "I10",
            statement: "An open position has its stop at the venue within 5 s, or is being closed.",
            journal:
                "Where the intent named a stop: while trading is allowed, none of its positions is without one for longer.",
            runtime: "The execution engine's protection, at every step of a position."
        ),
        Entry(
            id: "I11",
            statement:
                "The journal's numbers have no gap and no double; each row's hash covers the one before it.",
            journal: "The whole chain is computed anew, over all segments, and compared with every seal.",
            runtime: "The writer refuses a gap; the newest rows are checked at each start."
        ),
        Entry(
            id: "I12",
            statement: "A replay of the journal gives the same events, byte for byte.",
            journal: nil,
            runtime: "`botlab replay --verify` compares every derived event."
        ),
        Entry(
            id: "I13",
            statement: "Decisions depend on journaled inputs alone.",
            journal: nil,
            runtime:
                "`Tests/check-house.sh` searches the planes for clocks, randomness and the environment; I12."
        ),
        Entry(
            id: "I14",
            statement:
                "Equity is start + realised + unrealised - fees - funding + transfers, to the last digit.",
            journal: "Equity less all the others is one figure throughout a run.",
            runtime: "Exact decimals; the books are summed in one place."
        ),
        Entry(
            id: "I15",
            statement: "A limit can be lowered at once, and raised only by an admin, at a journaled number.",
            journal: "After each start the configuration's digest stands before the first approval.",
            runtime:
                "Limits change with the configuration alone, which is read at the start and journaled by its digest."
        ),
        Entry(
            id: "I16",
            statement: "After a kill nothing enters until the operator's reset.",
            journal: "No halt that the operator must end ends without an accepted `risk_reset`.",
            runtime: "Risk keeps such halts in its snapshots."
        ),
        Entry(
            id: "I17",
            statement: "An order moves only along its state machine; an ended one takes only late fills.",
            journal: "Every step follows from the one before it.",
            runtime: "The order machine, which answers an illegal report with no step."
        ),
        Entry(
            id: "I18",
            statement: "What is filled of an order never falls and never exceeds it.",
            journal: "It grows by each fill's quantity and by nothing else.",
            runtime: "The order machine refuses an overfill."
        ),
    ]

    static let third = [
        Entry(
            id: "I19",
            statement: "Prices and quantities obey the instrument version in force.",
            journal: "Every request is held against the newest delivered `market:instrument`.",
            runtime: "Order plans round to tick and step; risk refuses what is too small."
        ),
        Entry(
            id: "I20",
            statement: "No decision stands on data older than its bound, or on a broken book.",
            journal: "No approval lets a position grow while its data was stale or being rebuilt.",
            runtime: "Feed monitor and risk's feed check."
        ),
        Entry(
            id: "I21",
            statement:
                "Orders keep to so many a second, a minute and a day; a runaway trips the kill switch.",
            journal: "Entering orders are counted over every second, minute and day.",
            runtime: "Risk's rate and runaway checks; execution has a further order of a leave wait for room."
        ),
        Entry(
            id: "I22",
            statement: "Only one process holds the account.",
            journal: nil,
            runtime: "`StateLock` on the state folder; a second daemon exits with 75."
        ),
        Entry(
            id: "I23",
            statement: "The journal's times never go back.",
            journal: "Every row's time is that of the row before it, or later.",
            runtime: "The kernel's clock; timers use the monotonic one."
        ),
        Entry(
            id: "I24",
            statement:
                "Every control write has an actor, a decision and a result in the journal before the answer.",
            journal: "Every command has an actor and one answer within a minute; no answer is to nothing.",
            runtime: "`DurabilityGate`: an answer waits for the disk."
        ),
        Entry(
            id: "I25",
            statement: "No secret stands in journal, log, metric, error or report.",
            journal: "No payload holds a name under which secrets travel, nor a secret that is told.",
            runtime: "Secrets never become part of an event; the log's redaction."
        ),
        Entry(
            id: "I26",
            statement: "The loss of bridge, Telegram, web, metrics or log changes no decision.",
            journal: nil,
            runtime:
                "None of them is heard by a plane that decides: a live run, which has them, and a backtest, which has "
                + "none, come to one digest (`SameDecisionsTests`)."
        ),
    ]
}
