import Contracts
import EventKernel
import Recording

/// Tells Binance's recorded messages of one instrument: trades, books, best bid and ask, mark prices and funding.
///
/// - Shape: files that continue each other, in order; by the recorder's local time. What stands before the first
///   snapshot tells no book.
/// - Errors: a hole in a book is told as `market:health` resyncing; messages that can't be read are counted.
package final class BinanceSource: MarketSource {
    /// Beyond it nobody looks.
    private static let depth = 1_000

    private let instrument: Instrument
    private let contractSize: Int64
    private let from: UnixMilliseconds
    private let to: UnixMilliseconds
    private let sizes: [Double]
    private var paths: ArraySlice<String>
    private var doneBytes = 0.0
    private var reader: RecordingReader?
    private var book = BinanceBook()
    private var ticker = BinanceTicker()
    private var warmUp: WarmUp?
    private var isBroken = false
    private var waiting: [AnyEvent] = []
    private var time: UnixMilliseconds = 0
    /// Messages that could not be read.
    package private(set) var malformedCount = 0
    package private(set) var next = FeedKey.end

    package init(
        _ paths: [String],
        instrument: Instrument,
        contractSize: Int64,
        from: UnixMilliseconds? = nil,
        to: UnixMilliseconds? = nil
    ) throws(DataError) {
        self.instrument = instrument
        self.contractSize = contractSize
        self.from = from ?? .min
        self.to = to ?? .max
        self.paths = paths[...]
        sizes = paths.map { Double(FileSize.bytes(of: $0)) }
        warmUp = from == nil ? nil : WarmUp()
        try fill()
    }

    package var weight: Double { max(1, sizes.reduce(0, +)) }
    package var progress: Double {
        next == .end ? 1 : min(1, (doneBytes + Double(reader?.fileOffset ?? 0)) / weight)
    }

    package func tell(until bound: FeedKey, countMax: Int, to kernel: Kernel) throws(DataError) -> Int {
        var count = 0
        while next <= bound, count < countMax {
            for event in waiting { kernel.ingest(event) }
            count += waiting.count
            try fill()
        }
        return count
    }

    /// What is told next.
    var waitingEvents: some Sequence<AnyEvent> { waiting }

    /// Leaves out what is told next.
    func skip() throws(DataError) { try fill() }

    private func fill() throws(DataError) {
        waiting.removeAll(keepingCapacity: true)
        while waiting.isEmpty {
            guard let frame = try nextFrame(), time < to else {
                next = .end
                return
            }
            time = max(time, frame.receivedNanoseconds / 1_000_000)
            guard time < to else { continue }
            take(frame)
        }
        next = FeedKey(time, .trading)
    }

    private func take(_ frame: RecordedFrame) {
        guard let message = BinanceMessage(Array(frame.bytes)) else {
            malformedCount += 1
            return
        }
        let events = events(of: message)
        guard time >= from else {
            for event in events { warmUp?.note(event) }
            return
        }
        if let before = warmUp?.finish(at: time) {
            warmUp = nil
            waiting += before
        }
        waiting += events
    }

    private func events(of message: BinanceMessage) -> [AnyEvent] {
        let meta = EventMeta(source: .market, ts: time)
        switch message {
        case .snapshot(let updateID, let levels, let bidCount):
            book.begin(at: updateID)
            let delta = delta(meta, time, true, updateID, levels, bidCount)
            defer { isBroken = false }
            return isBroken ? [health(.fresh, "whole again by a snapshot", meta), delta] : [delta]
        case .depth(let depth):
            switch book.judge(depth) {
            case .tell: return [delta(meta, depth.time, false, depth.last, depth.levels, depth.bidCount)]
            case .ignore: return []
            case .gap(let expected, let got):
                isBroken = true
                return [health(.resyncing, "update \(got) came where one after \(expected) was due", meta)]
            }
        case .trade(let id, let exchangeTime, let price, let quantity, let buyerIsMaker):
            return [
                TradeEvent(
                    meta: meta,
                    instrument: instrument,
                    exchangeTime: exchangeTime,
                    id: .number(id),
                    side: buyerIsMaker ? .sell : .buy,
                    price: price,
                    quantity: sized(quantity)
                ).erased
            ]
        case .touch(let bid, let ask):
            ticker.bid = BookLevel(price: bid.price, size: sized(bid.size))
            ticker.ask = BookLevel(price: ask.price, size: sized(ask.size))
            return [ticker.event(meta, instrument).erased]
        case .mark(let price, let index, let rate, let nextFunding):
            (ticker.mark, ticker.index) = (price, index)
            let funding = ticker.funding(rate, nextFunding, meta, instrument)
            return [ticker.event(meta, instrument).erased] + (funding.map { [$0.erased] } ?? [])
        case .other: return []
        }
    }

    private func delta(
        _ meta: EventMeta,
        _ exchangeTime: UnixMilliseconds,
        _ isSnapshot: Bool,
        _ updateID: UInt64,
        _ levels: ContiguousArray<BookLevel>,
        _ bidCount: Int
    ) -> AnyEvent {
        let sized =
            contractSize == 1
            ? levels
            : ContiguousArray(levels.map { BookLevel(price: $0.price, size: self.sized($0.size)) })
        return OrderBookDelta(
            meta: meta,
            instrument: instrument,
            exchangeTime: exchangeTime,
            depth: Self.depth,
            isSnapshot: isSnapshot,
            updateID: updateID,
            levels: sized,
            bidCount: bidCount
        ).erased
    }

    private func health(_ state: FeedHealth.State, _ detail: String, _ meta: EventMeta) -> AnyEvent {
        FeedHealth(
            meta: meta,
            instrument: instrument,
            state: state,
            ageMilliseconds: 0,
            lagMilliseconds: 0,
            detail: detail
        ).erased
    }

    /// In contracts of 1 USD where the exchange's are larger.
    private func sized(_ quantity: Quantity) -> Quantity {
        let (units, overflows) = quantity.units.multipliedReportingOverflow(by: contractSize)
        return overflows ? quantity : Quantity(units: units, scale: quantity.scale)
    }

    private func nextFrame() throws(DataError) -> RecordedFrame? {
        do throws(RecordingError) {
            while true {
                if let frame = try reader?.nextFrame() { return frame }
                if reader != nil { doneBytes += sizes[sizes.count - paths.count - 1] }
                guard let path = paths.popFirst() else {
                    reader = nil
                    return nil
                }
                reader = try RecordingReader(path: path)
            }
        } catch {
            throw DataError(error, reader?.path ?? "")
        }
    }
}
