import Contracts

/// The exact numbers: parsed from the exchange's text, and multiplied.
enum NumberBench {
    private static let count = 5_000_000

    static func run(_ report: Report) {
        let sink = Sink()
        // Two texts of one length in turns: what is parsed must not be known to the optimiser.
        let texts = [Array("63943.90".utf8), Array("63944.10".utf8)]
        let parsing = Stopwatch.cpuNanoseconds(per: count) {
            var sum: Int64 = 0
            for index in 0..<count {
                do { sum &+= try Price(parsing: texts[index & 1]).units } catch { sum = 0 }
            }
            sink.take(sum)
        }
        report.add(.numbers, "parse_price", parsing, "ns")

        let prices = texts.compactMap { Price(String(decoding: $0, as: UTF8.self)) }
        let quantity = Quantity(units: 12_345, scale: 3)
        let product = Stopwatch.cpuNanoseconds(per: count) {
            var sum: Int64 = 0
            for index in 0..<count {
                sum &+= Int64(truncatingIfNeeded: prices[index & 1].times(quantity).units)
            }
            sink.take(sum)
        }
        report.add(.numbers, "price_times_quantity", product, "ns")
    }
}
