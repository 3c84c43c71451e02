import Foundation
import Glibc

/// One real program that a test started: what it says goes to files, and it never outlives the test.
final class RunningProgram {
    private let process = Process()
    private let input = Pipe()
    private let outputFile: URL
    private let errorFile: URL

    /// Starts one of our own programs.
    convenience init(
        _ program: String,
        _ arguments: [String],
        folder: URL,
        name: String,
        hearsUs: Bool = false,
        environment: [String: String] = [:]
    ) throws {
        let file = try Programs.path(of: program)
        try self.init(
            file,
            arguments,
            folder: folder,
            name: name,
            hearsUs: hearsUs,
            environment: environment
        )
    }

    /// Starts `program`; its output goes to `name.out` and `name.err` in `folder`.
    init(
        _ program: URL,
        _ arguments: [String],
        folder: URL,
        name: String,
        hearsUs: Bool = false,
        environment: [String: String] = [:]
    ) throws {
        outputFile = folder.appendingPathComponent(name + ".out")
        errorFile = folder.appendingPathComponent(name + ".err")
        process.executableURL = program
        process.arguments = arguments
        process.environment = Programs.environment.merging(environment) { _, own in own }
        process.currentDirectoryURL = folder
        if hearsUs { process.standardInput = input } else { process.standardInput = FileHandle.nullDevice }
        process.standardOutput = try Self.emptied(outputFile)
        process.standardError = try Self.emptied(errorFile)
        try process.run()
    }

    deinit { kill() }

    private static func emptied(_ file: URL) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
            throw Trouble("\(file.path) can't be made")
        }
        return try FileHandle(forWritingTo: file)
    }

    var processID: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    var output: String { Self.text(of: outputFile) }
    var errors: String { Self.text(of: errorFile) }
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }

    private static func text(of file: URL) -> String {
        (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Writes one line to the program's standard input.
    func tell(_ line: String) throws {
        guard isRunning else { throw Trouble("the program that should hear \"\(line)\" has ended") }
        try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
    }

    /// Asks for an end in good order.
    func terminate() { send(SIGTERM) }

    func interrupt() { send(SIGINT) }

    /// Ends it at once, as a power cut would.
    func kill() { send(SIGKILL) }

    /// Holds it still, as a suspended machine does, until ``thaw()``.
    func freeze() { send(SIGSTOP) }

    func thaw() { send(SIGCONT) }

    private func send(_ signal: Int32) {
        guard process.isRunning else { return }
        _ = Glibc.kill(process.processIdentifier, signal)
    }

    /// Waits for the end and gives the exit status, or minus the signal that ended it.
    func exitStatus(within limit: Duration = Patience.limit) async throws -> Int32 {
        _ = try await eventually(
            "the end of \(process.executableURL?.lastPathComponent ?? "?")",
            within: limit
        ) {
            process.isRunning ? nil : true
        }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}
