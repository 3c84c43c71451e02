import CZlib

/// Inflates gzip bytes as they come, any number of gzip members one after the other.
///
/// The stream is made by `init`, freed by `deinit` and touched by this value alone, so the unsafe steps hold.
@safe final class GzipInput {
    /// How one step ended.
    enum Step {
        /// All of the input, or all of the room for output, was used.
        case went
        /// A member ended here; more may follow.
        case memberEnded
        case bad(why: String)
    }

    private let stream: UnsafeMutablePointer<z_stream>

    init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        let code = unsafe inflateInit2_(stream, MAX_WBITS + gzipOnly, ZLIB_VERSION, size)
        precondition(code == Z_OK, "out of memory for a zlib stream")
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Inflates from `input` into `output` and says how much of each was used.
    func step(
        _ input: UnsafeRawBufferPointer,
        _ output: UnsafeMutableRawBufferPointer
    ) -> (step: Step, used: Int, made: Int) {
        // zlib never writes to its input, though its type does not say so.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.bindMemory(to: UInt8.self).baseAddress
        )
        unsafe stream.pointee.avail_in = UInt32(input.count)
        unsafe stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
        unsafe stream.pointee.avail_out = UInt32(output.count)
        let code = unsafe inflate(stream, Z_NO_FLUSH)
        let used = unsafe input.count - Int(stream.pointee.avail_in)
        let made = unsafe output.count - Int(stream.pointee.avail_out)
        switch code {
        case Z_OK, Z_BUF_ERROR: return (.went, used, made)
        case Z_STREAM_END:
            unsafe inflateReset(stream)
            return (.memberEnded, used, made)
        default:
            let why = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
            return (.bad(why: why ?? "zlib says \(code)"), used, made)
        }
    }
}

/// What zlib wants added to the window's size for the gzip format and no other.
let gzipOnly: Int32 = 16
