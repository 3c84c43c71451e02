import Contracts

extension AnyEvent {
    /// What the event is about; nil for one that is about no single instrument.
    var instrument: Instrument? {
        switch self {
        case .marketTicker(let event): event.instrument
        case .marketTrade(let event): event.instrument
        case .marketOrderbookDelta(let event): event.instrument
        case .marketKline(let event): event.instrument
        case .marketOi(let event): event.instrument
        case .marketFunding(let event): event.instrument
        case .marketLiquidation(let event): event.instrument
        case .marketPriceLimit(let event): event.instrument
        default: nil
        }
    }
}
