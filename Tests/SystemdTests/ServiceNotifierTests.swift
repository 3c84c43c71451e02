import Synchronization
import Testing

@testable import Systemd

@Suite struct `Service notifier` {
    @Test func `says what sd_notify understands`() {
        // Given
        let sent = Sent()
        let notifier = ServiceNotifier { sent.add($0) }
        // When
        notifier.ready(status: "running")
        notifier.status("two\nlines")
        notifier.stopping(status: "waiting for 1 answer")
        notifier.watchdog()
        notifier.extendTimeout(by: .milliseconds(1_500))
        // Then
        #expect(
            sent.all == [
                "READY=1\nSTATUS=running",
                "STATUS=two lines",
                "STOPPING=1\nSTATUS=waiting for 1 answer",
                "WATCHDOG=1",
                "EXTEND_TIMEOUT_USEC=1500000",
            ]
        )
    }

    @Test func `stamps a reload with the monotonic time`() throws {
        let sent = Sent()
        ServiceNotifier { sent.add($0) }.reloading()
        let lines = try #require(sent.all.first).split(separator: "\n")
        #expect(lines.first == "RELOADING=1")
        let stamp = try #require(lines.last?.split(separator: "=").last.flatMap { Int64($0) })
        #expect(stamp > 0 && stamp <= MonotonicClock.microseconds())
    }

    @Test func `cuts a status that is too long`() throws {
        let sent = Sent()
        ServiceNotifier { sent.add($0) }.status(String(repeating: "x", count: 10_000))
        #expect(
            try #require(sent.all.first).utf8.count == "STATUS=".utf8.count + ServiceNotifier.statusBytesMax
        )
    }

    @Test func `does no harm where no systemd listens`() throws {
        try #require(!ServiceNotifier.isListening, "these tests were started by systemd itself")
        ServiceNotifier().ready(status: "nobody hears this")
        #expect(ServiceNotifier.watchdogInterval == nil)
        #expect(try ListenDescriptors()["control"] == nil)
    }
}

private final class Sent: Sendable {
    private let messages = Mutex<[String]>([])
    var all: [String] { messages.withLock { $0 } }
    func add(_ message: String) { messages.withLock { $0.append(message) } }
}
