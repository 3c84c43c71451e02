import Contracts

/// What survives a restart.
extension FeatureCore {
    /// The state as of `now`; an instrument that is left alone is taken in anew.
    func body(at now: UnixMilliseconds) -> FeaturesBody {
        FeaturesBody(settings: settings, takenAt: now, instruments: table.values.filter { !$0.isOut })
    }

    /// Goes on where `body` ended.
    init(resuming body: FeaturesBody, at now: UnixMilliseconds) {
        self.init(body.settings)
        let isLate = now - body.takenAt > settings.overdueMilliseconds
        for var state in body.instruments {
            state.resume()
            if isLate { state.markPast(at: now, overdueMilliseconds: settings.overdueMilliseconds) }
            table.set(state, of: state.instrument)
        }
    }

    /// When overdue bars are to be closed, by place.
    var closeDeadlines: [(place: Int, deadline: UnixMilliseconds)] {
        table.values.indices.compactMap { place in
            table.values[place].closeDeadline.map { (place, $0) }
        }
    }
}
