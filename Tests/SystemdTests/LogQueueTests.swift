import Dispatch
import Logging
import Synchronization
import Testing

@testable import Systemd

/// A sink that remembers, and that can be held up.
private final class MemorySink: LogSink {
    private let lines = Mutex<[LogLine]>([])
    private let gate = DispatchSemaphore(value: 0)
    private let isHeld: Bool

    init(isHeld: Bool = false) { self.isHeld = isHeld }

    var written: [LogLine] { lines.withLock { $0 } }

    func write(_ line: LogLine) {
        if isHeld {
            gate.wait()
            gate.signal()
        }
        lines.withLock { $0.append(line) }
    }

    func release() { gate.signal() }
}

@Suite struct `Log backlog` {
    @Test func `keeps the order across levels`() {
        var backlog = LogBacklog()
        let levels: [Logger.Level] = [.info, .critical, .debug, .info]
        for (number, level) in levels.enumerated() { _ = backlog.push(.fixture("\(number)", level: level)) }
        let (first, rest) = (backlog.take(3), backlog.take(9))
        #expect(first.map(\.message) == ["0", "1", "2"])
        #expect(rest.map(\.message) == ["3"])
        #expect(backlog.count == 0)
    }

    @Test func `drops the least important when full`() {
        // Given
        var backlog = LogBacklog()
        for number in 0..<LogBacklog.lineCountMax {
            _ = backlog.push(.fixture("\(number)", level: number == 5 ? .debug : .info))
        }
        // When
        let isRoomLeft = [
            backlog.push(.fixture("grave", level: .critical)),
            backlog.push(.fixture("small", level: .debug)),
            backlog.push(.fixture("same", level: .info)),
        ]
        // Then
        #expect(isRoomLeft == [false, false, false])
        let messages = backlog.take(.max).map(\.message)
        #expect(messages.count == LogBacklog.lineCountMax)
        #expect(messages.last == "grave")
        #expect(!messages.contains("5") && !messages.contains("small") && !messages.contains("same"))
    }
}

@Suite struct `Log fold` {
    @Test func `lets five of a kind through a second and counts the rest`() {
        var fold = LogFold()
        let admitted = (1...12).filter {
            fold.admit(.fixture("again", fields: ["seq": "\($0)", "message_id": "x"]))
        }
        #expect(admitted == [1, 2, 3, 4, 5])
        let said = fold.endSecond()
        #expect(said.map(\.message) == ["again"])
        #expect(said.first?.value(of: "repeated") == "7")
        #expect(said.first?.value(of: "seq") == "12")
        #expect(said.first?.value(of: "message_id") == nil)
        let (saidAgain, isAdmitted) = (fold.endSecond(), fold.admit(.fixture("again")))
        #expect(saidAgain.isEmpty)
        #expect(isAdmitted)
    }

    @Test func `keeps apart what belongs to different orders`() {
        var fold = LogFold()
        let admitted = (1...50).filter { fold.admit(.fixture("filled", fields: ["order_id": "\($0)"])) }
        let said = fold.endSecond()
        #expect(admitted.count == 50)
        #expect(said.isEmpty)
    }

    @Test func `watches a bounded number of kinds`() {
        var fold = LogFold()
        for kind in 0..<LogFold.lineKindsMax { _ = fold.admit(.fixture("\(kind)")) }
        let admitted = (1...20).filter { _ in fold.admit(.fixture("one too many")) }
        #expect(admitted.count == 20)
    }
}

@Suite struct `Log output` {
    @Test func `writes what a logger says, in order, with its fields`() {
        // Given
        let sink = MemorySink()
        let output = LogOutput(sink: sink, isJournal: false, level: .info)
        var logger = Logger(label: "test") { output.handler(label: $0) }
        logger[metadataKey: "plane"] = "control"
        // When
        logger.notice("one", metadata: ["seq": "1"])
        logger.debug("not at this level")
        logger.info("two", metadata: MessageID.ready.metadata)
        // Then
        #expect(output.flush(withinMilliseconds: 60_000))
        #expect(sink.written.map(\.message) == ["one", "two"])
        #expect(sink.written.first?.value(of: "plane") == "control")
        #expect(sink.written.first?.value(of: "seq") == "1")
        #expect(sink.written.last?.value(of: "message_id") == MessageID.ready.rawValue)
    }

