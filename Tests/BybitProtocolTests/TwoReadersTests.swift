import BybitProtocol
import Contracts
import Testing

/// The usual message is read in one pass, any other by name: nobody must be able to tell which it was.
@Suite struct `Both ways of reading` {
    @Test(arguments: 1...4) func `give the same events, gaps, errors and counts`(seed: Int) {
        var mill = MessageMill(seed: UInt64(seed))
        for category in Contracts.Category.allCases {
            var usual = Decoder(PublicFrameDecoder(category: category))
            var byName = Decoder(PublicFrameDecoder(category: category, readsByNameOnly: true))
            for round in 0..<1_000 {
                let message = mill.message()
                usual.read(message)
                byName.read(message)
                let text = String(decoding: message, as: UTF8.self)
                #expect(usual.error == byName.error, "\(text)")
                #expect(usual.output.events == byName.output.events, "\(text)")
                #expect(usual.output.gap == byName.output.gap, "\(text)")
                #expect(usual.output.control == byName.output.control, "\(text)")
                try? #require(usual.decoder.counters == byName.decoder.counters, "\(text)")
                if round % 500 == 499 {
                    usual.decoder.reset()
                    byName.decoder.reset()
                }
            }
            #expect(usual.decoder.counters.events > 400)
        }
    }

    private struct Decoder {
        var decoder: PublicFrameDecoder
        var output = DecodedFrame()
        var error: WireError?

        init(_ decoder: PublicFrameDecoder) { self.decoder = decoder }

        mutating func read(_ message: [UInt8]) {
            do throws(WireError) {
                error = nil
                try decoder.decode(message, receivedAt: 5, into: &output)
            } catch {
                self.error = error
            }
        }
    }
}
