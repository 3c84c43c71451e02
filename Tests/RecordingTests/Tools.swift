import Contracts
import FoundationEssentials
import Synchronization

@testable import Recording

/// A folder of a test's own; gone when the test lets go of it.
final class Scratch {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/tradebot-recording-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
    }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        let path = folder + "/" + name
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    func bytes(of name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: folder + "/" + name)))
    }
}

/// What a writer's `onTrouble` has said so far.
final class Troubles: Sendable {
    private let errors = Mutex<[RecordingError]>([])
    var all: [RecordingError] { errors.withLock { $0 } }
    func add(_ error: RecordingError) { errors.withLock { $0.append(error) } }
}

let startNanoseconds: Int64 = 1_700_000_000_000_000_000

/// The `index`-th of a row of frames, one each millisecond.
func frame(_ index: Int, padding: Int = 0) -> RecordedFrame {
    let noise = (0..<padding).map { String((index &* 2_654_435_761 &+ $0 &* 40_503) % 9973) }.joined(
        separator: ","
    )
    let text = #"{"topic":"publicTrade.BTCUSDT","ts":\#(1_700_000_000_000 + index),"data":[\#(noise)]}"#
    return RecordedFrame(
        receivedNanoseconds: startNanoseconds + Int64(index) * 1_000_000,
        category: index.isMultiple(of: 3) ? .spot : .linear,
        connectionID: index.isMultiple(of: 3) ? "bybit-public-spot" : "bybit-public-linear",
        bytes: Array(text.utf8)[...]
    )
}

extension RecordingWriter {
    @discardableResult func take(_ frame: RecordedFrame) -> Bool {
        unsafe take(
            frame.bytes.span.bytes,
            receivedNanoseconds: frame.receivedNanoseconds,
            category: frame.category ?? .linear,
            connectionID: frame.connectionID
        )
    }
}

extension FrameQueue {
    @discardableResult mutating func append(_ frame: RecordedFrame) -> Bool {
        unsafe append(
            frame.bytes.span.bytes,
            receivedNanoseconds: frame.receivedNanoseconds,
            category: frame.category ?? .linear,
            connectionID: frame.connectionID
        )
    }
}

/// Everything at `path`, with the files that were torn.
func items(
    _ path: String,
    from: Int64 = .min,
    to: Int64 = .max
) throws -> (items: [RecordedItem], torn: [String]) {
    var reader = try RecordingReader(path: path, from: from, to: to)
    var items: [RecordedItem] = []
    while let item = try reader.next() { items.append(item) }
    return (items, reader.tornFiles)
}

func frames(_ path: String, from: Int64 = .min, to: Int64 = .max) throws -> [RecordedFrame] {
    try items(path, from: from, to: to).items.compactMap { item in
        if case .frame(let frame) = item { frame } else { nil }
    }
}

func gaps(_ path: String) throws -> [RecordingGap] {
    try items(path).items.compactMap { item in if case .gap(let gap) = item { gap } else { nil } }
}
