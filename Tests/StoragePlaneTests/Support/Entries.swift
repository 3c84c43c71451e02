import Contracts
import EventKernel
import StoragePlane
import TestKit

/// The events as a bus that goes on after `head` numbers them.
func numbered(_ events: [AnyEvent], after head: UInt64 = 0) -> [JournalEntry] {
    let kernel = Kernel()
    kernel.bus.resume(after: head)
    var entries: [JournalEntry] = []
    kernel.bus.record { event, isRoot in entries.append(JournalEntry(event: event, isRoot: isRoot)) }
    for event in events { kernel.ingest(event) }
    return entries
}

/// `count` timer events after `head`.
func clocks(_ count: Int, after head: UInt64 = 0, at time: UnixMilliseconds = dayStart) -> [JournalEntry] {
    let events = (0..<count).map { index in
        ClockEvent(meta: EventMeta(source: .system, ts: time + Int64(head) + Int64(index))).erased
    }
    return numbered(events, after: head)
}

/// The same entries in batches, as they come from a kernel.
func pieces(_ entries: [JournalEntry], of count: Int = 50) -> [[JournalEntry]] {
    stride(from: 0, to: entries.count, by: count).map {
        Array(entries[$0..<min($0 + count, entries.count)])
    }
}

/// Events that something leaves the process for.
func states(_ count: Int, after head: UInt64 = 0, at time: UnixMilliseconds = dayStart) -> [JournalEntry] {
    let events = (0..<count).map { index in
        ControlState(
            meta: EventMeta(source: .system, ts: time + Int64(index)),
            lifecycle: .running,
            isPaused: false,
            mode: .paper,
            since: time
        ).erased
    }
    return numbered(events, after: head)
}

/// A day of a small market: mostly trades, and now and then an intent with what follows from it.
func mixed(_ count: Int, after head: UInt64 = 0, at time: UnixMilliseconds = dayStart) -> [JournalEntry] {
    let kernel = Kernel()
    kernel.bus.resume(after: head)
    var entries: [JournalEntry] = []
    kernel.bus.record { event, isRoot in entries.append(JournalEntry(event: event, isRoot: isRoot)) }
    var index: Int64 = 0
    while entries.count < count {
        index += 1
        let ts = time + index * 10
        switch index % 10 {
        case 0: kernel.ingest(TradeLoop.intent(kernel.bus.nextSequence, ts))
        case 5: kernel.ingest(TradeLoop.order(ts))
        default: kernel.ingest(TradeLoop.trade(UInt64(index), ts))
        }
    }
    return entries
}

private enum TradeLoop {
    static let instrument: Instrument = {
        guard let instrument = Instrument("linear:BTCUSDT") else { preconditionFailure("it is one") }
        return instrument
    }()

    static func trade(_ number: UInt64, _ ts: UnixMilliseconds) -> TradeEvent {
        guard let id = TradeID(String(number)) else { preconditionFailure("a number is an id") }
        return TradeEvent(
            meta: EventMeta(source: .market, ts: ts),
            instrument: instrument,
            exchangeTime: ts,
            id: id,
            side: .buy,
            price: Price(units: 6_000_010, scale: 2),
            quantity: Quantity(units: Int64(number), scale: 3),
            isBlockTrade: false
        )
    }

    static func intent(_ number: UInt64, _ ts: UnixMilliseconds) -> StrategyIntent {
        StrategyIntent(
            meta: EventMeta(source: .strategy, ts: ts, correlationID: .intent(number)),
            instrument: instrument,
            strategy: StrategyID("ema-cross"),
            version: 1,
            target: Money(units: 100, scale: 0),
            referencePrice: Price(units: 6_000_010, scale: 2),
            slippageMax: Ratio(units: 1, scale: 3),
            expires: ts + 1_000,
            reason: "cross"
        )
    }

    static func order(_ ts: UnixMilliseconds) -> ErrorEvent {
        ErrorEvent(
            meta: EventMeta(source: .system, ts: ts, correlationID: .intent(9)),
            module: .kernelHost,
            severity: .warning,
            code: "a.b",
            what: "c",
            why: "d",
            next: "e"
        )
    }
}

/// Midnight, UTC, of some day.
let dayStart: UnixMilliseconds = 1_699_920_000_000
let dayMilliseconds: Int64 = 86_400_000
