import NIOCore

/// Makes faults happen.
extension SimulatorCore {
    func inject(_ fault: Fault) {
        options.notice("fault: \(fault)")
        switch fault {
        case .drop, .reset, .halfOpen, .blackHole, .silence, .refuse, .restart, .tls, .reject:
            breakConnections(fault)
        case .stall, .garbage, .slow, .delay, .lose, .duplicate, .reorder: breakMessages(fault)
        case .gap, .crossed, .renumber, .freeze, .freezeSymbol, .stale, .maintenance: breakData(fault)
        case .rest(let rest, let length): faults.breakRest(rest, for: length.amount)
        }
    }

    /// Cuts every connection when all that was said is sent, and begins all books anew.
    func restart(for length: Duration) {
        faults.turnOn(.refuse, for: length.amount)
        flush()
        for session in sessions.values { session.retire() }
        exchange.startBooksOver()
    }

    private func breakConnections(_ fault: Fault) {
        switch fault {
        case .drop(let refusing):
            if refusing > .zero { faults.turnOn(.refuse, for: refusing.amount) }
            for session in sessions.values { session.cut() }
        case .reset(let refusing):
            if refusing > .zero { faults.turnOn(.refuse, for: refusing.amount) }
            for session in sessions.values { session.reset() }
        case .halfOpen:
            for session in sessions.values { session.die() }
        case .blackHole(let length):
            faults.turnOn(.blackHole, for: length.amount)
            for session in sessions.values { session.die() }
        case .silence(let length):
            for session in sessions.values { session.mute(for: length.amount) }
        case .refuse(let length): faults.turnOn(.refuse, for: length.amount)
        case .restart(let length): restart(for: length)
        case .tls(let kind, let length): faults.breakTLS(kind, for: length.amount)
        case .reject(let length): faults.turnOn(.reject, for: length.amount)
        default: break
        }
    }

    private func breakMessages(_ fault: Fault) {
        switch fault {
        case .garbage(let length):
            sendGarbage()
            for second in stride(from: 1, through: length.amount.nanoseconds / 1_000_000_000, by: 1) {
                later(.seconds(second)) { core in core.sendGarbage() }
            }
        case .stall(let length):
            faults.turnOn(.stall, for: length.amount)
            release(until: length.amount, every: SimulatorCore.releasePause)
        case .slow(let pause, let length):
            faults.turnOn(.slow, for: length.amount)
            release(until: length.amount, every: max(pause.amount, .milliseconds(1)))
        case .delay(let by, let length):
            faults.delay(by: by.amount, for: length.amount)
            release(until: length.amount + by.amount, every: SimulatorCore.releasePause)
        case .lose(let length): faults.turnOn(.lose, for: length.amount)
        case .duplicate(let length): faults.turnOn(.duplicate, for: length.amount)
        case .reorder(let length):
            faults.turnOn(.reorder, for: length.amount)
            release(until: length.amount, every: length.amount)
        default: break
        }
    }

    private func breakData(_ fault: Fault) {
        switch fault {
        case .gap: exchange.loseNextBookUpdates()
        case .crossed: exchange.crossNextBookUpdates()
        case .renumber: exchange.startBooksOver()
        case .freeze(let length):
            faults.turnOn(.freeze, for: length.amount)
            later(length.amount) { core in core.goOn() }
        case .freezeSymbol(let symbol, let length):
            for market in exchange.markets where market.spec.symbol == symbol { market.freeze() }
            later(length.amount) { core in
                for market in core.exchange.markets where market.spec.symbol == symbol { market.thaw() }
            }
        case .stale(let length):
            exchange.stamps.heldAtMs = exchange.stamps.heldAtMs ?? exchange.nowMs
            later(length.amount) { core in core.exchange.stamps.heldAtMs = nil }
        case .maintenance(let length): maintain(for: length)
        default: break
        }
    }

    private func maintain(for length: Duration) {
        let lengthMs = length.amount.nanoseconds / 1_000_000
        let number = exchange.notices.begin(atMs: exchange.nowMs, lengthMs: lengthMs)
        for market in exchange.markets {
            market.status = "Closed"
            market.freeze()
        }
        flush()
        later(length.amount) { core in
            for market in core.exchange.markets {
                market.status = "Trading"
                market.thaw()
            }
            core.exchange.notices.complete(number, atMs: core.exchange.nowMs)
            core.flush()
        }
    }

    /// Looks after held back messages until the fault is over, and once more then.
    private func release(until length: TimeAmount, every pause: TimeAmount) {
        let end = NIODeadline.now() + length
        let core = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { task in
            let core = core.value
            let isOver = NIODeadline.now() >= end
            if isOver { task.cancel() }
            for session in core.sessions.values { session.release() }
            if isOver { core.goOn() }
        }
    }
}
