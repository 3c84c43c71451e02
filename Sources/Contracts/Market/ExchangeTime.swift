extension AnyEvent {
    /// When the exchange made it; nil for what has no such time, or was fetched afterwards and moves no clock.
    package var exchangeTime: UnixMilliseconds? {
        switch self {
        case .marketTrade(let trade): trade.isBackfill ? nil : trade.exchangeTime
        case .marketOrderbookDelta(let delta): delta.exchangeTime
        case .marketTicker(let ticker): ticker.exchangeTime
        default: nil
        }
    }

    /// A market event as if it had come at `time`; anything else as it is.
    package func arriving(at time: UnixMilliseconds) -> AnyEvent {
        switch self {
        case .marketTrade(var event): event.stamped(time)
        case .marketOrderbookDelta(var event): event.stamped(time)
        case .marketTicker(var event): event.stamped(time)
        case .marketKline(var event): event.stamped(time)
        case .marketOi(var event): event.stamped(time)
        case .marketFunding(var event): event.stamped(time)
        case .marketLiquidation(var event): event.stamped(time)
        case .marketPriceLimit(var event): event.stamped(time)
        default: self
        }
    }
}

extension Event {
    fileprivate mutating func stamped(_ time: UnixMilliseconds) -> AnyEvent {
        meta.ts = time
        return erased
    }
}
