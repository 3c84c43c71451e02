import ControlProtocol
import Foundation
import Testing

/// What `botlab journal` and `botctl explain` say of a journal that the real daemon has made.
@Suite struct `A real daemon's journal` {
    private static let headMessage = "message_id=5b0c1e6f9d8a4f27a3c47e21d06b9f84"

    @Test func `breaks no invariant over pause, loss of the exchange, kill and restart`() async throws {
        try await withDaemon { bot in
            // Given a day in which much happens
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.row("portfolio:position_update", "of a fill") {
                $0["meta"]?["correlationId"] != nil
            }
            _ = try await bot.command("pause --reason test")
            let resumed = try await bot.command("resume")
            _ = try await bot.order(after: resumed)
            try await bot.killExchange()
            _ = try await bot.row("market:error", "of the lost exchange") {
                $0["code"]?.string?.hasPrefix("connect.") == true
            }
            try await bot.restartExchange()
            let before = try bot.journal.extent().last
            _ = try await bot.health("fresh", after: resumed)
            bot.daemon.kill()
            try await bot.restartDaemon()
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.order(after: before)
            // When it is looked at while the daemon writes, and afterwards
            let early = try await Self.botlab(["verify", bot.journal.folder], in: bot)
            bot.daemon.terminate()
            #expect(try await bot.daemon.exitStatus() == 0)
            let late = try await Self.botlab(["verify", bot.journal.folder, "--json"], in: bot)
            // Then
            #expect(early.status == 0, "\(early.output)\(early.errors)")
            #expect(early.output.contains("22 invariants hold, 0 are broken, 4 a journal cannot show"))
            #expect(late.status == 0, "\(late.output)\(late.errors)")
            let verdict = try late.json()
            #expect(verdict["clean"]?.bool == true && verdict["unreadable"]?.integer == 0)
            #expect((verdict["snapshots"]?.integer ?? 0) > 0)
            #expect(try await Self.finds("no such thing is said", in: bot) == nil)
            #expect(try await Self.finds("linear:BTCUSDT", in: bot) == "broken")
            let states = (verdict["invariants"]?.array ?? []).compactMap { $0["state"]?.string }
            #expect(states.count == 26 && states.count { $0 == "holds" } == 22)
        }
    }

    @Test func `is not called whole where there is none`() async throws {
        try await withTemporaryFolder { folder in
            let program = try RunningProgram(
                "botlab",
                ["journal", "verify", "."],
                folder: folder,
                name: "botlab"
            )
            #expect(try await program.exitStatus() == 65)
            #expect(program.output.contains("nothing to verify") && !program.output.contains("whole"))
            #expect(program.errors.contains("no event in it can be read"))
        }
    }

    @Test func `is not searched for what is no file of secrets`() async throws {
        try await withTemporaryFolder { folder in
            for (name, text, why) in [
                ("short", "long enough\nshort\n", "less than 8 bytes"), ("empty", "\n", "0 lines"),
                ("missing", nil, "No such file"),
            ] {
                let file = folder.appending(path: name)
                if let text { try Data(text.utf8).write(to: file) }
                let program = try RunningProgram(
                    "botlab",
                    ["journal", "verify", ".", "--secret-file", file.path],
                    folder: folder,
                    name: name
                )
                #expect(try await program.exitStatus() == 66)
                #expect(program.errors.contains(why) && !program.errors.contains("long enough"))
            }
        }
    }

