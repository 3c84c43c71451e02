import Contracts
import ControlProtocol

/// The answer to the status query: what the planes have published, as of one sequence number.
package struct StatusReport: Sendable {
    package let sequence: UInt64
    let members: [JSONMember]
    let positions: JSONValue
    let strategies: JSONValue
    let risk: [JSONMember]

    init(board: StatusBoard, sequence: UInt64, now: UnixMilliseconds) {
        self.sequence = sequence
        positions = Self.positions(board)
        strategies = Self.strategies(board)
        risk = Self.risk(board)
        let state = board.state
        let connections = (state?.connections ?? []).map { connection -> JSONValue in
            [
                "id": .string(connection.id), "state": .string(connection.state.rawValue),
                "since": .integer(connection.since),
            ]
        }
        let counts = board.counts
        members = [
            JSONMember("lifecycle", .string((state?.lifecycle ?? .starting).rawValue)),
            JSONMember("paused", .bool(state?.isPaused ?? false)),
            JSONMember("mode", .string((state?.mode ?? .paper).rawValue)),
            JSONMember("since", .integer(state?.since ?? now)),
            JSONMember("started", .integer(board.started)),
            JSONMember("now", .integer(now)),
            JSONMember("lastError", state?.lastError.map(JSONValue.string) ?? .null),
            JSONMember("connections", .array(connections)),
            JSONMember("feeds", Self.feeds(board, now: now)),
            JSONMember("clock", Self.clock(board)),
            JSONMember("risk", .object(risk)),
            JSONMember(
                "counts",
                [
                    "events": .unsigned(sequence), "intents": .integer(Int64(counts.intents)),
                    "approved": .integer(Int64(counts.approved)),
                    "rejected": .integer(Int64(counts.rejected)),
                    "orders": .integer(Int64(counts.orders)), "fills": .integer(Int64(counts.fills)),
                    "commands": .integer(Int64(counts.commands)),
                ]
            ),
            JSONMember("account", Self.account(board)),
            JSONMember("positions", positions),
            JSONMember("strategies", strategies),
        ]
    }

    /// The whole answer, with what is known outside the kernel.
    func complete(with outside: OutsideFigures, instance: String, version: String) -> [JSONMember] {
        let journal = outside.journal
        let research = outside.research
        return [JSONMember("instance", .string(instance)), JSONMember("version", .string(version))] + members
            + [
                JSONMember(
                    "journal",
                    [
                        "head": .unsigned(sequence), "written": .unsigned(journal.written),
                        "queued": .integer(Int64(journal.queued)),
                        "refused": .unsigned(outside.refusedEvents),
                        "path": .string(journal.path),
                        "failure": journal.failure.map(JSONValue.string) ?? .null,
                    ]
                ),
                JSONMember(
                    "research",
                    [
                        "vectors": .integer(Int64(research.vectors)),
                        "outcomes": .integer(Int64(research.outcomes)),
                        "drifts": .integer(Int64(research.drifts)),
                    ]
                ),
                JSONMember("marketConnections", .array(outside.connections.map(\.value))),
            ]
    }

    private static func clock(_ board: StatusBoard) -> JSONValue {
        guard let clock = board.clock else { return .null }
        return [
            "offsetMs": .integer(clock.offsetMilliseconds),
            "errorBoundMs": .integer(clock.errorBoundMilliseconds),
        ]
    }

    private static func feeds(_ board: StatusBoard, now: UnixMilliseconds) -> JSONValue {
        .array(
            board.feeds.values.sorted { $0.instrument < $1.instrument }.map { feed in
                [
                    "instrument": .string(feed.instrument.description), "state": .string(feed.state.rawValue),
                    "ageMs": .integer(feed.ageMilliseconds),
                    "exchangeAgeMs": .integer(feed.exchangeAgeMilliseconds),
                    "lagMs": .integer(feed.lagMilliseconds),
                    "since": .integer(feed.meta.ts), "detail": .string(feed.detail),
                ]
            }
        )
    }

    private static func risk(_ board: StatusBoard) -> [JSONMember] {
        let rejected = board.rejections.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { JSONMember($0.key.rawValue, .integer(Int64($0.value))) }
        let risk = board.risk
        let halts = (risk?.halts ?? []).map { halt -> JSONValue in
            [
                "kind": .string(halt.kind.rawValue), "why": .string(halt.why), "since": .integer(halt.since),
                "until": halt.until.map(JSONValue.integer) ?? .null,
            ]
        }
        return [
            JSONMember("state", .string(risk?.isHalted == true ? "halted" : "ok")),
            JSONMember("halts", .array(halts)),
            JSONMember("grossNotional", .string((risk?.grossNotional ?? .zero).description)),
            JSONMember("maxNotional", text(risk) { $0.grossNotionalMax.description }),
            JSONMember("netNotional", text(risk) { $0.netNotional.description }),
            JSONMember("equity", text(risk) { $0.equity?.description }),
            JSONMember("equityPeak", text(risk) { $0.equityPeak?.description }),
            JSONMember("drawdown", text(risk) { $0.drawdown.description }),
            JSONMember("dayLoss", text(risk) { $0.dayLoss.description }),
            JSONMember("maxDayLoss", text(risk) { $0.dayLossMax?.description }),
            JSONMember("lossStreak", .integer(Int64(risk?.lossStreak ?? 0))),
            JSONMember("rejected", .object(rejected)),
        ]
    }

    private static func text(_ risk: RiskState?, _ figure: (RiskState) -> String?) -> JSONValue {
        risk.flatMap(figure).map(JSONValue.string) ?? .null
    }

    private static func strategies(_ board: StatusBoard) -> JSONValue {
        .array(
            board.strategies.sorted { $0.key < $1.key }.map { _, state in
                [
                    "strategy": .string(state.strategy.rawValue),
                    "instrument": .string(state.instrument.description),
                    "version": .integer(Int64(state.version)), "phase": .string(state.phase.rawValue),
                    "enabled": .bool(state.isEnabled), "since": .integer(state.meta.ts),
                    "why": .string(state.why),
                ]
            }
        )
    }

    private static func account(_ board: StatusBoard) -> JSONValue {
        guard let account = board.account else { return .null }
        return [
            "equity": .string(account.equity.description),
            "realisedPnl": .string(account.realisedProfit.description),
            "unrealisedPnl": .string(account.unrealisedProfit.description),
            "fees": .string(account.fees.description), "funding": .string(account.funding.description),
        ]
    }

    private static func positions(_ board: StatusBoard) -> JSONValue {
        .array(
            board.positions.sorted { $0.key < $1.key }.map { _, position in
                let size = (try? position.quantity.magnitude) ?? position.quantity
                return [
                    "instrument": .string(position.instrument.description),
                    "side": .string(
                        position.quantity.isZero ? "flat" : position.quantity.isNegative ? "short" : "long"
                    ),
                    "quantity": .string(size.description),
                    "entry": position.entryPrice.map { .string($0.description) } ?? .null,
                    "mark": position.markPrice.map { .string($0.description) } ?? .null,
                    "unrealisedPnl": .string(position.unrealisedProfit.description),
                    "realisedPnl": .string(position.realisedProfit.description),
                    "fees": .string(position.fees.description),
                    "funding": .string(position.funding.description), "coin": .string(position.coin),
                    "liquidation": position.liquidationPrice.map { .string($0.description) } ?? .null,
                ]
            }
        )
    }
}
