import Glibc

/// Reads the rows of a two-dimensional array of 64-bit whole numbers as NumPy's `save` writes it, in constant memory.
///
/// - Shape: `.npy` version 1 or 2, `<i8`, rows one after the other.
/// - Errors: ``DataError/unreadable(path:why:)``, ``DataError/unknownFormat(path:firstLine:)`` for another array.
package final class NumpyRows {
    private static let bufferRows = 4_096

    package let path: String
    package let rowCount: Int
    package let columnCount: Int
    /// The row that ``next()`` has come to.
    package private(set) var index = -1
    private let descriptor: Int32
    private var buffer: ContiguousArray<Int64>
    private var place: Int
    private var filled = 0

    package init(_ path: String) throws(DataError) {
        self.path = path
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .unreadable(path: path, why: unsafe String(cString: strerror(errno)))
        }
        guard let shape = Self.shape(descriptor) else {
            close(descriptor)
            throw .unknownFormat(path: path, firstLine: "no array of <i8 with two dimensions")
        }
        self.descriptor = descriptor
        (rowCount, columnCount) = shape
        buffer = ContiguousArray(repeating: 0, count: Self.bufferRows * shape.columns)
        place = -shape.columns
    }

    deinit { close(descriptor) }

    /// Goes on to the next row; false at the end, or where the file is cut off.
    @inline(__always)
    package func next() throws(DataError) -> Bool {
        place &+= columnCount
        index &+= 1
        if place < filled { return true }
        return try refill()
    }

    /// A figure of the row.
    @inline(__always)
    package subscript(column: Int) -> Int64 { buffer[place &+ column] }

    private func refill() throws(DataError) -> Bool {
        var bytes = 0
        while bytes < buffer.count * 8 {
            let count = unsafe buffer.withUnsafeMutableBytes { memory in
                unsafe read(descriptor, memory.baseAddress.map { unsafe $0 + bytes }, memory.count - bytes)
            }
            guard count >= 0 else {
                throw .unreadable(path: path, why: unsafe String(cString: strerror(errno)))
            }
            if count == 0 { break }
            bytes += count
        }
        place = 0
        filled = bytes / 8 / columnCount * columnCount
        return filled > 0
    }

    /// The header's rows and columns; the descriptor then stands at the first row.
    private static func shape(_ descriptor: Int32) -> (rows: Int, columns: Int)? {
        guard let head = bytes(12, of: descriptor), head.starts(with: [0x93] + Array("NUMPY".utf8)) else {
            return nil
        }
        // Version 1 has two bytes of length, version 2 four.
        let isShort = head[6] == 1
        let length =
            isShort
            ? Int(head[8]) | Int(head[9]) << 8
            : Int(head[8]) | Int(head[9]) << 8 | Int(head[10]) << 16 | Int(head[11]) << 24
        guard length > 2, length < 65_536, let rest = bytes(isShort ? length - 2 : length, of: descriptor)
        else {
            return nil
        }
        let text = String(decoding: (isShort ? Array(head[10...]) : []) + rest, as: UTF8.self)
        guard text.contains("'<i8'"), text.contains("'fortran_order': False"),
            let open = text.firstIndex(of: "("), let close = text[open...].firstIndex(of: ")")
        else { return nil }
        let sizes = text[text.index(after: open)..<close].split(separator: ",").compactMap {
            Int($0.filter { $0 != " " })
        }
        return sizes.count == 2 && sizes[1] > 0 ? (sizes[0], sizes[1]) : nil
    }

    private static func bytes(_ count: Int, of descriptor: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, count) }
        return got == count ? bytes : nil
    }
}
