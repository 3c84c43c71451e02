import Glibc

/// A group of this machine, by number.
package struct GroupID: Sendable, Hashable {
    /// Longest entry of the group data base that is read.
    static let entryBytesMax = 1 << 20

    package let number: UInt32

    /// The group with this number.
    package init(number: UInt32) {
        self.number = number
    }

    /// The group of this name; nil if there is none, or if the data base can't be read.
    package static func named(_ name: String) -> GroupID? {
        var size = 4_096
        while size <= entryBytesMax {
            var entry = unsafe group()
            var found: UnsafeMutablePointer<group>?
            var text = [CChar](repeating: 0, count: size)
            let failure = unsafe getgrnam_r(name, &entry, &text, size, &found)
            if failure == 0 { return unsafe found == nil ? nil : GroupID(number: entry.gr_gid) }
            guard failure == ERANGE else { return nil }
            size *= 4
        }
        return nil
    }
}
