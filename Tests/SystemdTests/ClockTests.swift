import Systemd
import Testing

@Suite struct `Clocks` {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (951_827_696_123, "2000-02-29T12:34:56.123Z"),
        (1_795_341_600_123, "2026-11-22T10:00:00.123Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
    ])
    func `tell the date in UTC`(milliseconds: Int64, text: String) {
        #expect(WallClock.text(ofUnixMilliseconds: milliseconds) == text)
    }

    @Test func `never go back where they are monotonic`() {
        let readings = (0..<1_000).map { _ in MonotonicClock.nanoseconds() }
        #expect(readings == readings.sorted())
    }
}
