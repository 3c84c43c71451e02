/// Unix time in milliseconds, as on the bus and at the exchange.
@usableFromInline package typealias UnixMilliseconds = Int64

/// What every event carries: who said it, when, and what it follows from.
///
/// - Units: `ts` in Unix milliseconds of the kernel's clock; `seq` counts from 1 without a gap.
/// - Order: the bus sets `seq` and `ts`; a publisher sets only `source` and `correlationID`.
@frozen @usableFromInline package struct EventMeta: Hashable, Sendable, Codable {
    /// Who speaks, in the canon's words.
    @frozen @usableFromInline package enum Source: String, Codable, Hashable, Sendable, CaseIterable {
        case cli, telegram, system, market, analytics, strategy, risk, trading, storage, research
    }

    /// The event's place in the one total order; 0 until the bus has numbered it.
    @usableFromInline package var seq: UInt64
    /// When, in Unix milliseconds: a root event brings it, the bus sets it on all others.
    @usableFromInline package var ts: UnixMilliseconds
    @usableFromInline package let source: Source
    @usableFromInline package let correlationID: CorrelationID?

    @inlinable package init(source: Source, ts: UnixMilliseconds = 0, correlationID: CorrelationID? = nil) {
        self.seq = 0
        self.ts = ts
        self.source = source
        self.correlationID = correlationID
    }

    /// The meta of an answer: another source, the same correlation.
    @inlinable package func answered(by source: Source) -> EventMeta {
        EventMeta(source: source, ts: ts, correlationID: correlationID)
    }

    private enum CodingKeys: String, CodingKey {
        case seq, ts, source
        case correlationID = "correlationId"
    }
}
