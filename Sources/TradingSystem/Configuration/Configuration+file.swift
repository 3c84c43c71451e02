import Glibc

extension Configuration {
    /// The most bytes a configuration file may have.
    package static let fileBytesMax = 1 << 20

    /// Reads the file at `path`; throws everything that is wrong with it at once.
    package init(contentsOf path: String) throws(ConfigurationError) {
        try self.init(text: Self.text(of: path), file: path)
    }

    /// The text of the file at `path`.
    package static func text(of path: String) throws(ConfigurationError) -> String {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes {
                unsafe read(descriptor, $0.baseAddress, $0.count)
            }
            guard count >= 0 else { throw unreadable(path) }
            if count == 0 { break }
            bytes += chunk[..<count]
            guard bytes.count <= fileBytesMax else {
                throw ConfigurationError(problems: [
                    .init(place: path, text: "longer than \(fileBytesMax) bytes", code: "cfg.size")
                ])
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ConfigurationError(problems: [.init(place: path, text: "not UTF-8", code: "cfg.syntax")])
        }
        return text
    }

    private static func unreadable(_ path: String) -> ConfigurationError {
        let why = unsafe String(cString: strerror(errno))
        return ConfigurationError(problems: [
            .init(place: path, text: "can't be read: \(why)", code: "cfg.file")
        ])
    }
}
