/// What a seat has to say after a bar.
struct BarNews {
    let isNews: Bool
    /// Whether it waits for a candle to open.
    let awaitsOpen: Bool

    init(isNews: Bool, _ due: StrategySeat.Due?) {
        self.isNews = isNews
        if case .open = due { awaitsOpen = true } else { awaitsOpen = false }
    }
}
