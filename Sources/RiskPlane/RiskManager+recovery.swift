import Contracts
import EventKernel

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension RiskManager {
    /// Answers the operator's `risk_reset`.
    func reset(on command: ControlCommand) throws(RiskStateError) {
        let ended = chain.book.reset()
        let left = chain.book.halts.list.map { "\($0.kind.rawValue) ends by itself: \($0.why)" }
        let message =
            ended.isEmpty
            ? "nothing to reset" : "reset: " + ended.map(\.kind.rawValue).joined(separator: ", ")
        bus.publish(
            CommandOutcome(
                answering: command,
                isAccepted: !ended.isEmpty,
                changed: !ended.isEmpty,
                code: ended.isEmpty ? "risk.not_halted" : nil,
                message: ([message] + left).joined(separator: "; ")
            )
        )
        try followHalts()
    }

    /// Takes over what was kept of risk.
    func recover(_ step: StateRecovery.Step) throws {
        switch step {
        case .requested: (areOrdersRestored, keptAt) = (false, nil)
        case .restored(part: .execution, version: _, body: _, asOf: _): areOrdersRestored = true
        case .restored(part: .risk, let version, let body, asOf: _): try recover(body, version)
        case .ordersLost(_, let placed):
            areOrdersRestored = false
            for time in placed where time > keptAt ?? .min { chain.book.rate.note(at: time, limits) }
        // Orders that nobody follows any more were the paper venue's, and are gone with it.
        case .done: if !areOrdersRestored { try chain.book.forgetOrders(at: bus.now) }
        case .restored, .failed: break
        }
    }

    private func recover(_ body: String, _ version: Int) throws {
        do {
            try restore(body, version)
        } catch {
            // Nobody knows which halts were in force: fail closed, and say so.
            chain.book.halts.begin(.stateLost, since: bus.now, error.why)
            try followHalts()
            throw error
        }
        keptHalts = chain.book.halts.kinds.filter(\.isKept)
        try followHalts()
    }

    private func restore(_ body: String, _ version: Int) throws(RiskStateError) {
        guard version == RiskBody.version else { throw .version(version, known: RiskBody.version) }
        do {
            let kept = try JSONDecoder().decode(RiskBody.self, from: Data(body.utf8))
            try chain.book.restore(kept, at: bus.now)
            keptAt = kept.now
        } catch {
            throw .unreadable(why: String(describing: error))
        }
    }

    /// Has the whole state kept.
    func keep(_ meta: EventMeta) throws(RiskStateError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do {
            let body = String(decoding: try encoder.encode(chain.book.body(at: bus.now)), as: UTF8.self)
            keptHalts = chain.book.halts.kinds.filter(\.isKept)
            bus.publish(
                StateSnapshot(meta: meta, part: .risk, version: RiskBody.version, body: body)
            )
        } catch {
            throw .unwritable(why: String(describing: error))
        }
    }
}
