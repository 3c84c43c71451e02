import ControlProtocol

/// The answer about risk, a line a figure.
struct RiskView {
    private static let nameWidth = 14
    /// Halts that end when their cause does; docs/runbook.md has the list.
    private static let passingKinds: Set = ["noAccount", "equityMin", "journal"]

    let answer: JSONValue
    let style: Style

    var lines: [String] {
        let state = PlainView.field(answer["state"])
        return [row("state", style.paint(state, state == "ok" ? .good : .bad))] + halts + figures + refusals
    }

    private var halts: [String] {
        (answer["halts"]?.array ?? []).map { halt in
            let kind = PlainView.field(halt["kind"])
            let until = halt["until"]?.integer.map { ", until \(Figures.timeOfDay($0)) UTC" }
            let end = Self.passingKinds.contains(kind) ? ", ends with its cause" : " -> botctl risk reset"
            let why = Printable.text(PlainView.field(halt["why"]))
            return row("halted by", "\(kind): \(why)\(until ?? end)")
        }
    }

    private var figures: [String] {
        [
            row("gross", limited("grossNotional", "maxNotional")), row("net", amount("netNotional")),
            row("equity", "\(amount("equity")), highest \(amount("equityPeak"))"),
            row("drawdown", Figures.percent(PlainView.field(answer["drawdown"]), of: "1") ?? "0 %"),
            row("day's loss", limited("dayLoss", "maxDayLoss")),
            row("loss streak", PlainView.field(answer["lossStreak"])),
        ]
    }

    private var refusals: [String] {
        (answer["rejected"]?.members ?? []).map { member in
            row("refused by", "\(Printable.text(member.key)): \(PlainView.field(member.value))")
        }
    }

    private func limited(_ key: String, _ limit: String) -> String {
        guard let most = answer[limit]?.string, let value = answer[key]?.string else { return amount(key) }
        let share = Figures.percent(value, of: most).map { " (\($0))" } ?? ""
        return "\(Figures.grouped(value)) / \(Figures.grouped(most))\(share)"
    }

    private func amount(_ key: String) -> String {
        answer[key]?.string.map(Figures.grouped) ?? "-"
    }

    private func row(_ name: String, _ text: String) -> String {
        "\(Columns.left(name, Self.nameWidth))\(text)"
    }
}
