import Contracts
import Dispatch
import EventKernel

/// Why a handler of a test fails.
struct Failure: Error, CustomStringConvertible {
    var description = "on purpose"
}

func clock(_ time: UnixMilliseconds) -> ClockEvent { ClockEvent(meta: EventMeta(source: .system, ts: time)) }

func note(
    _ text: String,
    correlation: CorrelationID? = nil,
    at time: UnixMilliseconds = 0
) -> MarketDisconnectRequest {
    MarketDisconnectRequest(meta: EventMeta(source: .system, ts: time, correlationID: correlation), why: text)
}

func trade(_ number: UInt64, at time: UnixMilliseconds = 1) -> TradeEvent {
    guard let instrument = Instrument("linear:BTCUSDT") else { preconditionFailure("it is an instrument") }
    return TradeEvent(
        meta: EventMeta(source: .market, ts: time),
        instrument: instrument,
        exchangeTime: time,
        id: .number(number),
        side: .buy,
        price: 1,
        quantity: 1
    )
}

func outcome(_ text: String) -> ConfigApplied {
    ConfigApplied(meta: EventMeta(source: .system), oldHash: nil, newHash: text)
}

/// A serial executor on a queue of its own: no event loop needed.
final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "kernel-under-test")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedSerialExecutor()
        queue.async { unsafe job.runSynchronously(on: executor) }
    }
}
