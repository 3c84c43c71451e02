import CZlib

/// Deflates bytes into one gzip member.
///
/// The stream is made by `init`, freed by `deinit` and touched by this value alone, so the unsafe steps hold.
@safe final class GzipOutput {
    /// How the bytes so far are to be ended.
    enum Flush {
        case none
        /// All that went in can be read from what came out.
        case sync
        case finish
    }

    private static let pieceBytes = 1 << 16

    private let stream: UnsafeMutablePointer<z_stream>
    private var piece = [UInt8](repeating: 0, count: GzipOutput.pieceBytes)

    init(level: Int32) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        let code = unsafe deflateInit2_(
            stream,
            level,
            Z_DEFLATED,
            MAX_WBITS + gzipOnly,
            MAX_MEM_LEVEL,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            size
        )
        precondition(code == Z_OK, "out of memory for a zlib stream")
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Takes all of `bytes` and hands what comes out to `write`, piece by piece.
    func put<Failure: Error>(
        _ bytes: [UInt8],
        _ flush: Flush,
        _ write: (ArraySlice<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        let mode =
            switch flush {
            case .none: Z_NO_FLUSH
            case .sync: Z_SYNC_FLUSH
            case .finish: Z_FINISH
            }
        var used = 0
        while true {
            let made = step(bytes, &used, mode)
            if made > 0 { try write(piece[..<made]) }
            // With room left over, zlib has nothing more to say.
            if made < piece.count, used == bytes.count { return }
        }
    }

    private func step(_ bytes: [UInt8], _ used: inout Int, _ mode: Int32) -> Int {
        unsafe bytes.withUnsafeBytes { source in
            unsafe piece.withUnsafeMutableBytes { target in
                let rest = unsafe source.bindMemory(to: UInt8.self)[used...]
                // zlib never writes to its input, though its type does not say so.
                unsafe stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: UnsafeBufferPointer(rebasing: rest).baseAddress
                )
                unsafe stream.pointee.avail_in = UInt32(rest.count)
                unsafe stream.pointee.next_out = target.bindMemory(to: UInt8.self).baseAddress
                unsafe stream.pointee.avail_out = UInt32(target.count)
                _ = unsafe deflate(stream, mode)
                used = unsafe source.count - Int(stream.pointee.avail_in)
                return unsafe target.count - Int(stream.pointee.avail_out)
            }
        }
    }
}
