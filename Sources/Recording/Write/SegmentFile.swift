import Glibc

/// One segment that is written: `.part` by name until it is closed.
///
/// The descriptor is opened by `init`, closed by ``close()`` or ``abandon()`` and touched by this value alone.
final class SegmentFile {
    let name: SegmentName
    let path: String
    /// On disk.
    private(set) var byteCount: Int64 = 0
    private let folder: String
    private let gzip: GzipOutput
    private var descriptor: Int32
    /// Up to here the file can be read whatever happens.
    private var syncedBytes: Int64 = 0

    init(_ name: SegmentName, in folder: String, level: Int32) throws(WriteFailure) {
        self.name = name
        self.folder = folder
        path = folder + "/" + name.fileName(.open)
        gzip = GzipOutput(level: level)
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard descriptor >= 0 else { throw WriteFailure(why: errorText(errno)) }
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    func append(_ lines: [UInt8]) throws(WriteFailure) {
        try gzip.put(lines, .none) { piece throws(WriteFailure) in try write(piece) }
    }

    /// After this a killed process loses none of what was appended.
    func flush() throws(WriteFailure) {
        try gzip.put([], .sync) { piece throws(WriteFailure) in try write(piece) }
        syncedBytes = byteCount
    }

    /// Ends the file, makes it last and gives it its name.
    func close() throws(WriteFailure) {
        try gzip.put([], .finish) { piece throws(WriteFailure) in try write(piece) }
        guard fsync(descriptor) == 0 else { throw WriteFailure(why: errorText(errno)) }
        Glibc.close(descriptor)
        descriptor = -1
        guard unsafe rename(path, folder + "/" + name.fileName()) == 0 else {
            throw WriteFailure(why: errorText(errno))
        }
        let directory = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return }
        _ = fsync(directory)
        Glibc.close(directory)
    }

    /// Lets go of a file that can't be written on; what was flushed stays.
    func abandon() {
        if descriptor >= 0 {
            _ = ftruncate(descriptor, off_t(syncedBytes))
            Glibc.close(descriptor)
            descriptor = -1
        }
        _ = unsafe rename(path, folder + "/" + name.fileName(.torn))
    }

    private func write(_ bytes: ArraySlice<UInt8>) throws(WriteFailure) {
        var rest = bytes
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw WriteFailure(why: errorText(errno)) }
            byteCount += Int64(count)
            rest = rest.dropFirst(count)
        }
    }
}

/// The disk would not have it.
struct WriteFailure: Error {
    let why: String
}
