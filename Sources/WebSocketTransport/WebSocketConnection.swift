import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// One client connection, from the name's resolution to the socket's end.
///
/// Belongs to its event loop: made there, used there, never handed elsewhere.
///
/// - Shape: text messages in and out; pings are answered, fragments joined, close frames returned.
/// - Errors: ``WebSocketEnd``, by ``WebSocketListener/webSocketDidEnd(_:)``, exactly once.
package final class WebSocketConnection {
    private static let normalClosure: UInt16 = 1_000

    private enum State {
        case idle
        case connecting
        case open(any Channel)
        case over
    }

    let address: WebSocketAddress
    let configuration: WebSocketConfiguration
    package let eventLoop: any EventLoop
    private var listener: (any WebSocketListener)?
    private var state = State.idle
    /// Sockets under way: a name may have several addresses, of which the first to answer wins.
    private var candidates: [any Channel] = []
    private var deadline: Scheduled<Void>?
    /// Why it will be over, known before the socket is closed.
    private var pendingEnd: WebSocketEnd?

    package init(
        to address: WebSocketAddress,
        configuration: WebSocketConfiguration,
        on eventLoop: any EventLoop,
        listener: any WebSocketListener
    ) {
        eventLoop.preconditionInEventLoop()
        self.address = address
        self.configuration = configuration
        self.eventLoop = eventLoop
        self.listener = listener
    }

    /// Begins to connect; the listener hears how it goes.
    package func connect() {
        guard case .idle = state else { return }
        state = .connecting
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let limit = configuration.connectMilliseconds
        deadline = eventLoop.scheduleTask(in: .milliseconds(limit)) {
            bound.value.fail(.timeout(milliseconds: limit))
        }
        ClientBootstrap(group: eventLoop)
            .connectTimeout(.milliseconds(limit))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(
                .recvAllocator,
                value: FixedSizeRecvByteBufferAllocator(capacity: configuration.receiveBytes)
            )
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try bound.value.prepare(channel) }
            }
            .connect(host: address.host, port: address.port)
            .assumeIsolated()
            .whenFailure { error in self.fail(self.reason(of: error)) }
    }

    /// Sends one text message; without effect unless the connection is open.
    package func send(text: String) {
        guard case .open(let channel) = state else { return }
        write(.text, text.utf8, on: channel)
    }

    /// Ends the connection: with a bounded close handshake where it is open, at once where it is not yet.
    package func close() {
        switch state {
        case .idle, .connecting: fail(.cancelled)
        case .open(let channel):
            guard pendingEnd == nil else { return }
            pendingEnd = .closedByUs
            write(.close, FrameText.close(code: Self.normalClosure), on: channel)
            deadline = eventLoop.scheduleTask(in: .milliseconds(configuration.closeMilliseconds)) {
                channel.close(promise: nil)
            }
        case .over: break
        }
    }

    /// Ends the connection without a word: for a peer that no longer answers.
    package func abort(why: String) {
        guard case .open(let channel) = state else { return close() }
        if pendingEnd == nil { pendingEnd = .broken(why: why) }
        channel.close(promise: nil)
    }

    // MARK: What the handlers of the pipeline tell

    /// Builds one candidate's pipeline: TLS, the HTTP upgrade, and from then on WebSocket.
    private func prepare(_ channel: any Channel) throws {
        guard case .connecting = state else { throw WebSocketError.cancelled }
        candidates.append(channel)
        let pipeline = channel.pipeline.syncOperations
        if address.isSecure {
            guard let trust = configuration.trust else {
                throw WebSocketError.tls(.trust, why: "no certificates are trusted")
            }
            // An address can't be a server name; the certificate must then be for that very address.
            let name = address.isNumericHost ? nil : address.host
            try pipeline.addHandler(NIOSSLClientHandler(context: trust.context, serverHostname: name))
        }
        let handshake = HandshakeHandler(connection: self)
        let bound = NIOLoopBound((self, handshake), eventLoop: eventLoop)
        let upgrader = Upgrader { channel in
            channel.eventLoop.makeCompletedFuture {
                let (connection, handshake) = bound.value
                try connection.switchOver(channel, from: handshake)
            }
        }
        // What comes with the answer to the upgrade is the first message: it must not be lost.
        try pipeline.addHTTPClientHandlers(
            leftOverBytesStrategy: .forwardBytes,
            withClientUpgrade: (upgraders: [upgrader], completionHandler: { _ in })
        )
        try pipeline.addHandler(handshake)
    }

    private func switchOver(_ channel: any Channel, from handshake: HandshakeHandler) throws {
        guard case .connecting = state else { throw WebSocketError.cancelled }
        let pipeline = channel.pipeline.syncOperations
        pipeline.removeHandler(handshake, promise: nil)
        try pipeline.addHandler(MessageHandler(connection: self))
        try pipeline.addHandler(ReadModerator(), position: .first)
        deadline?.cancel()
        deadline = nil
        state = .open(channel)
        candidates.removeAll()
        listener?.webSocketDidOpen(self)
    }

    func received(text: RawSpan) { listener?.webSocketDidReceive(text: text) }
    func heardFromPeer() { listener?.webSocketDidHearFromPeer() }

    /// The peer's close frame: answered once, and the socket is closed behind the answer.
    func receivedClose(code: UInt16?, reason: String) {
        guard case .open(let channel) = state else { return }
        if pendingEnd == nil {
            pendingEnd = .closedByPeer(code: code, reason: reason)
            write(.close, FrameText.close(code: code ?? Self.normalClosure), on: channel)
        }
        channel.close(promise: nil)
    }

    /// Something on an open connection broke: it is told why and closed.
    func broke(_ why: String, code: UInt16?) {
        guard case .open(let channel) = state else { return }
        if pendingEnd == nil {
            pendingEnd = .broken(why: why)
            if let code { write(.close, FrameText.close(code: code), on: channel) }
        }
        channel.close(promise: nil)
    }

    /// The open connection's socket is closed: the one place where it ends.
    func closed() {
        guard case .open = state else { return }
        finish(pendingEnd ?? .closedByPeer(code: nil, reason: "the connection was cut without a close"))
    }

    /// A connection that is not open yet comes to nothing.
    func fail(_ error: WebSocketError) {
        switch state {
        case .idle, .connecting: break
        case .open, .over: return
        }
        let sockets = candidates
        candidates.removeAll()
        finish(.failed(error))
        for socket in sockets { socket.close(promise: nil) }
    }

    func reason(of error: any Error, certificate: NIOSSLCertificate? = nil) -> WebSocketError {
        ConnectFailure.reason(of: error, certificate: certificate, for: self)
    }

    private func write(
        _ opcode: FrameHead.Opcode,
        _ payload: some Collection<UInt8>,
        on channel: any Channel
    ) {
        let frame = FrameText.frame(
            opcode,
            payload,
            mask: .random(in: 0...(.max)),
            allocator: channel.allocator
        )
        channel.writeAndFlush(frame, promise: nil)
    }

    private func finish(_ end: WebSocketEnd) {
        if case .over = state { return }
        state = .over
        deadline?.cancel()
        deadline = nil
        let listener = listener
        self.listener = nil
        listener?.webSocketDidEnd(end)
    }
}
