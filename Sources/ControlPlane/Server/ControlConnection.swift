import Contracts
import ControlProtocol
import NIOCore

/// One client of the control socket, confined to the server's event loop.
final class ControlConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let number: Int
    let actor: Actor
    let server: ControlServer
    private var context: ChannelHandlerContext?
    private var framer = LineFramer(lineBytesMax: ControlLimits.lineInBytesMax)
    private var subscriptions: [(id: String, subscription: Subscription)] = []
    private var stream = SubscriberQueue()
    /// The part of the journal that a subscriber still has to get.
    private var past: PastWanted?
    private var isClosing = false
    private var idleTimer: Scheduled<Void>?

    init(number: Int, actor: Actor, server: ControlServer) {
        self.number = number
        self.actor = actor
        self.server = server
    }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelActive(context: ChannelHandlerContext) {
        let identity = server.identity
        send(
            .greeting(
                Greeting(
                    version: identity.version,
                    mode: identity.mode,
                    instance: identity.instance,
                    role: actor.role.rawValue,
                    schema: identity.schema
                )
            )
        )
        armIdle(seconds: ControlLimits.firstFrameSeconds)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing else { return }
        framer.append(unwrapInboundIn(data).readableBytesView)
        armIdle(seconds: ControlLimits.idleSeconds)
        do throws(LineTooLong) {
            while !isClosing, let line = try framer.next() { read(line) }
            // Half a line counts against the bound too.
            guard framer.pendingBytes <= ControlLimits.lineInBytesMax else {
                throw LineTooLong(limit: ControlLimits.lineInBytesMax)
            }
        } catch {
            sendAndClose(.error(id: nil, error.answer))
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        flush()
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) { leave() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func end() { context?.close(promise: nil) }

    private func leave() {
        idleTimer?.cancel()
        context = nil
        server.forget(number)
    }

    private func armIdle(seconds: Int) {
        idleTimer?.cancel()
        let bound = NIOLoopBound(self, eventLoop: server.loop)
        idleTimer = server.loop.scheduleTask(in: .seconds(Int64(seconds))) {
            let connection = bound.value
            guard connection.subscriptions.isEmpty else { return }
            connection.sendAndClose(
                .error(
                    id: nil,
                    ControlError(.idle, "Nothing was asked for \(seconds) s; the connection is closed.")
                )
            )
        }
    }

    // MARK: Requests

    private func read(_ line: [UInt8]) {
        do {
            let frame = try ClientFrame(decoding: line)
            switch frame.request {
            case .command(let command): act(on: command, request: frame.id)
            case .query(let query): answer(query, request: frame.id)
            case .subscribe(let subscription): subscribe(subscription, request: frame.id)
            case .unsubscribe:
                subscriptions.removeAll()
                server.renewWanted()
                send(.answer(id: frame.id, sequence: server.sequence))
            }
        } catch {
            if error.closesConnection {
                sendAndClose(.error(id: nil, error.error))
            } else if let id = error.id {
                refuse(id, error.error)
            }
        }
    }

    private func act(on command: ControlProtocol.ControlCommand, request: String) {
        let wanted = command.action.command
        guard actor.role >= wanted.roleNeeded else {
            return refuse(
                request,
                ControlError(
                    .denied,
                    "You (\(actor.name), role \(actor.role.rawValue)) may not \(wanted.name).",
                    hint: "it needs the group tradebot-\(wanted.roleNeeded.rawValue)"
                )
            )
        }
        guard command.name.isNeverRateLimited || server.takeWrite(actor.uid) else {
            return refuse(request, tooMany(ControlLimits.writesPerSecondMax, "commands"))
        }
        let key: CommandKey
        if let text = command.key {
            guard let given = CommandKey(text) else {
                return refuse(request, ControlError(.badValue, "`key` must be a UUID."))
            }
            key = given
        } else {
            key = server.services.makeKey()
        }
        server.act(key, wanted, reason: command.reason, request: request, from: self)
    }

    private func answer(_ query: ControlQuery, request: String) {
        guard server.takeRead(actor.uid) else {
            return refuse(request, tooMany(ControlLimits.readsPerSecondMax, "queries"))
        }
        if case .logsTail(let count) = query {
            let lines = server.services.logsTail(count).map(JSONValue.string)
            return send(.answer(id: request, sequence: server.sequence, [JSONMember("lines", .array(lines))]))
        }
        if case .explain(let name) = query { return explain(name, request: request) }
        let (services, identity) = (server.services, server.identity)
        let bound = NIOLoopBound(self, eventLoop: server.loop)
        server.loop.makeFutureWithTask { () -> (StatusReport, OutsideFigures) in
            (await services.status(), await services.outside())
        }.whenSuccess { report, outside in
            let members =
                switch query {
                case .positions: [JSONMember("positions", report.positions)]
                case .strategies: [JSONMember("strategies", report.strategies)]
                case .risk: report.risk
                case .status, .logsTail, .explain:
                    report.complete(with: outside, instance: identity.instance, version: identity.version)
                }
            bound.value.send(.answer(id: request, sequence: report.sequence, members))
        }
    }

    private func tooMany(_ limit: Int, _ things: String) -> ControlError {
        ControlError(.busy, "More than \(limit) \(things) in a second.", hint: "try again", isRetryable: true)
    }

    // MARK: Subscriptions

    func wants(_ topic: Topic) -> Bool { subscriptions.contains { $0.subscription.wants(topic.rawValue) } }

    private func subscribe(_ subscription: Subscription, request: String) {
        guard server.takeRead(actor.uid) else {
            return refuse(request, tooMany(ControlLimits.readsPerSecondMax, "queries"))
        }
        idleTimer?.cancel()
        subscriptions.append((request, subscription))
        server.renewWanted()
        send(.answer(id: request, sequence: server.sequence))
        guard let from = subscription.from else { return }
        past = PastWanted(next: from, subscription: subscription, request: request)
        sendPast()
    }

    /// Sends what is in the journal, page by page as the client reads; what happens meanwhile waits in the queue.
    private func sendPast() {
        guard let past, !past.isLoading else { return }
        self.past?.isLoading = true
        stream.hold()
        let topics = Topic.allCases.filter { past.subscription.wants($0.rawValue) }
        let history = server.services.history
        let bound = NIOLoopBound(self, eventLoop: server.loop)
        server.loop.makeFutureWithTask {
            try await history(past.next, topics, ControlLimits.subscriberEventsMax)
        }.whenComplete { result in
            switch result {
            case .success(let page): bound.value.take(page)
            case .failure(let error):
                bound.value.past = nil
                bound.value.refuse(
                    past.request,
                    ControlError(.internalFailure, "The journal can't be read: \(error).")
                )
                bound.value.stream.release(after: 0)
                bound.value.flush()
            }
        }
    }

    private func take(_ page: HistoryPage) {
        for row in page.rows {
            let payload = JSONPayload.encoded(row.payload)
            write(ServerFrame.event(sequence: row.sequence, topic: row.topic, payload: payload).encodedLine())
        }
        context?.flush()
        guard page.isComplete, !stream.hasLost else {
            // More of it, or more has happened meanwhile than the queue holds: that is in the journal by now.
            past?.next = page.through + 1
            past?.isLoading = false
            if context?.channel.isWritable == true { sendPast() }
            return
        }
        past = nil
        stream.release(after: page.through)
        flush()
    }

    func offer(_ line: [UInt8], sequence: UInt64) { stream.offer(line, sequence: sequence) }

    func note(lost: ClosedRange<UInt64>?) {
        if let lost, !subscriptions.isEmpty { stream.note(lost: lost) }
    }

    /// Sends what waits, as far as the client reads.
    func flush() {
        if past != nil, context?.channel.isWritable == true { sendPast() }
        while let context, context.channel.isWritable, let line = stream.next() { write(line) }
        context?.flush()
    }

    func beat(_ sequence: UInt64) {
        if !subscriptions.isEmpty, context?.channel.isWritable == true {
            send(.heartbeat(sequence: sequence))
        }
    }

    // MARK: Answers

    func refuse(_ request: String, _ error: ControlError) {
        var error = error
        error.sequence = error.sequence ?? server.sequence
        send(.error(id: request, error))
    }

    func send(_ frame: ServerFrame) {
        write(frame.encodedLine())
        context?.flush()
    }

    private func sendAndClose(_ frame: ServerFrame) {
        isClosing = true
        guard let context else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: frame.encodedLine())), promise: nil)
        context.close(promise: nil)
    }

    private func write(_ line: [UInt8]) {
        guard !isClosing, let context else { return }
        context.write(wrapOutboundOut(ByteBuffer(bytes: line)), promise: nil)
    }
}

/// A subscription's part that lies in the journal.
private struct PastWanted {
    var next: UInt64
    let subscription: Subscription
    let request: String
    var isLoading = false
}

extension ControlAction {
    /// The same as the bus knows it.
    var command: Contracts.ControlCommand.Command {
        switch self {
        case .pause: .pause
        case .resume: .resume
        case .stop: .stop
        case .logsLevel(let level): .logsLevel(LogLevel(rawValue: level.rawValue) ?? .info)
        case .logsOn: .logs(isOn: true)
        case .logsOff: .logs(isOn: false)
        case .strategyEnable(let strategy): .strategyEnable(StrategyID(strategy))
        case .strategyDisable(let strategy): .strategyDisable(StrategyID(strategy))
        case .strategySet(let strategy, let parameter, let value):
            .strategySet(StrategyID(strategy), key: parameter, value: value)
        case .riskReset: .riskReset
        }
    }
}
