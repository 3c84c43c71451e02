import Contracts
import Testing

@testable import Reporting

@Suite struct `Value axis` {
    @Test(arguments: [
        (95_000.0...131_000.0, ["100k", "110k", "120k", "130k"]),
        (0.0...0.93, ["0", "0.2", "0.4", "0.6", "0.8"]),
        (-0.004...0.0021, ["-0.004", "-0.002", "0", "0.002"]),
        (4_100.0...4_900.0, ["4,200", "4,400", "4,600", "4,800"]),
        (0.0...7e6, ["0", "2M", "4M", "6M"]),
        (100_000.0...100_900.0, ["100.00k", "100.25k", "100.50k", "100.75k"]),
    ])
    func `has few ticks, at round numbers that its labels tell apart`(
        values: ClosedRange<Double>,
        labels: [String]
    ) {
        let axis = ValueAxis(values, height: 100)
        let found = axis.ticks(about: 5, label: AxisLabel.amount).map(\.label)
        #expect(found.map { $0.replacing("−", with: "-") } == labels)
    }

    @Test func `has room for a curve that is flat`() {
        for value in [0.0, 5, -3, 100_000] {
            let axis = ValueAxis(value...value, height: 100)
            #expect(axis.low < value && axis.high > value)
            #expect(axis.ticks(about: 5, label: AxisLabel.amount).count < 12)
        }
    }

    @Test func `puts the highest above the lowest`() {
        let axis = ValueAxis(0...10, height: 100)
        #expect(axis.offset(0) == 100 && axis.offset(axis.high) == 0)
    }
}

@Suite struct `Time axis` {
    static let day: Int64 = 86_400_000

    @Test(arguments: [
        (
            "2023-01-01", 730.0,
            ["Jan 2023", "Apr 2023", "Jul 2023", "Oct 2023", "Jan 2024", "Apr 2024", "Jul 2024", "Oct 2024"]
        ),
        ("2024-02-20", 30, ["22 Feb", "29 Feb", "7 Mar", "14 Mar", "21 Mar"]),
        ("2024-02-28", 3, ["28 Feb", "12:00", "29 Feb", "12:00", "1 Mar", "12:00", "2 Mar"]),
        ("2024-05-01", 0.125, ["1 May", "00:30", "01:00", "01:30", "02:00", "02:30", "03:00"]),
        ("1999-06-01", 7_300, ["Jan 2000", "Jan 2005", "Jan 2010", "Jan 2015"]),
    ])
    func `has ticks where the calendar has them`(start: String, days: Double, labels: [String]) throws {
        let parts = start.split(separator: "-").compactMap { Int($0) }
        let first = UTCDate(year: parts[0], month: parts[1], day: parts[2]).start
        let axis = TimeAxis(first, first + Int64(days * Double(Self.day)))
        #expect(axis.ticks().map(\.label) == labels)
    }

    @Test func `never has too many ticks`() {
        for minutes in stride(from: Int64(1), to: 20_000_000, by: 7_919) {
            let count = TimeAxis(SampleRun.start, SampleRun.start + minutes * 60_000).ticks().count
            #expect((1...9).contains(count), "\(minutes) minutes")
        }
    }
}

@Suite struct `Calendar day` {
    @Test func `comes back from its own beginning, every day of eight hundred years`() {
        var time = UTCDate(year: 1_800, month: 1).start
        var before = UTCDate(time - 1)
        while time < UTCDate(year: 2_600, month: 1).start {
            let date = UTCDate(time)
            #expect(date.start == time && before < date)
            (before, time) = (date, time + 86_400_000)
        }
        #expect(UTCDate(951_782_400_000) == UTCDate(year: 2_000, month: 2, day: 29))
        #expect(TimeText.minute(1_709_583_300_000) == "2024-03-04 20:15")
    }
}

@Suite struct `Bins of outcomes` {
    @Test(arguments: [-4_100.0...4_080, 5.0...5.0, 0.0...1, -1.0...0, -0.003...12_000, 1e9...1.1e9])
    func `hold every value, gains and losses apart`(values: ClosedRange<Double>) {
        let bins = Bins(values)
        let all = (0...100).map { step in
            values.lowerBound + (values.upperBound - values.lowerBound) * Double(step) / 100
        }
        let counts = bins.counts(all)
        #expect(counts.reduce(0, +) == all.count && counts.count <= 40)
        for index in counts.indices { #expect(bins.edge(index) >= 0 || bins.edge(index + 1) <= 0) }
    }
}
