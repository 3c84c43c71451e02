import Contracts
import Recording

/// One file of market data, and what it is by its first line.
package struct DataFile: Hashable, Sendable {
    package let path: String
    package let kind: DataKind
    /// Nil for recordings, whose messages tell it.
    package let instrument: Instrument?
    /// Contracts of 1 USD in one of the file's; 1 for all that is not inverse.
    package let contractSize: Int64

    /// Looks at the first line of `path`; `instrument` goes before what the path says.
    package init(_ path: String, instrument: Instrument? = nil) throws(DataError) {
        self.path = path
        guard !FileSize.isFolder(path) else {
            (kind, self.instrument, contractSize) = (.frames, instrument, 1)
            return
        }
        let line = try LineReader.opening(path).nextLine() ?? []
        guard !line.isEmpty else { throw .empty(path: path) }
        kind = try Self.kind(line, path)
        switch kind {
        case .frames: (self.instrument, contractSize) = (instrument, 1)
        case .candles, .marks, .funding, .quotes, .trades, .binanceFrames:
            guard let known = instrument ?? InstrumentName.instrument(of: path) else {
                throw .unknownInstrument(path: path)
            }
            self.instrument = known
            contractSize = known.category == .inverse ? InstrumentName.contractSize(of: path) : 1
        }
    }

    private static func kind(_ line: [UInt8], _ path: String) throws(DataError) -> DataKind {
        if let kind = TableHeader(line)?.kind { return kind }
        if line.first == UInt8(ascii: "{") { return .frames }
        if let first = line.first, (0x30...0x39).contains(first),
            let brace = line.firstIndex(of: UInt8(ascii: "{")),
            line[..<brace].allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x20 })
        {
            return line[brace...].starts(with: #"{"stream":"#.utf8)
                || line[brace...].starts(with: #"{"lastUpdateId"#.utf8)
                ? .binanceFrames : .frames
        }
        throw .unknownFormat(path: path, firstLine: excerpt(line))
    }

    /// The beginning of a line, for people.
    static func excerpt(_ line: [UInt8]) -> String {
        String(
            decoding: line.prefix(60).map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") },
            as: UTF8.self
        )
    }
}
