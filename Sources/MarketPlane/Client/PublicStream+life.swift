import BybitProtocol
import Contracts
import EventKernel
import Logging
import NIOCore
import WebSocketTransport

/// The life of a connection: when it is tried, how its death is noticed, and what is said of it.
extension PublicStream {
    /// How often silence and repairs are looked at, at least.
    private static let tickMillisecondsMax: Int64 = 1_000

    /// Connects as soon as the budget that all connections share allows it.
    func schedule(notBefore earliest: Int64) {
        let now = uptime
        let slot = context.budget.reserve(notBefore: earliest, now: now)
        guard slot > now else { return begin() }
        if slot > earliest {
            let budget = context.budget
            fail(
                "connect.slow",
                about: nil,
                "the market feed connects slowly now",
                "\(budget.connectCountMax) tries in \(budget.windowMilliseconds / 1_000) s are allowed",
                retryIn: slot - now
            )
        }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let retry = eventLoop.scheduleTask(in: .milliseconds(slot - now)) { bound.value.begin() }
        phase = .waiting(retry, slot: slot)
    }

    private func begin() {
        endReason = nil
        figures.tryCount += 1
        let address: WebSocketAddress
        do throws(WebSocketError) {
            address = try WebSocketAddress(settings.publicURL + "/" + identity.path)
        } catch {
            phase = .idle
            lastFailure = error.description
            fail(error.code, about: nil, "the market feed has no address", error.description)
            return
        }
        let connection = WebSocketConnection(
            to: address,
            configuration: context.configuration,
            on: eventLoop,
            listener: self
        )
        phase = .connecting(connection)
        connection.connect()
    }

    /// Says once, of each outage, that it has lasted long.
    func watchForLongDown() {
        guard downAlert == nil else { return }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let limit = settings.downAlertMilliseconds
        downAlert = eventLoop.scheduleTask(in: .milliseconds(limit)) {
            let stream = bound.value
            stream.fail(
                "feed.down",
                about: nil,
                "CRITICAL: \(stream.connectionID) has been down for \(limit / 1_000) s",
                stream.lastFailure
            )
        }
    }

    private func startTimers() {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let ping = TimeAmount.milliseconds(settings.pingMilliseconds)
        let shortest = min(settings.silenceMilliseconds, settings.pongMilliseconds)
        let tick = TimeAmount.milliseconds(max(1, min(Self.tickMillisecondsMax, shortest / 4)))
        // The exchange cuts connections whose first ping comes late.
        timers = [
            eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: ping) { _ in
                let stream = bound.value
                stream.pingSentAt = stream.pingSentAt ?? stream.uptime
                stream.send([stream.desk.ping()])
            },
            eventLoop.scheduleRepeatedTask(initialDelay: tick, delay: tick) { _ in bound.value.tick() },
        ]
    }

    private func tick() {
        guard case .open(let connection) = phase else { return }
        let now = uptime
        if now - lastIncomingAt > settings.silenceMilliseconds {
            endReason = .silence
            let why =
                "nothing received for \(now - lastIncomingAt) ms, limit \(settings.silenceMilliseconds) ms"
            return connection.abort(why: why)
        }
        // Data alone shows only that the way here works; the answer to a ping shows both.
        if let pingSentAt, now - pingSentAt > settings.pongMilliseconds {
            endReason = .silence
            let why = "no answer to a ping for \(now - pingSentAt) ms, limit \(settings.pongMilliseconds) ms"
            return connection.abort(why: why)
        }
        request(desk.due(at: now))
        flushMalformed()
        tellDrops()
    }
}

extension PublicStream: WebSocketListener {
    func webSocketDidOpen(_ connection: WebSocketConnection) {
        phase = .open(connection)
        lastIncomingAt = uptime
        pingSentAt = nil
        downAlert?.cancel()
        downAlert = nil
        backoff.opened(at: uptime)
        figures.openCount += 1
        decoder.reset()
        send(desk.opened())
        startTimers()
        context.logger.debug("\(connectionID): open, \(desk.topics.count) topics asked for")
        _ = context.post(
            .marketConnected(
                MarketConnected(
                    meta: meta(),
                    connectionID: connectionID,
                    category: category,
                    attempt: figures.openCount
                )
            )
        )
    }

    func webSocketDidReceive(text: RawSpan) {
        lastIncomingAt = uptime
        read(text)
    }

    func webSocketDidHearFromPeer() { lastIncomingAt = uptime }

    func webSocketDidEnd(_ end: WebSocketEnd) {
        let wasOpen = if case .open = phase { true } else { false }
        for timer in timers { timer.cancel() }
        timers.removeAll()
        giveUpWaiting()
        flushMalformed()
        decoder.reset()
        deepBooks.removeAll()
        phase = .idle
        let delay = isWanted ? backoff.delay(afterEndAt: uptime) : nil
        tell(end, wasOpen: wasOpen, retryIn: delay)
        endReason = nil
        if let delay {
            watchForLongDown()
            schedule(notBefore: uptime + delay)
        }
        let waiters = waiters
        self.waiters.removeAll()
        for waiter in waiters { waiter.succeed() }
    }

    /// One `market:disconnected` for each `market:connected`; a failed try is a `market:error`.
    private func tell(_ end: WebSocketEnd, wasOpen: Bool, retryIn delay: Int64?) {
        context.logger.debug("\(connectionID): ended, \(end)")
        if case .failed(let error) = end {
            if error == .cancelled { return }
            lastFailure = error.description
            fail(
                error.code,
                about: nil,
                "the market feed could not connect",
                error.description,
                retryIn: delay
            )
            return
        }
        guard wasOpen else { return }
        let (reason, detail): (MarketDisconnected.Reason, String) =
            switch end {
            case .closedByUs, .failed: (.requested, whyRequested)
            case .closedByPeer(let code, let text):
                (.closedByPeer, code.map { "close code \($0)" + (text.isEmpty ? "" : ": \(text)") } ?? text)
            case .broken(let why): (.failure, why)
            }
        lastFailure = detail
        _ = context.post(
            .marketDisconnected(
                MarketDisconnected(
                    meta: meta(),
                    connectionID: connectionID,
                    reason: endReason ?? reason,
                    detail: endReason == .requested ? whyRequested : detail,
                    willRetryInMilliseconds: delay
                )
            )
        )
    }
}
