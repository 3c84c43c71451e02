import Glibc

/// Reads a file's bytes piece by piece, gunzipped if they are gzip.
///
/// - Shape: gzip is told by its first two bytes, so the name does not matter; members may follow each other.
/// - Errors: a file that is cut off reads fine up to the cut and then is ``isTorn``.
///
/// The descriptor is opened by `init`, closed by `deinit` and touched by this value alone.
final class FileBytes {
    private static let pieceBytes = 1 << 16

    let path: String
    /// A gzip stream that ends in the middle: a killed writer, or one that is still at work.
    private(set) var isTorn = false
    /// Why the bytes after those read so far can't be read.
    private(set) var damage: String?
    /// How many of the file's own bytes have been read.
    private(set) var offset: Int64 = 0
    private let descriptor: Int32
    private var gzip: GzipInput?
    private var input = [UInt8](repeating: 0, count: FileBytes.pieceBytes)
    private var inputRange = 0..<0
    private var isInsideMember = false
    private var hasMember = false
    private var hasEnded = false

    init(path: String) throws(RecordingError) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        self.path = path
        guard descriptor >= 0 else { throw .unreadable(path: path, why: errorText(errno)) }
        try refill()
        if inputRange.count >= 2, input[0] == 0x1F, input[1] == 0x8B { gzip = GzipInput() }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Fills `output` from its start and says with how many bytes; none at the end.
    func next(into output: inout [UInt8]) throws(RecordingError) -> Int {
        guard let gzip else { return try nextPlain(into: &output) }
        while !hasEnded {
            if inputRange.isEmpty {
                try refill()
                guard !inputRange.isEmpty else {
                    hasEnded = true
                    isTorn = isInsideMember
                    break
                }
            }
            let (step, used, made) = unsafe input.withUnsafeBytes { source in
                unsafe output.withUnsafeMutableBytes { target in
                    unsafe gzip.step(UnsafeRawBufferPointer(rebasing: source[inputRange]), target)
                }
            }
            inputRange = inputRange.lowerBound + used..<inputRange.upperBound
            switch step {
            case .went: isInsideMember = true
            case .memberEnded: (isInsideMember, hasMember) = (false, true)
            case .bad(let why):
                hasEnded = true
                // What follows a whole member and is no gzip is padding: `gzip -d` passes over it too.
                if isInsideMember || !hasMember { damage = why }
            }
            if made > 0 { return made }
        }
        return 0
    }

    private func nextPlain(into output: inout [UInt8]) throws(RecordingError) -> Int {
        if inputRange.isEmpty { try refill() }
        let count = min(inputRange.count, output.count)
        guard count > 0 else { return 0 }
        let start = inputRange.lowerBound
        output.replaceSubrange(0..<count, with: input[start..<start + count])
        inputRange = start + count..<inputRange.upperBound
        return count
    }

    private func refill() throws(RecordingError) {
        let count = unsafe input.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw .unreadable(path: path, why: errorText(errno)) }
        inputRange = 0..<count
        offset += Int64(count)
    }
}
