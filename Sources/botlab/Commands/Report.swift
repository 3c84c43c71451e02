import ArgumentParser
import FoundationEssentials
import Reporting

struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make one page of a backtest, to read and to keep.",
        discussion: """
            RUN is the file that botlab backtest -o wrote. The page is HTML that stands alone: its drawings and its \
            style are inside, it runs no script and asks nothing of any network.

              botlab backtest --config my.toml --data BTCUSDT_5m.csv.gz -o run.json
              botlab report run.json -o report.html

            Exit status: 0 done, 65 the file is not such a run, 66 no such file, 74 the page can't be written. \
            botlab(1) tells more.
            """
    )

    @Argument(
        help: ArgumentHelp("What botlab backtest -o wrote.", valueName: "run"),
        completion: .file(extensions: ["json"])
    )
    var file: String

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the page here (default: standard output).", valueName: "file"),
        completion: .file(extensions: ["html"])
    )
    var output: String?

    func run() throws {
        let page = try ReportPage().html(read())
        guard let output else {
            var out = StandardOutput()
            try out.write(page)
            try out.flush()
            return
        }
        do {
            try Data(page.utf8).write(to: URL(filePath: output), options: .atomic)
        } catch {
            StandardError.write("\(output) can't be written: \(error)\n")
            throw ExitCode(74)
        }
    }

    private func read() throws -> RunReport {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: file))
        } catch {
            StandardError.write("\(file) can't be read: no such file, or not one to read\n")
            throw FrameOptions.noInput
        }
        do {
            return try JSONDecoder().decode(RunReport.self, from: data)
        } catch {
            StandardError.write("\(file) is not what botlab backtest -o writes: \(Self.reason(error))\n")
            throw ExitCode(65)
        }
    }

    /// What is wrong with the file, and where in it.
    private static func reason(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .keyNotFound(let key, let context):
            return "\(place(context.codingPath + [key])) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            return "\(place(context.codingPath)): \(context.debugDescription)"
        @unknown default: return "\(error)"
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        let path = path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
        return path.isEmpty ? "the whole" : path
    }
}
