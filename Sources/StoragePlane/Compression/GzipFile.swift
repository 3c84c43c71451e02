import CZlib
import Glibc

/// Whole files into gzip and out of it, by zlib's own file calls.
enum GzipFile {
    /// Odd: zlib notices a cut in a stream's last bytes only where the last piece is not full, and the files that are
    /// compressed here are whole pages, shorter than the first multiple of this that is.
    private static let pieceBytes = (1 << 17) - 1

    /// Compresses `source` into a new file at `target`, after `head`; `isWanted` is asked between pieces.
    ///
    /// False where it was not wanted to the end; then there is no file.
    static func compress(
        _ source: String,
        to target: String,
        head: [UInt8],
        level: Int,
        isWanted: () -> Bool
    ) throws(JournalError) -> Bool {
        let input = unsafe open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw .cannotOpen(path: source, why: FileSystem.errorText(errno)) }
        defer { close(input) }
        let output = unsafe open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard output >= 0 else { throw .cannotOpen(path: target, why: FileSystem.errorText(errno)) }
        do throws(JournalError) {
            guard unsafe write(output, head, head.count) == head.count else {
                let why = FileSystem.errorText(errno)
                close(output)
                throw .housekeeping(path: target, why: why)
            }
            let isWhole = try deflate(input, into: output, path: target, level: level, isWanted: isWanted)
            if !isWhole { try FileSystem.remove(target) }
            return isWhole
        } catch {
            try? FileSystem.remove(target)
            throw error
        }
    }

    /// Reads a compressed file to its end; throws where its own checksum says that it is not whole.
    static func check(_ path: String) throws(JournalError) {
        let sink = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard sink >= 0 else { throw .cannotOpen(path: "/dev/null", why: FileSystem.errorText(errno)) }
        defer { close(sink) }
        try decompress(path, into: sink)
    }

    /// Writes what `source` holds into the file that `output` is open on.
    static func decompress(_ source: String, into output: Int32) throws(JournalError) {
        guard let stream = unsafe gzopen(source, "rb") else {
            throw .cannotOpen(path: source, why: FileSystem.errorText(errno))
        }
        defer { unsafe gzclose_r(stream) }
        var piece = [UInt8](repeating: 0, count: pieceBytes)
        while true {
            let count = unsafe piece.withUnsafeMutableBytes { bytes in
                unsafe gzread(stream, bytes.baseAddress, UInt32(bytes.count))
            }
            guard count >= 0 else { throw .damaged(path: source, why: unsafe complaint(stream)) }
            if count == 0 { break }
            guard unsafe write(output, piece, Int(count)) == Int(count) else {
                throw .cannotRead(path: source, why: "no room to unpack it: \(FileSystem.errorText(errno))")
            }
        }
        // A file that is cut off reads fine up to the cut.
        var code: CInt = 0
        unsafe gzerror(stream, &code)
        guard code == Z_OK || code == Z_STREAM_END else {
            throw .damaged(path: source, why: unsafe complaint(stream))
        }
    }

    /// Takes over `output` and closes it.
    private static func deflate(
        _ input: Int32,
        into output: Int32,
        path: String,
        level: Int,
        isWanted: () -> Bool
    ) throws(JournalError) -> Bool {
        guard let stream = unsafe gzdopen(output, "wb\(level)") else {
            close(output)
            throw .housekeeping(path: path, why: "out of memory for a zlib stream")
        }
        var piece = [UInt8](repeating: 0, count: pieceBytes)
        var isWhole = true
        while true {
            guard isWanted() else {
                isWhole = false
                break
            }
            let count = unsafe piece.withUnsafeMutableBytes { unsafe read(input, $0.baseAddress, $0.count) }
            if count == 0 { break }
            guard count > 0, unsafe gzwrite(stream, piece, UInt32(count)) == Int32(count) else {
                let why = count < 0 ? FileSystem.errorText(errno) : unsafe complaint(stream)
                unsafe gzclose_w(stream)
                throw .housekeeping(path: path, why: why)
            }
        }
        guard unsafe gzclose_w(stream) == Z_OK else {
            throw .housekeeping(path: path, why: FileSystem.errorText(errno))
        }
        return isWhole
    }

    private static func complaint(_ stream: gzFile) -> String {
        var code: CInt = 0
        guard let text = unsafe gzerror(stream, &code) else { return "zlib says \(code)" }
        return code == Z_ERRNO ? FileSystem.errorText(errno) : unsafe String(cString: text)
    }
}
