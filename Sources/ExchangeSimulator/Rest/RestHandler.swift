import NIOCore
import NIOHTTP1

/// Answers the REST calls on a connection that did not become a WebSocket.
final class RestHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    static let name = "rest"
    private static let page = "<html><head><title>Error</title></head><body>cloud front</body></html>"

    private let core: SimulatorCore
    private var head: HTTPRequestHead?

    init(core: SimulatorCore) {
        self.core = core
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end:
            guard let head else { return }
            self.head = nil
            answer(head, context: context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        let fault = core.faults.restNow
        if core.faults.isOn(.blackHole) { return }
        if fault == .cut { return context.close(promise: nil) }
        var answer = broken(fault) ?? right(head)
        if fault == .truncated {
            answer.body =
                answer.body.getSlice(at: answer.body.readerIndex, length: answer.body.readableBytes / 2)
                ?? answer.body
        }
        let pause = fault == .slow ? FaultState.restPause : .zero
        guard pause > .zero else { return send(answer, to: head, on: context.channel) }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        let channel = context.channel
        let late = answer
        context.eventLoop.scheduleTask(in: pause) { handler.value.send(late, to: head, on: channel) }
    }

    private func right(_ head: HTTPRequestHead) -> MarketRest.Answer {
        guard core.limiter.admits(at: .now()) else { return forbidden }
        return MarketRest(exchange: core.exchange).answer(isGet: head.method == .GET, uri: head.uri)
    }

    private var forbidden: MarketRest.Answer {
        MarketRest.Answer(
            status: 403,
            body: ByteBuffer(string: "access too frequent"),
            contentType: "text/plain; charset=utf-8"
        )
    }

    /// The wrong answer a fault calls for; nil where the right one is sent after all.
    private func broken(_ fault: RestFault?) -> MarketRest.Answer? {
        let rest = MarketRest(exchange: core.exchange)
        switch fault {
        case nil, .truncated, .slow, .cut: return nil
        case .overloaded:
            return rest.failure(status: 429, code: 10429, message: "System level frequency protection")
        case .forbidden: return forbidden
        case .limited:
            var answer = rest.failure(
                status: 200,
                code: 10006,
                message: "Too many visits. Exceeded the API Rate Limit."
            )
            answer.headers = [
                ("X-Bapi-Limit", "50"), ("X-Bapi-Limit-Status", "0"),
                ("X-Bapi-Limit-Reset-Timestamp", String(core.exchange.nowMs + 1000)),
            ]
            return answer
        case .badGateway, .html:
            return MarketRest.Answer(
                status: fault == .html ? 200 : 502,
                body: ByteBuffer(string: RestHandler.page),
                contentType: "text/html"
            )
        case .unknownCode: return rest.failure(status: 200, code: 99_999, message: "something new")
        case .empty: return rest.failure(status: 200, code: 0, message: "OK")
        }
    }

    private func send(_ answer: MarketRest.Answer, to head: HTTPRequestHead, on channel: any Channel) {
        var headers = HTTPHeaders(answer.headers)
        headers.add(name: "Content-Type", value: answer.contentType)
        headers.add(name: "Content-Length", value: String(answer.body.readableBytes))
        headers.add(name: "Connection", value: head.isKeepAlive ? "keep-alive" : "close")
        let response = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: answer.status),
            headers: headers
        )
        channel.write(HTTPServerResponsePart.head(response), promise: nil)
        channel.write(HTTPServerResponsePart.body(.byteBuffer(answer.body)), promise: nil)
        let closes = !head.isKeepAlive
        channel.writeAndFlush(HTTPServerResponsePart.end(nil)).whenComplete { _ in
            if closes { channel.close(promise: nil) }
        }
    }
}
