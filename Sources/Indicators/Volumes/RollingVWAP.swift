/// The average of the newest bars' typical prices weighted by volume; nil also where nothing was traded in them.
package struct RollingVWAP: Indicator {
    private var turnovers: SlidingWindow<Sum>
    private var volumes: SlidingWindow<Sum>
    package private(set) var value: Double?

    package init(length: Int) {
        turnovers = SlidingWindow(length: length)
        volumes = SlidingWindow(length: length)
    }

    @discardableResult
    package mutating func update(_ candle: Candle) -> Double? {
        let turnover = turnovers.add(candle.typicalPrice * candle.volume)?.rawValue
        let volume = volumes.add(candle.volume)?.rawValue
        guard let turnover, let volume, volume > 0 else {
            value = nil
            return nil
        }
        value = turnover / volume
        return value
    }
}
