/// Walking through objects and arrays.
extension ByteScanner {
    @inline(__always)
    mutating func skipSpace() {
        while true {
            switch self[at] {
            case 0x20, 0x09, 0x0A, 0x0D: at &+= 1
            default: return
            }
        }
    }

    /// Steps over `byte`, after any space; false, and in place, where something else stands.
    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard self[at] == byte else { return false }
        at &+= 1
        return true
    }

    /// Steps into an object; its members come from ``nextKey(_:)``.
    @inline(__always)
    mutating func enterObject(_ field: StaticString) throws(WireError) {
        guard take(0x7B) else { throw malformed("\(field)") }
    }

    /// Steps into an array; its elements come after ``nextElement(_:)`` says that there is one.
    @inline(__always)
    mutating func enterArray(_ field: StaticString) throws(WireError) {
        guard take(0x5B) else { throw malformed("\(field)") }
    }

    /// The next member's name, the value standing next; nil once the object is left.
    @inline(__always)
    mutating func nextKey(_ isFirst: inout Bool) throws(WireError) -> Slice? {
        if take(0x7D) { return nil }
        if !isFirst {
            guard take(0x2C) else { throw malformed("comma") }
        }
        isFirst = false
        skipSpace()
        let key = try string()
        guard take(0x3A) else { throw malformed("colon") }
        return key
    }

    /// Whether another element stands next; false once the array is left.
    @inline(__always)
    mutating func nextElement(_ isFirst: inout Bool) throws(WireError) -> Bool {
        if take(0x5D) { return false }
        if !isFirst {
            guard take(0x2C) else { throw malformed("comma") }
        }
        isFirst = false
        return true
    }

    /// Reads a string and gives what stands between its quotes, escapes still in it.
    mutating func string() throws(WireError) -> Slice {
        guard self[at] == 0x22 else { throw malformed("string") }
        let start = at &+ 1
        var index = start
        while true {
            let byte = self[index]
            if byte == 0x22 {
                at = index &+ 1
                return Slice(start: start, end: index)
            }
            // Covers the end of the message too: zeros stand there.
            guard byte >= 0x20 else { throw malformed("string", at: start) }
            index &+= byte == 0x5C ? 2 : 1
        }
    }

    /// Reads a value of any kind and forgets it.
    mutating func skipValue(depth: Int = 0) throws(WireError) {
        guard depth < Self.depthMax else { throw .tooDeep(limit: Self.depthMax) }
        skipSpace()
        switch self[at] {
        case 0x22:
            _ = try string()
        case 0x7B:
            try enterObject("object")
            var isFirst = true
            while try nextKey(&isFirst) != nil { try skipValue(depth: depth + 1) }
        case 0x5B:
            try enterArray("array")
            var isFirst = true
            while try nextElement(&isFirst) { try skipValue(depth: depth + 1) }
        default:
            _ = try word()
        }
    }

    /// Reads a number, `true`, `false` or `null`.
    mutating func word() throws(WireError) -> Slice {
        let start = at
        while true {
            switch self[at] {
            case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x61...0x7A, 0x45: at &+= 1
            default:
                let slice = Slice(start: start, end: at)
                guard isWord(slice) else { throw malformed("value", at: start) }
                return slice
            }
        }
    }

    private func isWord(_ slice: Slice) -> Bool {
        switch self[slice.start] {
        case 0x30...0x39, 0x2D: slice.count > 0
        case 0x74: matches(slice, "true")
        case 0x66: matches(slice, "false")
        case 0x6E: matches(slice, "null")
        default: false
        }
    }
}
