import OpenSSL
import Testing

@Suite struct `SHA-256 digest` {
    static let vectors: [(text: String, hex: String)] = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ]

    @Test(arguments: vectors)
    func `agrees with the standard's vectors`(text: String, hex: String) {
        #expect(SHA256Digest.hex(of: text.utf8) == hex)
        #expect(SHA256Digest.hex(of: Array(text.utf8)) == hex)
    }

    @Test func `agrees with the vector of a million bytes, fed in uneven pieces`() {
        var hasher = SHA256Digest()
        var left = 1_000_000
        var piece = 1
        while left > 0 {
            let count = min(piece, left)
            hasher.update(repeatElement(UInt8(ascii: "a"), count: count))
            left -= count
            piece = piece % 4_093 + 7
        }
        #expect(hasher.finishHex() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func `begins anew after each digest`() {
        var hasher = SHA256Digest()
        hasher.update("something else".utf8)
        let first = hasher.finish()
        #expect(first.count == SHA256Digest.byteCount)
        hasher.update("abc".utf8)
        #expect(hasher.finishHex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func `is written where the caller says, message after message`() {
        var hasher = SHA256Digest()
        var room = [UInt8](repeating: 0xFF, count: 40)
        for _ in 0..<3 {
            hasher.update("abc".utf8)
            unsafe room.withUnsafeMutableBytes { bytes in
                unsafe hasher.finish(into: UnsafeMutableRawBufferPointer(rebasing: bytes[4..<36]))
            }
            #expect(
                SHA256Digest.hex(ofDigest: Array(room[4..<36]))
                    == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            )
            #expect(room[..<4].allSatisfy { $0 == 0xFF } && room[36...].allSatisfy { $0 == 0xFF })
        }
    }
}
