import Contracts

/// One event and whether it came from outside.
package struct JournalEntry: Sendable {
    package let event: AnyEvent
    package let isRoot: Bool

    package init(event: AnyEvent, isRoot: Bool) {
        self.event = event
        self.isRoot = isRoot
    }
}
