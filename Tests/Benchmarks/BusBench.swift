import Contracts
import EventKernel

/// What a publish costs: the same loop as the peers' bus benches.
///
/// The subscribers read the price; three further topics have a subscriber each that must not be called.
enum BusBench {
    private static let count = 5_000_000

    static func run(_ report: Report) {
        for subscribers in [1, 5] {
            let time = publish(subscribers)
            report.add(.bus, "publish_\(subscribers)sub", time, "ns")
        }
        report.add(.bus, "publish_built_1sub", publishBuilt(), "ns")
        report.add(.bus, "publish_reentrant", publishReentrant(), "ns", more: [("events_per_value", 2)])
        report.add(.bus, "kernel_ingest", ingest(isRecorded: false), "ns")
        report.add(.bus, "kernel_ingest_recorded", ingest(isRecorded: true), "ns")
    }

    /// One event again and again: the bus gives it its number and its time, as Node's loop gives it its time.
    private static func publish(_ subscribers: Int) -> Double {
        let bus = EventBus()
        let sink = subscribe(subscribers, to: bus)
        let event = trade(at: 0)
        return Stopwatch.cpuNanoseconds(per: count) {
            for _ in 0..<count { bus.publish(event) }
            check(sink)
        }
    }

    /// The event is made anew for each publish, as a plane does.
    private static func publishBuilt() -> Double {
        let bus = EventBus()
        let sink = subscribe(1, to: bus)
        return Stopwatch.cpuNanoseconds(per: count) {
            for index in 0..<count { bus.publish(trade(at: Int64(index))) }
            check(sink)
        }
    }

    /// A handler answers each event with another one, which waits in the queue: two events a publish.
    private static func publishReentrant() -> Double {
        let bus = EventBus()
        let sink = Tally()
        bus.on(TradeEvent.self, as: .featureEngine) { [unowned bus] trade in
            bus.publish(
                OpenInterestEvent(
                    meta: trade.meta.answered(by: .analytics),
                    instrument: trade.instrument,
                    exchangeTime: trade.exchangeTime,
                    openInterest: trade.quantity,
                    value: nil
                )
            )
        }
        bus.on(OpenInterestEvent.self, as: .contextBuilder) { interest in
            sink.sum &+= interest.openInterest.units
        }
        var event = trade(at: 0)
        return Stopwatch.cpuNanoseconds(per: count) {
            for index in 0..<count {
                event.meta.ts = Int64(index)
                bus.publish(event)
            }
            check(sink)
        }
    }

    /// The door for events from outside: an erased event, the clock, the timers, then the bus.
    private static func ingest(isRecorded: Bool) -> Double {
        let kernel = Kernel()
        let sink = subscribe(1, to: kernel.bus)
        kernel.every(milliseconds: 1_000, as: .featureEngine) { sink.sum &+= 1 }
        if isRecorded { kernel.bus.record { event, _ in sink.sum &+= Int64(event.meta.seq & 1) } }
        var time = start
        return Stopwatch.cpuNanoseconds(per: count) {
            for index in 0..<count {
                if index % 16 == 0 { time += 1 }
                kernel.ingest(trade(at: time).erased)
            }
            check(sink)
        }
    }

    private static let start: UnixMilliseconds = 1_700_000_000_000

    /// `count` modules on trades and one on each of three other topics.
    private static func subscribe(_ count: Int, to bus: EventBus) -> Tally {
        let sink = Tally()
        let modules: [Module] = [
            .featureEngine, .paperVenue, .positionManager, .strategyManager, .logger,
        ]
        for module in modules.prefix(count) {
            bus.on(TradeEvent.self, as: module) { trade in sink.sum &+= trade.price.units }
        }
        bus.on(TickerEvent.self, as: .featureEngine) { _ in sink.sum &-= 1 }
        bus.on(OrderBookDelta.self, as: .featureEngine) { _ in sink.sum &-= 1 }
        bus.on(KlineEvent.self, as: .featureEngine) { _ in sink.sum &-= 1 }
        return sink
    }

    private static func check(_ sink: Tally) {
        precondition(sink.sum != 0, "the subscribers were called")
    }

    private static func trade(at time: UnixMilliseconds) -> TradeEvent {
        TradeEvent(
            meta: EventMeta(source: .market, ts: time),
            instrument: Samples.instrument,
            exchangeTime: time,
            id: .number(UInt64(truncatingIfNeeded: time)),
            side: .buy,
            price: Price(units: 6_000_000, scale: 2),
            quantity: Quantity(units: 1, scale: 3)
        )
    }
}

/// What the subscribers add to; a plain stored property, as a module's state is.
final class Tally {
    var sum: Int64 = 0
}
