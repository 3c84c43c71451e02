import Testing

@testable import TradingSystem

@Suite struct `Residue of a decimal number` {
    private static let samples: [(units: Int64, scale: UInt8)] = [
        (15, 1), (0, 0), (-7, 3), (.max, 18), (.min, 0), (1 << 61, 5),
    ]

    @Test(arguments: samples)
    func `is the same with zeros behind it`(units: Int64, scale: UInt8) {
        let wide = Int128(units) * 100_000
        #expect(Residue.of(units, scale: scale) == Residue.of(wide: wide, scale: scale + 5))
        #expect(Residue.of(units, scale: scale) == Residue.of(wide: Int128(units), scale: scale))
    }

    @Test func `is another one for another number`() {
        var seen: Set<UInt64> = []
        for units in Int64(-500)...500 where units % 10 != 0 {
            for scale in UInt8(0)...8 { seen.insert(Residue.of(units, scale: scale)) }
        }
        #expect(seen.count == 900 * 9)
        #expect(Residue.of(Int64.max, scale: 0) != Residue.of(Int64.max - 1, scale: 0))
    }
}
