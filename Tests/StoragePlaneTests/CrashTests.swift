import Contracts
import EventKernel
import FoundationEssentials
import Glibc
import StoragePlane
import Testing

/// What a kill leaves is what lies in the files at that moment: taken while the writer works, by file copies that are
/// kept only where nothing but the log has grown meanwhile; and by killing real processes.
@Suite struct `A killed writer` {
    private static let small = {
        var settings = JournalSettings()
        settings.segmentBytesMax = 200_000
        settings.checkpointPages = 8
        settings.groupMilliseconds = 1
        settings.compressAfterDays = 1_000
        return settings
    }()

    @Test func `leaves a whole journal at two hundred random moments`() throws {
        let scratch = try Scratch()
        var random = SeededGenerator(seed: 41)
        let writer = try JournalWriter(path: scratch.journal, settings: Self.small)
        var (appended, imageCount, tryCount): (UInt64, Int, Int) = (0, 0, 0)
        while imageCount < 200 {
            let count = 1 + Int(random.next() % 60)
            let isWaitedFor = random.next() % 3 == 0
            writer.append(
                isWaitedFor
                    ? states(count, after: appended, at: dayStart + Int64(appended))
                    : clocks(count, after: appended)
            )
            appended += UInt64(count)
            for _ in 0..<random.next() % 20_000 { _ = random.next() }
            let durable = writer.durableHead
            tryCount += 1
            guard let image = try Self.image(of: scratch, number: tryCount) else { continue }
            imageCount += 1
            try Self.expectWhole(image, durable)
            try FileManager.default.removeItem(atPath: image)
        }
        try writer.close()
        print("\(imageCount) images of \(tryCount) tries")
        #expect(try JournalReader(path: scratch.journal).check().isWhole)
    }

    /// A copy of the journal's files; nil where it is not one moment's.
    private static func image(of scratch: Scratch, number: Int) throws -> String? {
        let target = scratch.folder + "/image-\(number)"
        let files = FileManager.default
        try files.createDirectory(atPath: target, withIntermediateDirectories: true)
        let before = try state(scratch.journal)
        for (name, _) in before where !name.hasSuffix("-shm") && !name.hasSuffix(".part") {
            try? files.copyItem(atPath: scratch.journal + "/" + name, toPath: target + "/" + name)
        }
        let after = try state(scratch.journal)
        // Main files as they were, no file more or less, and every log still the same log, however much longer.
        let isOneMoment =
            before.count == after.count
            && zip(before, after).allSatisfy { old, new in
                old == new || old.name == new.name && old.name.hasSuffix("-shm")
            }
        guard isOneMoment else {
            try files.removeItem(atPath: target)
            return nil
        }
        return target
    }

    private struct FileState: Equatable {
        let name: String
        let mark: [UInt8]
    }

    /// Of main files size and time of change; of logs the header, which a new log has anew.
    private static func state(_ folder: String) throws -> [(name: String, mark: String)] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
            var status = stat()
            _ = unsafe stat(folder + "/" + name, &status)
            let path = folder + "/" + name
            guard name.hasSuffix("-wal") else {
                return (
                    name,
                    "\(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
                )
            }
            let descriptor = unsafe open(path, O_RDONLY)
            defer { close(descriptor) }
            var header = [UInt8](repeating: 0, count: 32)
            _ = unsafe pread(descriptor, &header, header.count, 0)
            return (name, "\(header)")
        }
    }

    /// Whole, and with every event that the disk was said to have.
    private static func expectWhole(_ image: String, _ durable: JournalHead) throws {
        let writer = try JournalWriter(path: image, settings: small)
        #expect(writer.head >= durable.sequence && writer.opening.cut == nil)
        writer.append(clocks(3, after: writer.head))
        try writer.close()
        let reader = try JournalReader(path: image)
        let check = try reader.check()
        #expect(check.isWhole && check.last == writer.head + 3, "\(check)")
        if durable.sequence > 0 {
            #expect(try reader.rows(in: durable.sequence...durable.sequence).first?.hash == durable.hash)
        }
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `leaves a whole journal when a process is really killed`(seed: UInt64) async throws {
        let scratch = try Scratch()
        let path = scratch.journal
        // The child says on a file of its own what the disk was said to have.
        let told = scratch.folder + "/told"
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, told = told as String, seed = seed as UInt64] in
            try killedWriter(path, told, seed)
        }
        let durable = (try? String(contentsOfFile: told, encoding: .utf8)).flatMap { UInt64($0) } ?? 0
        let writer = try JournalWriter(path: path)
        #expect(writer.head >= durable && writer.opening.cut == nil)
        try writer.close()
        let check = try JournalReader(path: path).check()
        #expect(check.isWhole && check.last ?? 0 == writer.head, "\(check)")
    }
}

/// Writes until it kills itself after a number of events that the seed draws.
func killedWriter(_ path: String, _ told: String, _ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var settings = JournalSettings()
    settings.segmentBytesMax = 300_000
    settings.checkpointPages = 8
    let writer = try JournalWriter(path: path, settings: settings)
    let descriptor = unsafe open(told, O_WRONLY | O_CREAT, 0o600)
    let end = 2_000 + random.next() % 20_000
    var appended: UInt64 = 0
    while appended < end {
        let count = 1 + Int(random.next() % 100)
        let isWaitedFor = random.next() % 5 == 0
        writer.append(
            isWaitedFor
                ? states(count, after: appended, at: dayStart + Int64(appended))
                : clocks(count, after: appended)
        )
        appended += UInt64(count)
        writer.whenDurable(appended) { [appended] error in
            guard error == nil else { return }
            // Numbers only grow, so a shorter text never follows a longer one.
            let text = Array(String(appended).utf8)
            _ = unsafe pwrite(descriptor, text, text.count, 0)
        }
    }
    kill(getpid(), SIGKILL)
}
