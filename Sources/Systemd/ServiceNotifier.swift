import CSystemd

/// Tells systemd how the service fares; says nothing and does no harm where systemd isn't listening.
///
/// - Shape: one datagram of `KEY=value` lines to `$NOTIFY_SOCKET` for each call; needs `Type=notify`.
/// - Units: microseconds on the wire, `Duration` here.
/// - Errors: none come back; a lost notification shows as a start or watchdog timeout in the journal.
/// - Source: sd_notify(3), sd_watchdog_enabled(3) of systemd 252.
package struct ServiceNotifier: Sendable {
    /// Longest `STATUS=` text passed on; the rest is cut.
    static let statusBytesMax = 512

    private let send: @Sendable (String) -> Void

    /// Speaks to the systemd that started this process.
    package init() {
        self.init { message in _ = unsafe sd_notify(0, message) }
    }

    /// Hands each message to `send` instead.
    init(send: @escaping @Sendable (String) -> Void) {
        self.send = send
    }

    /// Whether a systemd is listening.
    package static var isListening: Bool { Environment.value("NOTIFY_SOCKET") != nil }

    /// How often systemd wants to hear `watchdog()` at the latest; nil where it doesn't watch this process.
    package static var watchdogInterval: Duration? {
        var microseconds: UInt64 = 0
        guard unsafe sd_watchdog_enabled(0, &microseconds) > 0, microseconds > 0 else { return nil }
        return .microseconds(Int64(clamping: microseconds))
    }

    /// The service is up: what waits for it may start.
    package func ready(status: String) { send("READY=1\n" + statusLine(status)) }

    /// One line for `systemctl status`.
    package func status(_ text: String) { send(statusLine(text)) }

    /// The service is on its way out.
    package func stopping(status: String) { send("STOPPING=1\n" + statusLine(status)) }

    /// A reload has begun; `ready(status:)` ends it.
    package func reloading() { send("RELOADING=1\nMONOTONIC_USEC=\(MonotonicClock.microseconds())") }

    /// The service still makes progress.
    package func watchdog() { send("WATCHDOG=1") }

    /// Starting, reloading or stopping needs this much time from now on.
    package func extendTimeout(by time: Duration) {
        let (seconds, attoseconds) = time.components
        send("EXTEND_TIMEOUT_USEC=\(max(0, seconds * 1_000_000 + attoseconds / 1_000_000_000_000))")
    }

    private func statusLine(_ text: String) -> String {
        let line = text.utf8.prefix(Self.statusBytesMax).map { $0 < 0x20 ? UInt8(ascii: " ") : $0 }
        return "STATUS=" + String(decoding: line, as: UTF8.self)
    }
}
