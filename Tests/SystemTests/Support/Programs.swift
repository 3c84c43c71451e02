import Foundation

/// Where the real programs and the package's files are.
enum Programs {
    /// The package's root, found from this file.
    static let packageRoot = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .standardizedFileURL

    /// The folder of the built programs: TRADEBOT_BIN, seen from the root, or the debug build.
    static let folder: URL = {
        let path = ProcessInfo.processInfo.environment["TRADEBOT_BIN"] ?? ".build/debug"
        return path.hasPrefix("/") ? URL(fileURLWithPath: path) : packageRoot.appendingPathComponent(path)
    }()

    /// What a program inherits: our environment without what a service manager put there for us.
    static let environment: [String: String] = {
        let notForChildren = [
            "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "JOURNAL_STREAM", "INVOCATION_ID",
            "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES", "TRADEBOT_SOCKET",
        ]
        return ProcessInfo.processInfo.environment.filter { !notForChildren.contains($0.key) }
    }()

    static func path(of program: String) throws -> URL {
        let path = folder.appendingPathComponent(program)
        guard FileManager.default.isExecutableFile(atPath: path.path) else {
            throw Trouble("\(path.path) is missing: build it, or name its folder in TRADEBOT_BIN")
        }
        return path
    }
}

/// Why a test could not go on.
struct Trouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
