import Dispatch
import Logging
import Synchronization

/// Takes lines at once and has them written elsewhere, one after the other, so that a slow log stops nobody.
///
/// - Shape: many threads submit; one writer at a time hands lines to the sink in the order they came.
/// - Units: at most ``LogBacklog/lineCountMax`` lines wait and ``batchLineCountMax`` more are in the writer's hand.
/// - Errors: none come back; what is dropped or folded is counted in the switch and said in the log itself.
final class LogQueue: Sendable {
    /// How many lines the writer takes at a time.
    static let batchLineCountMax = 512
    private static let foldSeconds = 1.0

    private struct State {
        var backlog = LogBacklog()
        var fold = LogFold()
        var isDraining = false
        var isSecondOpen = false
        var droppedSinceSaid = 0
    }

    private let state = Mutex(State())
    private let worker = DispatchQueue(label: "tradebot.log", qos: .utility)
    private let sink: any LogSink
    private let controls: LogSwitch

    init(sink: any LogSink, controls: LogSwitch) {
        self.sink = sink
        self.controls = controls
    }

    /// Lets the line be written soon; never waits for the sink.
    func submit(_ line: LogLine) {
        guard controls.admit(line) else { return }
        let (startsDraining, opensSecond) = state.withLock { state in
            let isAdmitted = state.fold.admit(line)
            let opensSecond = !state.isSecondOpen
            state.isSecondOpen = true
            guard isAdmitted else {
                controls.countFolded()
                return (false, opensSecond)
            }
            return (enqueue(line, in: &state), opensSecond)
        }
        if opensSecond { worker.asyncAfter(deadline: .now() + Self.foldSeconds) { self.endSecond() } }
        if startsDraining { worker.async { self.drain() } }
    }

    /// Waits until all that was submitted is written, at most this long; false if it took longer.
    func flush(within time: DispatchTimeInterval) -> Bool {
        let done = DispatchSemaphore(value: 0)
        worker.async {
            self.endSecond()
            self.drain()
            done.signal()
        }
        return done.wait(timeout: .now() + time) == .success
    }

    /// Whether the caller has to start the writer.
    private func enqueue(_ line: LogLine, in state: inout State) -> Bool {
        if !state.backlog.push(line) {
            controls.countDropped()
            state.droppedSinceSaid += 1
        }
        defer { state.isDraining = true }
        return !state.isDraining
    }

    private func endSecond() {
        let startsDraining = state.withLock { state in
            state.isSecondOpen = false
            return state.fold.endSecond().reduce(false) { starts, line in enqueue(line, in: &state) || starts
            }
        }
        if startsDraining { worker.async { self.drain() } }
    }

    private func drain() {
        while true {
            let (lines, droppedCount) = state.withLock { state in
                let lines = state.backlog.take(Self.batchLineCountMax)
                if lines.isEmpty { state.isDraining = false }
                defer { state.droppedSinceSaid = 0 }
                return (lines, state.droppedSinceSaid)
            }
            for line in lines { sink.write(line) }
            if droppedCount > 0 { sink.write(Self.lineOfLoss(droppedCount)) }
            guard !lines.isEmpty else { return }
        }
    }

    private static func lineOfLoss(_ count: Int) -> LogLine {
        LogLine(
            unixMilliseconds: WallClock.unixMilliseconds(),
            level: .warning,
            message: "the log didn't keep up: \(count) lines were dropped, the least important first",
            fields: ["plane": "observability", "dropped": String(count)]
        )
    }
}
