/// Hears what becomes of one connection, on the connection's event loop.
package protocol WebSocketListener: AnyObject {
    /// The connection is open; what is sent from here on goes out at once.
    func webSocketDidOpen(_ connection: WebSocketConnection)
    /// One whole text message; the bytes lie where they were received, valid only during the call.
    func webSocketDidReceive(text: RawSpan)
    /// Anything else came in: a ping, a pong, a binary message. It shows that the other side lives.
    func webSocketDidHearFromPeer()
    /// The connection is over; exactly once for each, whether it was ever open or not.
    func webSocketDidEnd(_ end: WebSocketEnd)
}
