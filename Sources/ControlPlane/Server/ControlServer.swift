import Contracts
import ControlProtocol
import Dispatch
import Glibc
import Logging
import NIOCore
import NIOPosix
import Systemd

/// Serves the control socket: greets, answers, streams; turns commands into events and decides nothing.
///
/// Confined to its event loop. A slow or hostile client costs nobody else anything: every line, queue, rate and wait
/// has the bound that ``ControlLimits`` names.
package final class ControlServer {
    let loop: any EventLoop
    let services: ControlServices
    let identity: ControlIdentity
    private let socket: ControlSocket
    private let policy: RolePolicy
    private let feed: EventFeed
    private let logger: Logger
    private var acceptor: (any DispatchSourceRead)?
    private var connections: [Int: ControlConnection] = [:]
    private var lastConnection = 0
    private var quotas: [UInt32: RequestQuota] = [:]
    private var ledger = CommandLedger()
    private var waiting: [CommandKey: [(connection: Int, request: String)]] = [:]
    private var heartbeat: RepeatedTask?
    private var explanationCount = 0
    private var delivered: UInt64 = 0
    /// The newest event that the kernel has settled.
    var sequence: UInt64 { max(delivered, feed.sequence) }

    private init(
        socket: ControlSocket,
        policy: RolePolicy,
        feed: EventFeed,
        identity: ControlIdentity,
        services: ControlServices,
        logger: Logger,
        loop: any EventLoop
    ) {
        self.socket = socket
        self.policy = policy
        self.feed = feed
        self.identity = identity
        self.services = services
        self.logger = logger
        self.loop = loop
    }

    /// Starts serving on `loop`.
    package static func start(
        socket: ControlSocket,
        policy: RolePolicy,
        feed: EventFeed,
        identity: ControlIdentity,
        services: ControlServices,
        logger: Logger,
        loop: any EventLoop
    ) async throws -> ControlServerHandle {
        try await loop.submit {
            let server = ControlServer(
                socket: socket,
                policy: policy,
                feed: feed,
                identity: identity,
                services: services,
                logger: logger,
                loop: loop
            )
            let bound = NIOLoopBound(server, eventLoop: loop)
            server.listen(bound)
            return ControlServerHandle(server: bound, loop: loop)
        }.get()
    }

    private func listen(_ bound: NIOLoopBound<ControlServer>) {
        feed.onDelivery { [loop] in loop.execute { bound.value.deliver() } }
        let (descriptor, logger, loop) = (socket.descriptor, logger, loop)
        // Accepting by hand gives the descriptor while its peer can still be asked for its credentials.
        let acceptor = DispatchSource.makeReadSource(
            fileDescriptor: descriptor,
            queue: DispatchQueue(label: "control-accept")
        )
        acceptor.setEventHandler {
            while true {
                let peer = accept(descriptor, nil, nil)
                guard peer >= 0 else { return }
                _ = fcntl(peer, F_SETFD, FD_CLOEXEC)
                _ = fcntl(peer, F_SETFL, O_NONBLOCK)
                do {
                    let credentials = try PeerCredentials(ofSocket: peer)
                    loop.execute { bound.value.adopt(peer, credentials, bound) }
                } catch {
                    logger.warning("control connection refused: \(error)", metadata: ["plane": "control"])
                    close(peer)
                }
            }
        }
        acceptor.setCancelHandler { close(descriptor) }
        acceptor.resume()
        self.acceptor = acceptor
        let pause = TimeAmount.seconds(Int64(ControlLimits.heartbeatSeconds))
        heartbeat = loop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { _ in
            let server = bound.value
            for connection in server.connections.values { connection.beat(server.sequence) }
        }
    }

    fileprivate func stop() {
        heartbeat?.cancel()
        acceptor?.cancel()
        acceptor = nil
        socket.remove()
        for connection in connections.values { connection.end() }
    }

    private func adopt(_ descriptor: Int32, _ peer: PeerCredentials, _ bound: NIOLoopBound<ControlServer>) {
        let ofUser = connections.values.count { $0.actor.uid == peer.userID }
        guard let role = policy.role(of: peer) else {
            logger.notice(
                "control connection refused: uid \(peer.userID) is in no tradebot group",
                metadata: MessageID.authDenied.metadata.merging(["plane": "control"]) { $1 }
            )
            return refuse(descriptor, .denied, "You (uid \(peer.userID)) are in no tradebot group.")
        }
        guard connections.count < ControlLimits.connectionsMax, ofUser < ControlLimits.connectionsPerUserMax
        else {
            return refuse(descriptor, .busy, "Too many control connections: close one and try again.")
        }
        lastConnection += 1
        let actor = Actor(
            uid: peer.userID,
            gid: peer.groupID,
            pid: peer.processID,
            role: role,
            name: UserName.of(peer.userID)
        )
        let connection = ControlConnection(number: lastConnection, actor: actor, server: self)
        connections[lastConnection] = connection
        let number = lastConnection
        let handler = NIOLoopBound(connection, eventLoop: loop)
        ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(handler.value)
                }
            }
            .withConnectedSocket(descriptor)
            .whenFailure { _ in bound.value.forget(number) }
    }

    /// Says why, once, and closes; the socket's buffer is empty, so the line always fits.
    private func refuse(_ descriptor: Int32, _ code: ErrorCode, _ message: String) {
        let line = ServerFrame.error(id: nil, ControlError(code, message)).encodedLine()
        _ = unsafe line.withUnsafeBytes {
            unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        close(descriptor)
    }

    // MARK: What connections ask

    func forget(_ number: Int) {
        connections.removeValue(forKey: number)
        renewWanted()
    }

    /// Tells the feed which topics somebody wants.
    func renewWanted() {
        feed.setWanted(Topic.allCases.filter { topic in connections.values.contains { $0.wants(topic) } })
    }

    func takeRead(_ user: UInt32) -> Bool { quotas[user, default: RequestQuota()].takeRead(at: .now()) }

    func takeWrite(_ user: UInt32) -> Bool { quotas[user, default: RequestQuota()].takeWrite(at: .now()) }

    /// Whether one more chain may be looked up in the journal; ``endExplanation()`` follows then.
    func beginExplanation() -> Bool {
        guard explanationCount < ControlLimits.explanationsMax else { return false }
        explanationCount += 1
        return true
    }

    func endExplanation() { explanationCount -= 1 }

    /// Acts on one command, once for each key; answers by way of the outcome.
    func act(
        _ key: CommandKey,
        _ command: Contracts.ControlCommand.Command,
        reason: String?,
        request: String,
        from connection: ControlConnection
    ) {
        let actor = connection.actor
        switch ledger.decide(key, user: actor.uid, command: command, reason: reason) {
        case .repeatAnswer(let body): connection.send(body.frame(id: request))
        case .refuse:
            connection.refuse(
                request,
                ControlError(.keyReused, "This key was used for another command; nothing was done.")
            )
        case .wait: awaitOutcome(of: key, request, connection)
        case .act:
            awaitOutcome(of: key, request, connection)
            services.post(
                Contracts.ControlCommand(
                    meta: EventMeta(source: .cli, ts: services.now(), correlationID: .command(key)),
                    command: command,
                    actor: actor,
                    reason: reason
                )
            )
        }
    }

    private func awaitOutcome(of key: CommandKey, _ request: String, _ connection: ControlConnection) {
        waiting[key, default: []].append((connection.number, request))
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: .seconds(Int64(ControlLimits.answerSeconds))) {
            bound.value.giveUp(key)
        }
    }

    private func giveUp(_ key: CommandKey) {
        for (number, request) in waiting.removeValue(forKey: key) ?? [] {
            connections[number]?.refuse(
                request,
                ControlError(
                    .outcomeUnknown,
                    "The command was accepted, its outcome is not known yet.",
                    hint: "botctl status; the same key asks again",
                    isRetryable: true
                )
            )
        }
    }

    // MARK: What the kernel says

    private func deliver() {
        let delivery = feed.take()
        delivered = max(delivered, delivery.sequence)
        for connection in connections.values { connection.note(lost: delivery.lost) }
        for event in delivery.events {
            delivered = max(delivered, event.meta.seq)
            if case .controlOutcome(let outcome) = event { settle(outcome) }
            stream(event)
        }
        for connection in connections.values { connection.flush() }
    }

    private func stream(_ event: AnyEvent) {
        var line: [UInt8]?
        for connection in connections.values where connection.wants(event.topic) {
            if line == nil {
                var payload: [UInt8] = []
                guard (try? EventJSON.encode(event, into: &payload)) != nil else { return }
                line = ServerFrame.event(
                    sequence: event.meta.seq,
                    topic: event.topic.rawValue,
                    payload: .encoded(payload)
                ).encodedLine()
            }
            if let line { connection.offer(line, sequence: event.meta.seq) }
        }
    }

    /// An answer is a promise, so it waits until the disk has what it promises.
    private func settle(_ outcome: CommandOutcome) {
        guard case .command(let key)? = outcome.meta.correlationID else { return }
        let (bound, loop) = (NIOLoopBound(self, eventLoop: loop), loop)
        services.whenKept(outcome.meta.seq) { isKept in
            loop.execute { bound.value.settle(key, outcome, isKept: isKept) }
        }
    }

    private func settle(_ key: CommandKey, _ outcome: CommandOutcome, isKept: Bool) {
        let body: ServerFrame.Body
        if !isKept {
            body = .error(
                ControlError(
                    .internalFailure,
                    "The journal's disk has failed: what was commanded may be lost with this process.",
                    hint: "botctl status, once the daemon is back",
                    sequence: outcome.meta.seq
                )
            )
        } else if outcome.isAccepted {
            body = .ok([
                "seq": .unsigned(outcome.meta.seq), "command": .string(outcome.command),
                "by": .string(outcome.by),
                "changed": .bool(outcome.changed), "message": .string(outcome.message),
            ])
        } else {
            body = .error(
                ControlError(
                    ErrorCode(rawValue: outcome.code ?? "internal"),
                    outcome.message,
                    sequence: outcome.meta.seq
                )
            )
        }
        ledger.settle(key, with: body)
        for (number, request) in waiting.removeValue(forKey: key) ?? [] {
            connections[number]?.send(body.frame(id: request))
        }
    }
}

/// A running control server, for those outside its event loop.
package struct ControlServerHandle: Sendable {
    fileprivate let server: NIOLoopBound<ControlServer>
    fileprivate let loop: any EventLoop

    /// Closes every connection, the socket and its path.
    package func stop() async throws {
        try await loop.submit { server.value.stop() }.get()
    }
}
