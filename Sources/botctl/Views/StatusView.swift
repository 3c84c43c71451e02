import ControlProtocol

/// The status answer as one screen; what the answer lacks is left out, never guessed.
struct StatusView {
    private static let nameWidth = 12
    private static let stateWidth = 8

    let answer: JSONValue
    let now: Int64
    let style: Style

    var lines: [String] {
        let areas = [gates, connections, marketData, risk, journal, account, flow, research].compactMap { $0 }
        return [headline] + areas.map(row) + positions + troubles
    }

    /// One line of the screen: an area, its state in a word, and the figures behind it.
    private struct Area {
        let name: String
        let state: String
        let tone: Style.Tone
        let facts: String
    }

    private func row(_ area: Area) -> String {
        let state = style.paint(Columns.left(area.state, Self.stateWidth), area.tone)
        return "  \(Columns.left(area.name, Self.nameWidth))  \(state)\(area.facts)"
    }

    private var headline: String {
        let lifecycle = word("lifecycle") ?? "UNKNOWN"
        var words = [
            "tradebotd \(word("instance") ?? "")", style.paint(lifecycle, tone(ofLifecycle: lifecycle)),
        ]
        if let mode = word("mode") { words.append(mode) }
        if let started = answer["started"]?.integer { words.append("up \(Figures.span(now - started))") }
        if let version = word("version") { words.append("v\(version)") }
        if let sequence = answer["seq"]?.unsigned { words.append("seq \(Figures.grouped(String(sequence)))") }
        return words.joined(separator: "  ")
    }

    private func tone(ofLifecycle lifecycle: String) -> Style.Tone {
        switch lifecycle {
        case "RUNNING": .good
        case "PAUSED", "STARTING", "RECOVERING", "SYNCING", "STOPPING": .warning
        default: .bad
        }
    }

    private var gates: Area? {
        guard let paused = answer["paused"]?.bool else { return nil }
        let since = answer["since"]?.integer.map { " since \(Figures.timeOfDay($0).prefix(8)) UTC" } ?? ""
        return paused
            ? Area(
                name: "gates",
                state: "paused",
                tone: .warning,
                facts: "no new orders\(since) -> botctl resume"
            )
            : Area(name: "gates", state: "open", tone: .good, facts: "pause: none")
    }

    private var connections: Area? {
        guard let all = answer["connections"]?.array, !all.isEmpty else { return nil }
        let down = all.filter { $0["state"]?.string != "connected" }
        let facts = all.map { connection in
            let since = connection["since"]?.integer.map { " since \(Figures.timeOfDay($0).prefix(8))" } ?? ""
            return "\(text(connection, "id")) \(text(connection, "state"))\(since)"
        }
        return Area(
            name: "connections",
            state: down.isEmpty ? "ok" : "down",
            tone: down.isEmpty ? .good : .bad,
            facts: facts.joined(separator: ", ")
        )
    }

    private var marketData: Area? {
        guard let feeds = answer["feeds"]?.array, !feeds.isEmpty else { return nil }
        let late = feeds.filter { $0["state"]?.string != "fresh" }
        var facts = ["\(feeds.count - late.count)/\(feeds.count) feeds fresh"]
        if let worst = feeds.compactMap({ $0["ageMs"]?.integer }).max() {
            facts.append("worst age \(Figures.age(worst))")
        }
        facts += late.map { "\(text($0, "instrument")) \(text($0, "state"))" }
        return Area(
            name: "market data",
            state: late.isEmpty ? "ok" : "late",
            tone: late.isEmpty ? .good : .bad,
            facts: facts.joined(separator: ", ")
        )
    }

    private var risk: Area? {
        guard let risk = answer["risk"] else { return nil }
        var facts: [String] = []
        if let gross = risk["grossNotional"]?.string, let limit = risk["maxNotional"]?.string {
            let share = Figures.percent(gross, of: limit).map { " (\($0))" } ?? ""
            facts.append("gross \(Figures.grouped(gross)) / \(Figures.grouped(limit)) USDT\(share)")
        }
        for refusal in risk["rejected"]?.members ?? [] {
            facts.append("\(count(refusal.value)) refused: \(Printable.text(refusal.key))")
        }
        let state = PlainView.field(risk["state"])
        return Area(name: "risk", state: state, tone: state == "ok" ? .good : .bad, facts: list(facts))
    }

    private var journal: Area? {
        guard let journal = answer["journal"] else { return nil }
        let dropped = journal["dropped"]?.unsigned ?? 0
        let facts = figures(journal, [("head", "head"), ("written", "written"), ("queued", "queued")])
        let path = journal["path"]?.string.map { [Printable.text($0)] } ?? []
        return Area(
            name: "journal",
            state: dropped == 0 ? "ok" : "lossy",
            tone: dropped == 0 ? .good : .bad,
            facts: list(facts + ["\(Figures.grouped(String(dropped))) dropped"] + path)
        )
    }

    private var account: Area? {
        guard let account = answer["account"] else { return nil }
        let keys = [
            ("equity", "equity"), ("realisedPnl", "realised"), ("unrealisedPnl", "unrealised"),
            ("fees", "fees"),
        ]
        let facts = keys.compactMap { key, name in
            account[key]?.string.map { "\(name) \(Figures.grouped($0))" }
        }
        return Area(name: "account", state: "", tone: .faint, facts: list(facts))
    }

    private var flow: Area? {
        guard let counts = answer["counts"] else { return nil }
        let keys = ["events", "intents", "approved", "rejected", "orders", "fills"]
        return Area(
            name: "counts",
            state: "",
            tone: .faint,
            facts: list(figures(counts, keys.map { ($0, $0) }))
        )
    }

    private var research: Area? {
        guard let research = answer["research"] else { return nil }
        let keys = ["vectors", "outcomes", "drifts"]
        return Area(
            name: "research",
            state: "",
            tone: .faint,
            facts: list(figures(research, keys.map { ($0, $0) }))
        )
    }

    private var positions: [String] {
        guard let positions = answer["positions"]?.array, !positions.isEmpty else { return [] }
        return PositionTable(positions: positions, style: style).lines
    }

    private var troubles: [String] {
        word("lastError").map { [style.paint("last error: \($0)", .warning)] } ?? []
    }

    private func figures(_ object: JSONValue, _ keys: [(key: String, name: String)]) -> [String] {
        keys.compactMap { key, name in object[key].map { "\(name) \(count($0))" } }
    }

    private func count(_ value: JSONValue) -> String {
        Figures.grouped(PlainView.field(value))
    }

    private func list(_ facts: [String]) -> String {
        facts.joined(separator: ", ")
    }

    private func text(_ object: JSONValue, _ key: String) -> String {
        PlainView.field(object[key])
    }

    private func word(_ key: String) -> String? {
        answer[key]?.string.map(Printable.text)
    }
}