    @Test func `ends where the log says that it does`() async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            bot.daemon.terminate()
            #expect(try await bot.daemon.exitStatus() == 0)
            // When
            let line = try #require(bot.daemon.errorLines.last { $0.contains(Self.headMessage) })
            let words = line.split(separator: " ").map(String.init)
            let place = try #require(words.firstIndex(of: "head"))
            let head = words[place + 1]
            // Then
            let verdict = try await Self.botlab(
                ["verify", bot.journal.folder, "--json", "--against", head],
                in: bot
            )
            #expect(verdict.status == 0, "\(verdict.errors)")
            #expect(try verdict.json()["head"]?.string == head)
            #expect(try verdict.json()["against"]?.array?.first?["found"]?.string == "same")
            // A head of another journal, and one that it has never come to.
            let sequence = String(head.prefix { $0 != ":" })
            for other in ["1:", "\(sequence):", "99999999:"] {
                let foreign = other + String(repeating: "ab", count: 32)
                let answer = try await Self.botlab(
                    ["verify", bot.journal.folder, "--against", foreign],
                    in: bot
                )
                #expect(answer.status == 65)
            }
        }
    }

    @Test func `tells an order's way from the tick to the fill, alive and on disk`() async throws {
        try await withDaemon { bot in
            // Given
            try await bot.isLifecycle("RUNNING")
            let filled = try await bot.row("exec:order_event", "filled") { $0["state"]?.string == "filled" }
            let (intent, order) = (
                try #require(filled.correlation), try #require(filled.payload["orderId"]?.string)
            )
            // When
            let alive = try await bot.botctl("explain \(order)")
            // Then
            #expect(alive.status == 0, "\(alive.errors)")
            #expect(alive.output.hasPrefix(intent + "\n"))
            let story = ["market:", "analytics:features", "wants", "approved: hold", "submitting", "filled"]
            let places = story.map { word in alive.output.range(of: word)?.lowerBound }
            #expect(places.allSatisfy { $0 != nil }, "\(alive.output)")
            #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
            let json = try await bot.botctl("explain \(filled.sequence) --json").json()
            #expect(json["chain"]?.string == intent && json["cut"]?.bool == false)
            #expect(json["steps"]?.array?.first?["outside"]?.bool == true)
            for unknown in ["intent-999999999", "tb1-nobody-7-0", "hello"] {
                let answer = try await bot.botctl("explain \(unknown)")
                #expect(answer.status == 1 && answer.output.isEmpty)
                #expect(answer.errors.contains("no chain of events"))
            }
            // And the files say the same.
            let why = try await Self.botlab(["why", bot.journal.folder, order], in: bot)
            #expect(why.status == 0 && why.output.hasPrefix(intent + "\n"))
            #expect(why.output.split(separator: "\n").last == alive.output.split(separator: "\n").last)
        }
    }

    @Test func `is counted and exported whole`() async throws {
        try await withDaemon { bot in
            try await bot.isLifecycle("RUNNING")
            _ = try await bot.order()
            bot.daemon.terminate()
            #expect(try await bot.daemon.exitStatus() == 0)
            let extent = try bot.journal.extent()
            let stats = try await Self.botlab(["stats", bot.journal.folder, "--json"], in: bot).json()
            #expect(stats["events"]?.integer == extent.count && stats["whole"]?.bool == true)
            let lines = try await Self.botlab(["export", bot.journal.folder], in: bot)
            #expect(try DaemonFixture.jsonLines(lines.output).count == Int(extent.count))
            let csv = try await Self.botlab(["export", bot.journal.folder, "--format", "csv"], in: bot)
            #expect(csv.output.split(separator: "\n").count == Int(extent.count) + 1)
        }
    }

    /// What I25 comes to where `secret` is one; nil where nothing is found.
    private static func finds(_ secret: String, in bot: DaemonFixture) async throws -> String? {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "secret")
            try Data((secret + "\n").utf8).write(to: file)
            let run = try await botlab(
                ["verify", bot.journal.folder, "--json", "--secret-file", file.path],
                in: bot
            )
            let states = try run.json()["invariants"]?.array?.first { $0["id"]?.string == "I25" }
            #expect(run.status == (states?["state"]?.string == "holds" ? 0 : 1), "\(run.errors)")
            #expect(!run.output.contains(secret), "a secret is not repeated")
            return states?["state"]?.string == "holds" ? nil : states?["state"]?.string
        }
    }

    private static func botlab(_ words: [String], in bot: DaemonFixture) async throws -> DaemonFixture.Answer
    {
        try await withTemporaryFolder { folder in
            let program = try RunningProgram("botlab", ["journal"] + words, folder: folder, name: "botlab")
            let status = try await program.exitStatus()
            return DaemonFixture.Answer(status: status, output: program.output, errors: program.errors)
        }
    }
}
