import Contracts
import Testing

@Suite struct `A decimal` {
    @Test(
        arguments: [
            ("0", 0, 0), ("0.00", 0, 2), ("1", 1, 0), ("63943.90", 6_394_390, 2), ("-0.5", -5, 1),
            ("-0", 0, 0),
            ("007.10", 710, 2), ("100.00000000", 10_000_000_000, 8), ("0.000000000000000001", 1, 18),
            ("9223372036854775807", .max, 0), ("-9223372036854775808", .min, 0),
            ("-9.223372036854775808", .min, 18), ("1.5000000000000000000000", 1_500_000_000_000_000_000, 18),
        ] as [(String, Int64, UInt8)]
    )
    func `keeps the number and the places of its text`(text: String, units: Int64, scale: UInt8) throws {
        let price = try Price(parsing: text.utf8)
        #expect(price.units == units)
        #expect(price.scale == scale)
    }

    @Test(arguments: [
        "", "-", ".", "-.", ".5", "-.5", "+1", "--1", "1-", "1.2.3", " 1", "1 ", "1e5", "1,5", "0x1", "NaN",
        "١", "1_000",
    ])
    func `is nothing but a plain decimal text`(text: String) {
        #expect(throws: NumberError.malformed) { try Price(parsing: text.utf8) }
        #expect(throws: NumberError.malformed) { try Money(parsing: text.utf8) }
        #expect(Price(text) == nil)
    }

    @Test(arguments: [
        ("9223372036854775808", NumberError.overflow), ("-9223372036854775809", .overflow),
        ("18446744073709551617", .overflow), ("92233720368547758070", .overflow),
        ("9.223372036854775808", .overflow), ("833333333333.33333333", .overflow),
        ("1.0000000000000000001", .tooFine), ("0.0000000000000000001", .tooFine),
    ])
    func `is refused rather than wrapped or cut`(text: String, error: NumberError) {
        #expect(throws: error) { try Price(parsing: text.utf8) }
    }

    @Test(arguments: 0..<64 as Range<UInt64>)
    func `round-trips through text`(seed: UInt64) throws {
        var random = Seeded(seed)
        for _ in 0..<100 {
            let (units, scale) = (random.units(), random.scale())
            let text = naiveText(units, scale)
            let price = try Price(parsing: text.utf8)
            #expect(price.units == units && price.scale == scale, "\(text)")
            #expect(Price(units: units, scale: scale).description == text)
            let wide = Int128(units) * Int128(units)
            let money = Money(units: wide, scale: scale * 2)
            #expect(try Money(parsing: money.description.utf8).units == wide)
            #expect(money.description == naiveText(wide, scale * 2))
        }
    }

    @Test(arguments: 0..<32 as Range<UInt64>)
    func `of any digits is read right or refused`(seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<100 {
            let digits = String(
                (0..<Int.random(in: 1...37, using: &random)).map { _ in
                    "0123456789".randomElement(using: &random) ?? "0"
                }
            )
            guard let wide = Int128(digits) else { continue }
            guard let exact = Int64(exactly: wide) else {
                #expect(throws: NumberError.overflow) { try Price(parsing: digits.utf8) }
                continue
            }
            #expect(Price(digits)?.units == exact)
        }
    }

    @Test(arguments: 0..<64 as Range<UInt64>)
    func `adds and subtracts exactly or refuses`(seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<100 {
            let (a, b) = (random.price(), random.price())
            let scale = max(a.scale, b.scale)
            check(Int128(a.units) * power(scale - a.scale) + Int128(b.units) * power(scale - b.scale), scale)
            {
                () throws(NumberError) in try a.adding(b)
            }
            check(Int128(a.units) * power(scale - a.scale) - Int128(b.units) * power(scale - b.scale), scale)
            {
                () throws(NumberError) in try a.subtracting(b)
            }
        }
    }

    @Test(arguments: 0..<64 as Range<UInt64>)
    func `multiplies exactly`(seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<100 {
            let (price, units, scale) = (random.price(), random.units(), random.scale())
            let product = price.times(Quantity(units: units, scale: scale))
            #expect(product.units == Int128(price.units) * Int128(units))
            #expect(product.scale == price.scale + scale)
        }
    }

    @Test(arguments: 0..<64 as Range<UInt64>)
    func `is equal and hashes alike whatever its places`(seed: UInt64) throws {
        var random = Seeded(seed)
        for _ in 0..<100 {
            let price = Price(units: random.units() >> 20, scale: random.scale(14))
            let wider = try price.rescaled(to: price.scale + UInt8.random(in: 0...4, using: &random))
            #expect(price == wider)
            #expect(price.hashValue == wider.hashValue)
            #expect(try wider.rescaled(to: price.scale).units == price.units)
            let (left, right) = (
                price.times(Quantity(units: 1, scale: 0)), wider.times(Quantity(units: 10, scale: 1))
            )
            #expect(left == right)
            #expect(left.hashValue == right.hashValue)
        }
    }

    @Test(arguments: 0..<64 as Range<UInt64>)
    func `stands in the order of its value`(seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<100 {
            let (a, b) = (random.price(), random.price())
            let (left, right) = (Int128(a.units) * power(18 - a.scale), Int128(b.units) * power(18 - b.scale))
            #expect((a < b) == (left < right))
            #expect((a == b) == (left == right))
            let (m, n) = (
                Money(units: Int128(a.units), scale: a.scale), Money(units: Int128(b.units), scale: b.scale)
            )
            #expect((m < n) == (left < right))
            #expect((m == n) == (left == right))
        }
    }

    @Test func `says when places would be lost or there is no opposite`() {
        #expect(throws: NumberError.tooFine) { try Price(units: 15, scale: 1).rescaled(to: 0) }
        #expect(throws: NumberError.overflow) { try Price(units: .max, scale: 0).rescaled(to: 1) }
        #expect(throws: NumberError.overflow) { try Price(units: .min, scale: 0).negated() }
        #expect(throws: NumberError.overflow) { try Price(units: .min, scale: 0).magnitude }
        #expect(throws: NumberError.overflow) { try Money(units: .min, scale: 0).negated() }
        #expect(throws: NumberError.overflow) { try Price(nearestTo: 1e30, scale: 0) }
        #expect(throws: NumberError.overflow) { try Price(nearestTo: .nan, scale: 0) }
    }

    private func check(_ exact: Int128, _ scale: UInt8, _ compute: () throws(NumberError) -> Price) {
        do throws(NumberError) {
            let result = try compute()
            #expect(result.units == Int64(exactly: exact) && result.scale == scale)
        } catch {
            #expect(error == .overflow && Int64(exactly: exact) == nil)
        }
    }
}

func power(_ exponent: UInt8) -> Int128 { (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 } }

/// The text of units × 10^-scale, by moving the point in the digits.
func naiveText(_ units: some SignedInteger, _ scale: UInt8) -> String {
    let text = String(units)
    let sign = text.hasPrefix("-") ? "-" : ""
    var digits = String(text.dropFirst(sign.count))
    if digits.count <= Int(scale) {
        digits = String(repeating: "0", count: Int(scale) + 1 - digits.count) + digits
    }
    return scale == 0 ? sign + digits : sign + digits.dropLast(Int(scale)) + "." + digits.suffix(Int(scale))
}
