/// Every bound of the control protocol, by name; both ends keep to them.
package enum ControlLimits {
    /// A line from client to daemon.
    package static let lineInBytesMax = 64 * 1024
    /// A line from daemon to client.
    package static let lineOutBytesMax = 1024 * 1024
    package static let depthMax = 32
    package static let connectionsMax = 64
    package static let connectionsPerUserMax = 8
    package static let firstFrameSeconds = 2
    /// A connection without a subscription is closed after this silence.
    package static let idleSeconds = 60
    package static let answerSeconds = 5
    package static let heartbeatSeconds = 5
    package static let readsPerSecondMax = 50
    package static let writesPerSecondMax = 10
    /// Events waiting for one subscriber; beyond it the oldest make room for a gap frame.
    package static let subscriberEventsMax = 4096
    package static let requestIDBytesMax = 64
    package static let keyBytesMax = 64
    package static let reasonBytesMax = 512
    package static let topicPatternsMax = 32
    package static let topicPatternBytesMax = 64
    package static let logLinesMax = 1000
    package static let logLinesDefault = 50
    package static let chainNameBytesMax = 64
    /// Steps of one chain in an answer; with the bound on a step's text they fit into a line.
    package static let chainStepsMax = 200
    /// Chains that are looked up in the journal at the same time, by all clients together.
    package static let explanationsMax = 2
}
