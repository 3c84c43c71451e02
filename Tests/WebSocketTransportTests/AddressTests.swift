import Testing
import WebSocketTransport

@Suite struct `WebSocket address` {
    @Test func `is read from its URL`() throws {
        let secure = try WebSocketAddress("wss://stream.example.com/v5/public/linear")
        #expect(secure.isSecure && secure.host == "stream.example.com" && secure.port == 443)
        #expect(secure.path == "/v5/public/linear")
        let plain = try WebSocketAddress("ws://127.0.0.1:8808")
        #expect(!plain.isSecure && plain.port == 8808 && plain.path == "/")
        let six = try WebSocketAddress("ws://[::1]:9/x?a=b")
        #expect(six.host == "::1" && six.port == 9 && six.path == "/x?a=b")
    }

    @Test(arguments: ["", "http://x/", "ws://", "ws://x:0/", "ws://x:port/", "ws://a b/", "ws://u@x/"])
    func `is refused where it is none`(text: String) {
        #expect(throws: WebSocketError.address(text)) { try WebSocketAddress(text) }
    }
}
