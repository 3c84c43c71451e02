import Contracts
import FoundationEssentials
import Glibc
import HistoricalData
import OpenSSL
import Recording
import Reporting
import TradingSystem

/// Where a run came from: its files with their digests, its settings, and one digest of all of it.
struct RunOrigin {
    let files: [Reporting.DataFile]
    let settings: [Setting]
    /// SHA-256 of configuration, data and seed.
    let inputDigest: String

    /// Hashes the files that were read.
    init(_ input: BacktestInput) {
        var files: [Reporting.DataFile] = []
        for path in input.options.data {
            let report = input.data.reports.first { $0.path == path }
            for file in (try? RecordingFolder.files(at: path)) ?? [path] {
                let (bytes, digest) = Self.digest(of: file)
                files.append(
                    Reporting.DataFile(
                        path: file,
                        bytes: bytes,
                        sha256: digest,
                        rows: report?.rowCount ?? 0,
                        first: report?.first,
                        last: report?.last
                    )
                )
            }
        }
        self.files = files
        settings = Configuration.pairs(of: input.configurationText, file: input.options.config).map {
            Setting(key: $0.key, value: $0.value)
        }
        let options = input.options
        let text = [
            input.configurationText, files.map(\.sha256).joined(separator: " "), "\(options.seed)",
            "\(options.from?.milliseconds ?? -1) \(options.to?.milliseconds ?? -1)",
            options.instrument.map(\.description).joined(separator: " "),
            "\(options.tick.map(\.description) ?? "") \(options.step.map(\.description) ?? "")",
            options.slippage?.description ?? "",
        ]
        inputDigest = SHA256Digest.hex(of: text.joined(separator: "\n").utf8)
    }

    private static func digest(of path: String) -> (bytes: Int, sha256: String) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return (0, "") }
        defer { close(descriptor) }
        var digest = SHA256Digest()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var total = 0
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe read(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { break }
            total += count
            digest.update(buffer[..<count])
        }
        let hexadecimal = digest.finish().map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }
        return (total, hexadecimal.joined())
    }
}
