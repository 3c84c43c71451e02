internal import Contracts

extension Samples {
    static var stateClock: [AnyEvent] {
        [ClockEvent(meta: meta(.system)).erased]
    }

    static var stateSnapshot: [AnyEvent] {
        [
            StateSnapshot(meta: meta(.system), part: .orchestrator, version: 1, body: #"{"paused":true}"#)
                .erased
        ]
    }

    static var stateSnapshotRequest: [AnyEvent] {
        [SnapshotRequest(meta: meta(.system), why: "stopping").erased]
    }

    static var stateRecovery: [AnyEvent] {
        [
            StateRecovery(meta: meta(.system), step: .requested).erased,
            StateRecovery(
                meta: meta(.storage),
                step: .restored(part: .portfolio, version: 1, body: "{}", asOf: 7)
            ).erased, StateRecovery(meta: meta(.storage), step: .done(parts: 2)).erased,
            StateRecovery(meta: meta(.storage), step: .failed(why: "no disk")).erased,
        ]
    }

    static var stateJournal: [AnyEvent] {
        [
            JournalCondition(meta: meta(.storage), kind: .full, allowsTrading: false, why: "no space left")
                .erased
        ]
    }

    static var errorEvent: [AnyEvent] {
        [
            ErrorEvent(
                meta: meta(.system),
                module: .riskManager,
                severity: .warning,
                code: "a.b",
                what: "c",
                why: "d",
                next: "e"
            ).erased
        ]
    }
}
