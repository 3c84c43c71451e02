import Contracts
import Recording
import Testing

@Suite struct `A recording's error` {
    @Test(arguments: [
        RecordingError.unreadable(path: "/r", why: "gone"), .damaged(path: "/r", line: 3, why: "bad bits"),
        .badLine(path: "/r", line: 3, why: "no JSON"), .badFolder(path: "/r", why: "a file"),
        .writeFailed(path: "/r", why: "no space left", retryMilliseconds: 1000),
        .dropped(frames: 2, bytes: 300, why: "the queue is full"),
    ])
    func `says what, why and what next`(error: RecordingError) {
        #expect(error.description == "\(error.what): \(error.why); \(error.next) [\(error.code)]")
        #expect(error.code.hasPrefix("recording."))
        #expect(!error.what.isEmpty && !error.why.isEmpty && !error.next.isEmpty)
    }
}
