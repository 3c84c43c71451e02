import NIOCore

/// Hears what becomes of one connection, on the connection's event loop.
package protocol WebSocketListener: AnyObject {
    /// The connection is open; what is sent from here on goes out at once.
    func webSocketDidOpen(_ connection: WebSocketConnection)
    /// One whole text message; the bytes lie in the buffer that they were received in.
    func webSocketDidReceive(text: ByteBuffer)
    /// Anything else came in: a ping, a pong, a binary message. It shows that the other side lives.
    func webSocketDidHearFromPeer()
    /// The connection is over; exactly once for each, whether it was ever open or not.
    func webSocketDidEnd(_ end: WebSocketEnd)
}
