/// What lay before the start.
extension SymbolMarket {
    /// Takes finished candles, oldest first: minutes, or older and longer ones for the longer series.
    func remember(_ history: [Candle], of length: KlineInterval = .minute1) {
        guard let last = history.last else { return }
        isInvented = true
        let end = length.end(after: last.startMs)
        var pieces: [KlineInterval: [Candle]] = [length: history]
        for index in series.indices {
            let interval = series[index].interval
            if interval != length {
                // A longer candle is put together from the next shorter ones, not from all the minutes.
                guard let shorter = interval.part.flatMap({ pieces[$0] }) else { continue }
                pieces[interval] = SymbolMarket.grouped(shorter, by: interval)
            }
            for piece in pieces[interval] ?? [] { _ = series[index].absorb(piece) }
            // What ended with the history is past; nobody shall be told of it later.
            _ = series[index].advance(toMs: end)
        }
        lastPrice = last.close
        sumDay()
    }

    private static func grouped(_ pieces: [Candle], by interval: KlineInterval) -> [Candle] {
        var groups: [Candle] = []
        var end = Int64.min
        for piece in pieces {
            if piece.startMs < end {
                groups[groups.count - 1].absorb(piece)
            } else {
                groups.append(piece)
                end = interval.end(after: interval.start(of: piece.startMs))
            }
        }
        return groups
    }
}

extension KlineInterval {
    /// The longest shorter interval whose candles fit into this one's; nil for minutes.
    var part: KlineInterval? {
        switch self {
        case .minute1: nil
        case .minute3, .minute5: .minute1
        case .minute15: .minute5
        case .minute30: .minute15
        case .hour1: .minute30
        case .hour2: .hour1
        case .hour4, .hour6: .hour2
        case .hour12: .hour6
        case .day: .hour12
        case .week, .month: .day
        }
    }
}
