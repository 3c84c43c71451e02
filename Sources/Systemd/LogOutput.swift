import Dispatch
import Glibc
import Logging

/// The daemon's one log: journald where that listens, plain lines on standard error elsewhere.
package final class LogOutput: Sendable {
    /// How long a flush may take unless told otherwise.
    package static let flushMillisecondsMax = 2_000

    /// What the operator may turn: level, on and off, and the history.
    package let controls: LogSwitch
    /// Whether lines go to journald.
    package let isJournal: Bool

    private let queue: LogQueue

    /// Looks at where standard error goes and writes there: to journald itself if it is journald's own stream.
    package static func detect(identifier: String = "tradebotd", level: Logger.Level = .info) -> LogOutput {
        var status = stat()
        let isKnown = unsafe fstat(STDERR_FILENO, &status) == 0
        let isJournal =
            isKnown
            && leadsToJournal(
                Environment.value("JOURNAL_STREAM"),
                device: UInt64(status.st_dev),
                inode: UInt64(status.st_ino)
            )
        let sink: any LogSink = isJournal ? JournalSink(identifier: identifier) : StderrSink()
        return LogOutput(sink: sink, isJournal: isJournal, level: level)
    }

    init(sink: any LogSink, isJournal: Bool, level: Logger.Level) {
        self.controls = LogSwitch(level: level)
        self.isJournal = isJournal
        self.queue = LogQueue(sink: sink, controls: controls)
    }

    /// A swift-log handler that writes here, for `LoggingSystem.bootstrap` or one logger.
    package func handler(label: String) -> OperatorLogHandler {
        OperatorLogHandler(label: label, output: self)
    }

    /// Waits until all that was said is written, at most this long; false if it took longer.
    @discardableResult
    package func flush(withinMilliseconds milliseconds: Int = flushMillisecondsMax) -> Bool {
        queue.flush(within: .milliseconds(milliseconds))
    }

    func submit(_ line: LogLine) { queue.submit(line) }

    /// `$JOURNAL_STREAM` names journald's stream as `device:inode`; a redirected standard error has another.
    static func leadsToJournal(_ stream: String?, device: UInt64, inode: UInt64) -> Bool {
        stream == "\(device):\(inode)"
    }
}
