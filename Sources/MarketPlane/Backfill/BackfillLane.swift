import Contracts

/// One stream of one instrument that is kept whole by REST.
struct BackfillLane {
    /// Which, in the order in which lanes are served: what holds up the most comes first.
    struct ID: Hashable, Comparable {
        enum Stream: Hashable, Comparable {
            case trades
            case kline(minutes: Int)
            case funding
            case openInterest
        }

        let stream: Stream
        let instrument: Instrument

        static func < (left: Self, right: Self) -> Bool {
            (left.stream, left.instrument) < (right.stream, right.instrument)
        }
    }

    typealias Item = StreamJoiner<AnyEvent>.Item

    /// The most that a trade stream's answer has, and some more.
    private static let recentCountMax = 4_096

    var joiner: StreamJoiner<AnyEvent>
    /// When to ask; nil where nothing is to be asked.
    var due: UnixMilliseconds?
    var isAsking = false
    /// A gap has begun while a question was on its way: its answer may be older.
    var isStale = false
    var failureCount = 0
    var askCount = 0
    /// How often holes that nothing waits for were asked for.
    var lateAskCount = 0
    /// Since when something is held.
    var heldSince: UnixMilliseconds?
    /// Whether the trouble of this gap has been told.
    var isTold = false

    init(_ stream: ID.Stream, heldCountMax: Int) {
        let kind: StreamJoiner<AnyEvent>.Kind =
            switch stream {
            case .trades: .identity
            case .kline(let minutes): .step(milliseconds: Self.step(minutes: minutes))
            case .funding, .openInterest: .state
            }
        let recent = stream == .trades ? max(Self.recentCountMax, heldCountMax * 2) : 1
        joiner = StreamJoiner(kind: kind, heldCountMax: heldCountMax, recentCountMax: recent)
    }

    /// Which lane an event belongs to and how it is known there; nil for what is in no lane.
    static func place(
        of event: AnyEvent
    ) -> (id: ID, key: StreamJoiner<AnyEvent>.Key, time: UnixMilliseconds)? {
        switch event {
        case .marketTrade(let trade):
            (ID(stream: .trades, instrument: trade.instrument), .trade(trade.id), trade.exchangeTime)
        case .marketKline(let candle):
            (
                ID(stream: .kline(minutes: candle.minutes), instrument: candle.instrument),
                .time(candle.start), candle.start
            )
        case .marketFunding(let funding):
            (
                ID(stream: .funding, instrument: funding.instrument), .time(funding.exchangeTime),
                funding.exchangeTime
            )
        case .marketOi(let interest):
            (
                ID(stream: .openInterest, instrument: interest.instrument), .time(interest.exchangeTime),
                interest.exchangeTime
            )
        default: nil
        }
    }

    static func item(_ event: AnyEvent) -> Item? {
        place(of: event).map { Item(key: $0.key, time: $0.time, payload: event) }
    }

    /// Months differ in length: there no step tells whether one is missing.
    private static func step(minutes: Int) -> Int64? { minutes == 43_200 ? nil : Int64(minutes) * 60_000 }
}
