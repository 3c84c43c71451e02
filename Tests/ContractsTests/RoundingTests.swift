import Contracts
import Testing

private let rules: [FloatingPointRoundingRule] = [
    .up, .down, .towardZero, .awayFromZero, .toNearestOrEven, .toNearestOrAwayFromZero,
]

@Suite struct `Rounding to a step` {
    @Test(
        arguments: [
            ("7.3", "7.5", "7.0", "7.0", "7.5", "7.5", "7.5"),
            ("-7.3", "-7.0", "-7.5", "-7.0", "-7.5", "-7.5", "-7.5"),
            ("7.25", "7.5", "7.0", "7.0", "7.5", "7.0", "7.5"),
            ("-7.25", "-7.0", "-7.5", "-7.0", "-7.5", "-7.0", "-7.5"),
            ("7.75", "8.0", "7.5", "7.5", "8.0", "8.0", "8.0"),
            ("0.1", "0.5", "0.0", "0.0", "0.5", "0.0", "0.0"),
            ("-0.1", "0.0", "-0.5", "0.0", "-0.5", "0.0", "0.0"),
            ("7.5", "7.5", "7.5", "7.5", "7.5", "7.5", "7.5"),
        ] as [(String, String, String, String, String, String, String)]
    )
    func `follows every rule, below zero too`(
        row: (value: String, String, String, String, String, String, String)
    ) throws {
        let value = try #require(Price(row.value))
        let wanted = [row.1, row.2, row.3, row.4, row.5, row.6]
        for (rule, text) in zip(rules, wanted) {
            let rounded = try value.rounded(toMultipleOf: Price(units: 5, scale: 1), rule)
            #expect(rounded.description == text, "\(row.value) \(rule)")
        }
    }

    @Test(arguments: 0..<64 as Range<UInt64>, rules)
    func `picks the right neighbour`(seed: UInt64, rule: FloatingPointRoundingRule) {
        var random = Seeded(seed)
        for _ in 0..<50 {
            let (value, stepUnits) = (random.price(), random.units())
            let step = Price(units: max(1, stepUnits == .min ? 1 : abs(stepUnits)), scale: random.scale())
            let common = max(value.scale, step.scale)
            let wide = Int128(value.units) * power(common - value.scale)
            let wideStep = Int128(step.units) * power(common - step.scale)
            let exact = naive(wide, wideStep, rule) / power(common - step.scale)
            do throws(NumberError) {
                let rounded = try value.rounded(toMultipleOf: step, rule)
                #expect(Int128(rounded.units) == exact && rounded.scale == step.scale, "\(value) \(step)")
                #expect(rounded.isMultiple(of: step))
            } catch {
                #expect(error == .overflow && Int64(exactly: exact) == nil, "\(value) \(step)")
            }
        }
    }

    @Test func `refuses a step of zero or less`() {
        #expect(throws: NumberError.dividedByZero) {
            try Price(units: 1, scale: 0).rounded(toMultipleOf: .zero, .down)
        }
        #expect(throws: NumberError.dividedByZero) {
            try Price(units: 1, scale: 0).rounded(toMultipleOf: -1, .down)
        }
        #expect(!Price(units: 1, scale: 0).isMultiple(of: .zero))
    }

    /// Looks at both neighbours and takes the one the rule names.
    private func naive(_ value: Int128, _ step: Int128, _ rule: FloatingPointRoundingRule) -> Int128 {
        let rest = ((value % step) + step) % step
        guard rest != 0 else { return value }
        let (lower, upper) = (value - rest, value - rest + step)
        let nearZero = value < 0 ? upper : lower
        let farFromZero = value < 0 ? lower : upper
        switch rule {
        case .down: return lower
        case .up: return upper
        case .towardZero: return nearZero
        case .awayFromZero: return farFromZero
        default:
            if rest != step - rest { return rest < step - rest ? lower : upper }
            if rule == .toNearestOrAwayFromZero { return farFromZero }
            return (lower / step) % 2 == 0 ? lower : upper
        }
    }
}

