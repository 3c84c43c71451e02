import Contracts
import FoundationEssentials
import Testing

@testable import Recording

@Suite struct `Recording reader` {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// One segment of `count` frames, flushed after every tenth.
    private func segment(_ count: Int) throws -> [UInt8] {
        let writer = try RecordingWriter(folder: scratch.folder)
        for index in 0..<count {
            writer.take(frame(index, padding: 10))
            if index % 10 == 9 { writer.flush() }
        }
        writer.close()
        let name = try #require(try scratch.files.first)
        defer { try? FileManager.default.removeItem(atPath: scratch.folder + "/" + name) }
        return try scratch.bytes(of: name)
    }

    @Test func `reads a torn file up to its last whole line, wherever it is cut`() throws {
        let whole = try segment(100)
        var last = 0
        for length in stride(from: 1, to: whole.count, by: 37) {
            let path = try scratch.write(whole.prefix(length), to: "cut.jsonl.gz")
            let found = try frames(path)
            #expect(found == (0..<found.count).map { frame($0, padding: 10) }, "cut at \(length)")
            #expect(found.count >= last)
            last = found.count
        }
        #expect(last >= 90)
    }

    @Test func `reads a file whose end a power cut left as zeros`() throws {
        let whole = try segment(100)
        let cut = Array(whole.prefix(whole.count * 2 / 3)) + [UInt8](repeating: 0, count: 4_096)
        let path = try scratch.write(cut, to: "frames-20231114T221320.000Z.torn.jsonl.gz")
        let (found, torn) = try items(path)
        #expect(found.count > 40 && torn == [path])
    }

    @Test func `says where a closed file is damaged, after all that can be read`() throws {
        var bytes = try segment(100)
        for at in bytes.count / 2..<bytes.count / 2 + 40 { bytes[at] ^= 0x5A }
        let path = try scratch.write(bytes, to: "frames-20231114T221320.000Z.jsonl.gz")
        var reader = try RecordingReader(path: path)
        var count = 0
        let error = #expect(throws: RecordingError.self) {
            while let found = try reader.nextFrame() {
                if found == frame(count, padding: 10) { count += 1 }
            }
        }
        #expect(
            error?.code == "recording.damaged" || error?.code == "recording.line",
            "\(String(describing: error))"
        )
        #expect(count > 20)
    }

    @Test func `reads plain files, members in a row and padding`() throws {
        let gzip = try segment(10)
        let plain = (0..<10).map { index in
            let frame = frame(index)
            return
                #"{"recv_ns":\#(frame.receivedNanoseconds),"msg":\#(String(decoding: frame.bytes, as: UTF8.self))}"#
        }
        let twice = try scratch.write(gzip + gzip + [0, 0, 0], to: "twice.jsonl.gz")
        let open = try scratch.write((plain.joined(separator: "\r\n")).utf8, to: "plain.jsonl")
        let cut = try scratch.write((plain.joined(separator: "\n").dropLast(9)).utf8, to: "cut.jsonl")
        #expect(try frames(twice).count == 20)
        #expect(try frames(open).map(\.bytes) == (0..<10).map { frame($0).bytes })
        #expect(try frames(cut).count == 9)
        #expect(try items(cut).torn == [cut])
    }

    @Test(
        arguments: [
            (#"{"recv_ns":1721347021281597601,"msg":{"u":1}}"#, 1_721_347_021_281_597_601, #"{"u":1}"#),
            (#"{"msg":{"u":[{"a":"}"}]}, "recv_ns": 5 }"#, 5, #"{"u":[{"a":"}"}]}"#),
            (#"{"topic":"t","ts":1733011200691,"data":{"u":1}}"#, 1_733_011_200_691_000_000, nil),
            (
                #"1721347020984480942 {"stream":"s","data":{}}"#, 1_721_347_020_984_480_942,
                #"{"stream":"s","data":{}}"#
            ),
            (#"1680652700423575 {"stream":"s"}"#, 1_680_652_700_423_575_000, #"{"stream":"s"}"#),
            (
                #"{"dir":"in","local_time_s":"1618677786.460905","msg":{"op":1}}"#, 1_618_677_786_460_905_000,
                #"{"op":1}"#
            ),
            (#"{"name":"n","message":{"ret":0}}"#, 0, #"{"ret":0}"#),
            (#"{"recv_ns":7,"category":"linear","connection":"c","base64":"AP8="}"#, 7, "\u{0}\u{FFFD}"),
        ] as [(String, Int64, String?)]
    )
    func `knows every kind of line`(line: String, time: Int64, message: String?) throws {
        let path = try scratch.write(line.utf8, to: "one.jsonl")
        let found = try #require(try frames(path).first)
        #expect(found.receivedNanoseconds == time)
        #expect(String(decoding: found.bytes, as: UTF8.self) == message ?? line)
    }

    @Test(arguments: [
        "nonsense", "{\"a\":", "{\"a\":1}}", "12 13", "12 {", #"{"recv_ns":7,"base64":"?"}"#, "[1]",
    ])
    func `names the line that is of no kind`(line: String) throws {
        let path = try scratch.write(("{\"ts\":1}\n" + line + "\n{\"ts\":2}\n").utf8, to: "bad.jsonl")
        let error = #expect(throws: RecordingError.self) { try frames(path) }
        #expect(error == .badLine(path: path, line: 2, why: "it is of no kind that is known here"))
    }

    @Test func `opens only the segments that can hold what is asked for`() throws {
        var settings = RecordingSettings()
        settings.segmentMilliseconds = 100
        let writer = try RecordingWriter(folder: scratch.folder, settings: settings)
        for index in 0..<1_000 { writer.take(frame(index)) }
        writer.close()
        // What is not opened can't be complained of.
        for name in ["000", "100", "900"] {
            _ = try scratch.write("junk\n".utf8, to: "frames-20231114T221320.\(name)Z.jsonl.gz")
        }
        let from = frame(250).receivedNanoseconds
        let to = frame(777).receivedNanoseconds
        #expect(try frames(scratch.folder, from: from, to: to) == (250..<777).map { frame($0) })
    }

    @Test func `says when there is nothing to read`() throws {
        for path in [scratch.folder, scratch.folder + "/none"] {
            let error = #expect(throws: RecordingError.self) { try RecordingReader(path: path) }
            #expect(error?.code == "recording.read")
        }
    }

    @Test func `reads every recording of the shared data`() throws {
        let shared = ProcessInfo.processInfo.environment["TRADEBOT_SHARED"] ?? "../shared"
        let folder = shared + "/data/raw_ws"
        guard FileManager.default.fileExists(atPath: folder) else {
            print("skipped: no \(folder); set TRADEBOT_SHARED")
            return
        }
        let manifest = String(
            decoding: try Data(contentsOf: URL(filePath: shared + "/data/manifest.csv")),
            as: UTF8.self
        )
        for path in try RecordingFolder.files(at: folder) {
            var reader = try RecordingReader(path: path)
            var count = 0
            var last: Int64 = 0
            while let frame = try reader.nextFrame() {
                count += 1
                last = frame.receivedNanoseconds
            }
            #expect(reader.tornFiles.isEmpty)
            #expect(path.contains("samples") || last > 1_600_000_000_000_000_000, "\(path)")
            let name = path.split(separator: "/").last ?? ""
            let row = manifest.split(separator: "\n").first { $0.contains(name) }
            #expect(
                row?.contains(",\(count),") == true,
                "\(name): \(count) frames, \(row ?? "not in the manifest")"
            )
        }
    }
}
