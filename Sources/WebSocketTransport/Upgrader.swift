import NIOCore
import NIOHTTP1
import NIOWebSocket

/// The handshake of ``NIOWebSocketClientUpgrader``, without its frame handlers: ours read in place.
final class Upgrader: NIOHTTPClientProtocolUpgrader, Sendable {
    private let handshake: NIOWebSocketClientUpgrader
    private let switchOver: @Sendable (any Channel) -> EventLoopFuture<Void>

    init(switchOver: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>) {
        self.switchOver = switchOver
        handshake = NIOWebSocketClientUpgrader(upgradePipelineHandler: { channel, _ in
            channel.eventLoop.makeSucceededVoidFuture()
        })
    }

    var supportedProtocol: String { handshake.supportedProtocol }
    var requiredUpgradeHeaders: [String] { handshake.requiredUpgradeHeaders }

    func addCustom(upgradeRequestHeaders: inout HTTPHeaders) {
        handshake.addCustom(upgradeRequestHeaders: &upgradeRequestHeaders)
    }

    func shouldAllowUpgrade(upgradeResponse: HTTPResponseHead) -> Bool {
        handshake.shouldAllowUpgrade(upgradeResponse: upgradeResponse)
    }

    func upgrade(context: ChannelHandlerContext, upgradeResponse: HTTPResponseHead) -> EventLoopFuture<Void> {
        switchOver(context.channel)
    }
}
