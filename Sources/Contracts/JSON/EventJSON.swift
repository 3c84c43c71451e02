/// An event as one line of JSON: for the journal and for the control socket.
///
/// - Shape: one object without white space, its keys in the order of the payload's fields; an absent value has no
///   key; a newline is always escaped. Foundation's `JSONDecoder` reads it back to an equal event.
/// - Errors: `EncodingError.invalidValue` for a number that JSON cannot carry: infinity or no number at all.
package struct EventJSON {
    /// Appends `event`; on an error `bytes` is as it was.
    package static func encode(_ event: some Event, into bytes: inout [UInt8]) throws {
        try EventJSONEncoder().encode(event, into: &bytes)
    }

    /// Appends the payload of `event`; on an error `bytes` is as it was.
    package static func encode(_ event: AnyEvent, into bytes: inout [UInt8]) throws {
        try EventJSONEncoder().encode(event, into: &bytes)
    }
}

/// Encodes many events into buffers of its caller, keeping its own between them.
package final class EventJSONEncoder {
    private let output = JSONOutput()

    package init() {}

    /// Appends the payload of `event`; on an error `bytes` is as it was.
    package func encode(_ event: AnyEvent, into bytes: inout [UInt8]) throws {
        if let bytesMax = event.straightBytesMax {
            unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytesMax) { buffer in
                guard let start = buffer.baseAddress else { return }
                var sink = unsafe JSONSink(start)
                event.append(to: &sink)
                let count = unsafe sink.count(from: start)
                unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
            }
            return
        }
        try event.encodePayload { payload in try encode(payload, into: &bytes) }
    }

    /// Appends any encodable value; on an error `bytes` is as it was.
    package func encode(_ value: some Encodable, into bytes: inout [UInt8]) throws {
        let start = bytes.count
        // The buffer moves in and out, so that it is never copied.
        swap(&output.bytes, &bytes)
        defer {
            output.reset()
            swap(&output.bytes, &bytes)
        }
        do {
            try output.encode(value)
        } catch {
            output.bytes.removeSubrange(start...)
            throw error
        }
    }
}
