/// Bounds of every wait in these tests; a wait ends as soon as what it waits for is there.
enum Patience {
    static let limit = Duration.seconds(40)
    static let pollInterval = Duration.milliseconds(50)
}

/// Asks again and again until there is an answer; throws what was missing when time is up.
func eventually<Answer>(
    _ what: String,
    within limit: Duration = Patience.limit,
    _ ask: () async throws -> Answer?
) async throws -> Answer {
    let deadline = ContinuousClock.now + limit
    while true {
        if let answer = try await ask() { return answer }
        guard ContinuousClock.now < deadline else {
            throw Trouble("\(what): not within \(limit)")
        }
        try await Task.sleep(for: Patience.pollInterval)
    }
}
