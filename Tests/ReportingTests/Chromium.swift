import Foundation

/// A browser without a window, cut off from every network.
struct Chromium {
    /// Where the pages and their pictures stay, for the eye.
    static let folder = URL(fileURLWithPath: ".build/report", isDirectory: true)

    private let binary: String

    /// Nil, and a printed reason, where there is none in PATH.
    init?() {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let candidates = path.split(separator: ":").flatMap { folder in
            ["chromium", "chromium-browser", "google-chrome"].map { "\(folder)/\($0)" }
        }
        guard let binary = candidates.first(where: FileManager.default.isExecutableFile) else {
            print("skipped: no chromium in PATH; install the Debian package chromium")
            return nil
        }
        self.binary = binary
    }

    /// The document as the browser has it when it is loaded.
    func document(_ page: URL, dark: Bool) throws -> String {
        let bytes = try run(["--dump-dom", "--virtual-time-budget=5000", Self.scheme(dark)], page)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Takes a picture of the page's first `height` pixels.
    func picture(_ page: URL, width: Int, height: Int, dark: Bool = false, to name: String) throws -> URL {
        let file = Self.folder.appendingPathComponent(name)
        try? FileManager.default.removeItem(at: file)
        _ = try run(
            [
                "--window-size=\(width),\(height)", "--screenshot=\(file.path)",
                Self.scheme(dark),
            ],
            page
        )
        return file
    }

    /// 0 is dark and 1 is light.
    private static func scheme(_ dark: Bool) -> String {
        "--blink-settings=preferredColorScheme=\(dark ? 0 : 1)"
    }

    private func run(_ arguments: [String], _ page: URL) throws -> Data {
        let profile = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: profile) }
        let process = Process()
        // A browser that hangs is ended; `timeout` is of coreutils.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments =
            [
                "120", binary, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--disable-dev-shm-usage",
                "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--user-data-dir=\(profile.path)", "--allow-file-access-from-files",
                "--host-resolver-rules=MAP * ~NOTFOUND",
            ] + arguments + [page.absoluteString]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return bytes
    }
}