@Suite struct `An amount of money` {
    @Test(arguments: 0..<64 as Range<UInt64>)
    func `is shared exactly, rounded once, half to even`(seed: UInt64) throws {
        var random = Seeded(seed)
        for _ in 0..<50 {
            let units = random.units() >> 16
            let scale = random.scale(8)
            let whole = Quantity(
                units: max(1, Int64.random(in: 1...1_000_000, using: &random)),
                scale: random.scale(4)
            )
            let part = Quantity(
                units: Int64.random(in: 0...1_000_000, using: &random),
                scale: random.scale(4)
            )
            let places = random.scale(10)
            let share = try Money(units: Int128(units), scale: scale).share(part, of: whole, places: places)
            // units × part / whole, in units of 10^-places, over one divisor.
            let numerator = Int128(units) * Int128(part.units) * power(whole.scale) * power(places)
            let divisor = Int128(whole.units) * power(part.scale) * power(scale)
            let exact = numerator.divided(by: divisor, .toNearestOrEven)
            #expect(
                share == Money(units: exact, scale: places),
                "\(units) \(scale) \(part) of \(whole) at \(places)"
            )
        }
    }

    @Test func `is not rounded twice when shared`() throws {
        let amount = try #require(Money("0.015"))
        let (part, whole) = try (#require(Quantity("0.999")), #require(Quantity("1")))
        #expect(try amount.share(part, of: whole, places: 2).description == "0.01")
    }

    @Test(arguments: 0..<64 as Range<UInt64>)
    func `per quantity is the average price, half to even`(seed: UInt64) throws {
        var random = Seeded(seed)
        for _ in 0..<50 {
            let units = random.units() >> 24
            let scale = random.scale(8)
            let quantity = Quantity(
                units: Int64.random(in: 1...10_000_000, using: &random),
                scale: random.scale(6)
            )
            let places = random.scale(6)
            let exact = (Int128(units) * power(quantity.scale) * power(places))
                .divided(by: Int128(quantity.units) * power(scale), .toNearestOrEven)
            guard let narrow = Int64(exactly: exact) else { continue }
            let price = try Money(units: Int128(units), scale: scale).per(quantity, places: places)
            #expect(price.units == narrow && price.scale == places)
        }
    }

    @Test(arguments: 0..<64 as Range<UInt64>)
    func `buys no more than it pays for`(seed: UInt64) throws {
        var random = Seeded(seed)
        for _ in 0..<50 {
            let money = Money(
                units: Int128(UInt32.random(in: 0...UInt32.max, using: &random)),
                scale: random.scale(8)
            )
            let price = Price(units: Int64.random(in: 1...10_000_000, using: &random), scale: random.scale(6))
            let places = random.scale(6)
            let quantity = try money.quantity(at: price, places: places)
            #expect(price.times(quantity) <= money)
            let more = try quantity.adding(Quantity(units: 1, scale: places))
            #expect(price.times(more) > money)
        }
    }

    @Test func `overflows by saying so`() throws {
        let most = Money(units: .max, scale: 0)
        #expect(throws: NumberError.overflow) { try most.adding(1) }
        #expect(throws: NumberError.overflow) { try most.adding(Money(units: 1, scale: 1)) }
        #expect(throws: NumberError.overflow) { try most.times(Ratio(units: 2, scale: 0)) }
        #expect(throws: NumberError.tooFine) {
            try Money(units: 1, scale: 36).times(Ratio(units: 1, scale: 1))
        }
        #expect(
            try Money(units: 1, scale: 36).times(Ratio(units: 10, scale: 1)) == Money(units: 1, scale: 36)
        )
        #expect(throws: NumberError.dividedByZero) { try most.per(.zero, places: 2) }
        #expect(throws: NumberError.dividedByZero) { try most.quantity(at: .zero, places: 2) }
        #expect(throws: NumberError.dividedByZero) { try most.share(1, of: .zero, places: 2) }
        #expect(throws: NumberError.overflow) { try most.per(1, places: 2) }
        #expect(throws: NumberError.overflow) {
            try Money(parsing: "170141183460469231731687303715884105728".utf8)
        }
    }

    @Test(arguments: [
        ("1.005", 2, "1.00"), ("1.015", 2, "1.02"), ("-1.015", 2, "-1.02"), ("1.0251", 2, "1.03"),
        ("7", 2, "7"),
    ])
    func `rounds half to even`(text: String, places: UInt8, wanted: String) throws {
        #expect(try #require(Money(text)).rounded(places: places).description == wanted)
    }
}