    @Test func `changes its level while it runs`() {
        let sink = MemorySink()
        let output = LogOutput(sink: sink, isJournal: false, level: .warning)
        let logger = Logger(label: "test") { output.handler(label: $0) }
        logger.info("unheard")
        output.controls.level = .trace
        logger.trace("heard")
        output.controls.level = .critical
        logger.error("unheard again")
        #expect(output.flush(withinMilliseconds: 60_000))
        #expect(sink.written.map(\.message) == ["heard"])
    }

    @Test func `writes only critical lines when off, and remembers all`() {
        let sink = MemorySink()
        let output = LogOutput(sink: sink, isJournal: false, level: .info)
        let logger = Logger(label: "test") { output.handler(label: $0) }
        output.controls.isOn = false
        logger.info("quiet")
        logger.critical("money at risk")
        output.controls.isOn = true
        logger.info("loud")
        #expect(output.flush(withinMilliseconds: 60_000))
        #expect(sink.written.map(\.message) == ["money at risk", "loud"])
        #expect(output.controls.tail(10).map(\.message) == ["quiet", "money at risk", "loud"])
        #expect(output.controls.count(of: .info) == 2)
        #expect(output.controls.count(of: .critical) == 1)
    }

    @Test func `remembers the last thousand lines`() {
        let output = LogOutput(sink: MemorySink(), isJournal: false, level: .info)
        for number in 0..<(LogSwitch.historyLineCountMax + 7) { output.submit(.fixture("\(number)")) }
        #expect(output.controls.tail(2).map(\.message) == ["1005", "1006"])
        #expect(output.controls.tail(5_000).count == LogSwitch.historyLineCountMax)
        #expect(output.controls.tail(5_000).first?.message == "7")
        #expect(output.controls.tail(-1).isEmpty)
        #expect(output.flush(withinMilliseconds: 60_000))
    }

    @Test func `says how much was folded`() {
        let sink = MemorySink()
        let output = LogOutput(sink: sink, isJournal: false, level: .info)
        for _ in 0..<20 { output.submit(.fixture("again")) }
        #expect(output.flush(withinMilliseconds: 60_000))
        // Should the second end within the loop, more lines pass and two summaries add up.
        let repeated = sink.written.compactMap { $0.value(of: "repeated").flatMap { Int($0) } }.reduce(0, +)
        let plain = sink.written.filter { $0.value(of: "repeated") == nil }.count
        #expect(plain + repeated == 20)
        #expect(output.controls.foldedCount == repeated)
        #expect(repeated > 0)
    }

    @Test func `never waits for a stuck sink, drops and counts instead`() {
        // Given
        let sink = MemorySink(isHeld: true)
        let output = LogOutput(sink: sink, isJournal: false, level: .info)
        let lineCount = LogBacklog.lineCountMax + LogQueue.batchLineCountMax + 1_000
        // When
        for number in 0..<lineCount { output.submit(.fixture("\(number)")) }
        let droppedCount = output.controls.droppedCount
        let isFlushed = output.flush(withinMilliseconds: 10)
        sink.release()
        // Then
        #expect(!isFlushed)
        #expect(droppedCount >= 1_000)
        #expect(output.flush(withinMilliseconds: 60_000))
        #expect(sink.written.count { $0.value(of: "dropped") == nil } == lineCount - droppedCount)
        let said = sink.written.compactMap { $0.value(of: "dropped").flatMap { Int($0) } }.reduce(0, +)
        #expect(said == droppedCount)
    }

    @Test func `goes to journald only where standard error is its stream`() {
        #expect(LogOutput.leadsToJournal("8:1234", device: 8, inode: 1_234))
        #expect(!LogOutput.leadsToJournal("8:1234", device: 8, inode: 1_235))
        #expect(!LogOutput.leadsToJournal("8:1234", device: 9, inode: 1_234))
        #expect(!LogOutput.leadsToJournal(nil, device: 0, inode: 0))
        #expect(!LogOutput.leadsToJournal("", device: 0, inode: 0))
    }
}
