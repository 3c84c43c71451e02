import Contracts

/// One file that the run read.
package struct DataFile: Codable, Hashable, Sendable {
    package let path: String
    package let bytes: Int
    /// Hexadecimal.
    package let sha256: String
    package let rows: Int
    package let first: UnixMilliseconds?
    package let last: UnixMilliseconds?

    package init(
        path: String,
        bytes: Int,
        sha256: String,
        rows: Int,
        first: UnixMilliseconds?,
        last: UnixMilliseconds?
    ) {
        self.path = path
        self.bytes = bytes
        self.sha256 = sha256
        self.rows = rows
        self.first = first
        self.last = last
    }
}

/// A key of the configuration and what it was set to.
package struct Setting: Codable, Hashable, Sendable {
    package let key: String
    package let value: String

    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}

/// How many events of a topic the run had.
package struct EventCount: Codable, Hashable, Sendable {
    package let topic: String
    package let count: Int

    package init(topic: String, count: Int) {
        self.topic = topic
        self.count = count
    }
}

/// A digest and what it is taken of: equal digests, equal runs.
package struct NamedDigest: Codable, Hashable, Sendable {
    package let name: String
    /// Hexadecimal.
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
