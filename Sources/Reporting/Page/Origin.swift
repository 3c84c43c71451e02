import Contracts

/// Where the figures come from: settings, data, seed, events and digests.
struct Origin {
    struct Pair {
        let name: String
        let value: String
    }

    struct File {
        let path: String
        let bytes: String
        let rows: String
        let first: String
        let last: String
        let sha256: String
    }

    let identity: [Pair]
    let settings: [Pair]
    let events: [Pair]
    let eventTotal: String
    let files: [File]
    let settingCount: String
    /// Whether a list is short enough to stand open.
    let isShort: Bool

    /// Longer lists are folded away.
    static let openRowsMax = 12

    init(_ run: RunReport) {
        identity =
            [
                Pair(name: "Engine", value: run.engineVersion), Pair(name: "Seed", value: String(run.seed)),
                Pair(name: "Configuration, data and seed", value: run.inputDigest),
            ] + run.digests.map { Pair(name: $0.name, value: $0.value) }
        settings = run.settings.map { Pair(name: $0.key, value: $0.value) }
        settingCount = NumberText.count(run.settings.count)
        isShort = run.settings.count <= Self.openRowsMax
        events = run.eventCounts.map { Pair(name: $0.topic, value: NumberText.count($0.count)) }
        eventTotal = NumberText.count(run.eventCounts.reduce(0) { $0 + $1.count })
        files = run.data.map {
            File(
                path: $0.path,
                bytes: NumberText.bytes($0.bytes),
                rows: NumberText.count($0.rows),
                first: $0.first.map(TimeText.minute) ?? "–",
                last: $0.last.map(TimeText.minute) ?? "–",
                sha256: $0.sha256
            )
        }
    }

    static let template = """
        <section class="card" id="origin">
        <h2>Where this comes from</h2>
        <table class="sheet pairs">
        <caption>Engine, seed and digests (SHA-256): equal digests, equal runs</caption>
        <tbody>
        {{#identity}}
        <tr><th scope="row">{{name}}</th><td><code>{{value}}</code></td></tr>
        {{/identity}}
        </tbody>
        </table>
        <table class="sheet stack files">
        <caption>Data files; times in UTC</caption>
        <thead><tr><th scope="col">File</th><th scope="col" class="num">Size</th><th scope="col" class="num">Rows</th><th scope="col">First</th><th scope="col">Last</th></tr></thead>
        <tbody>
        {{#files}}
        <tr><th scope="row">{{path}}<small><code>{{sha256}}</code></small></th><td class="num" data-label="Size">{{bytes}}</td><td class="num" data-label="Rows">{{rows}}</td><td data-label="First">{{first}}</td><td data-label="Last">{{last}}</td></tr>
        {{/files}}
        </tbody>
        </table>
        </section>
        <section class="card" id="settings">
        <details{{#isShort}} open{{/isShort}}>
        <summary><h2>Settings</h2><span>{{settingCount}}</span></summary>
        <table class="sheet pairs">
        <caption>Keys of the configuration</caption>
        <thead class="unseen"><tr><th scope="col">Key</th><th scope="col">Value</th></tr></thead>
        <tbody>
        {{#settings}}
        <tr><th scope="row"><code>{{name}}</code></th><td><code>{{value}}</code></td></tr>
        {{/settings}}
        </tbody>
        </table>
        </details>
        </section>
        <section class="card" id="events">
        <details>
        <summary><h2>Events</h2><span>{{eventTotal}}</span></summary>
        <table class="sheet">
        <caption>Events by topic</caption>
        <thead class="unseen"><tr><th scope="col">Topic</th><th scope="col">Events</th></tr></thead>
        <tbody>
        {{#events}}
        <tr><th scope="row"><code>{{name}}</code></th><td class="num">{{value}}</td></tr>
        {{/events}}
        </tbody>
        </table>
        </details>
        </section>

        """
}
