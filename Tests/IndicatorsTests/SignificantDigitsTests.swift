import Foundation
import Indicators
import Testing

@Suite struct `Twelve significant digits` {
    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (100, "100"), (123_447.9, "123447.9"),
        (7.534357280291e-05, "7.53435728029e-05"), (0.0001, "0.0001"), (0.00001, "1e-05"),
        (999_999_999_999, "999999999999"), (999_999_999_999.9, "1e+12"), (1e12, "1e+12"),
        (1.25e100, "1.25e+100"), (-0.000430594255095999, "-0.000430594255096"),
        (0.99999999999999, "1"), (123_456_789_012.5, "123456789012"), (123_456_789_013.5, "123456789014"),
        (1_234_567_890_125, "1.23456789012e+12"), (12_345_678_901_250_000, "1.23456789012e+16"),
    ])
    func `are written as C writes them`(value: Double, text: String) {
        #expect(SignificantDigits.text(value) == text)
        #expect(String(format: "%.12g", value == 0 ? 0 : value) == text)
    }

    @Test func `agree with C between two of them`() {
        var numbers = SeededNumbers(seed: 12)
        for _ in 0..<5_000 {
            let exponent = Int.random(in: -18...8, using: &numbers)
            let digits = Int.random(in: 100_000_000_000...999_999_999_999, using: &numbers)
            let value = Double("\(digits)5e\(exponent)") ?? 0
            #expect(SignificantDigits.text(value) == String(format: "%.12g", value))
        }
    }

    @Test func `agree with C on random figures`() {
        var numbers = SeededNumbers(seed: 11)
        for _ in 0..<20_000 {
            let exponent = Int.random(in: -30...30, using: &numbers)
            let value = Double.random(in: -10...10, using: &numbers) * pow(10, Double(exponent))
            #expect(SignificantDigits.text(value) == String(format: "%.12g", value))
        }
    }
}
