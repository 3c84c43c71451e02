import Contracts
import EventKernel
import MarketPlane
import Testing

/// A kernel's end of a joiner: takes what is passed on, as long as it has room.
private struct Outlet {
    var joiner: StreamJoiner<Int>
    var passed: [Int] = []
    /// What was passed on after younger ones.
    var late: Set<Int> = []
    var room = Int.max

    init(_ kind: StreamJoiner<Int>.Kind, heldCountMax: Int = 1_000) {
        joiner = StreamJoiner(kind: kind, heldCountMax: heldCountMax, recentCountMax: 4_000)
    }

    /// Trades have a number each, and three of them one millisecond.
    static func item(_ number: Int, _ kind: StreamJoiner<Int>.Kind) -> StreamJoiner<Int>.Item {
        switch kind {
        case .identity:
            StreamJoiner.Item(
                key: .trade(.number(UInt64(number))),
                time: Int64(number / 3),
                payload: number
            )
        case .step, .state:
            StreamJoiner.Item(key: .time(Int64(number) * 10), time: Int64(number) * 10, payload: number)
        }
    }

    mutating func pass(_ number: Int) -> Bool {
        guard room > 0 else { return false }
        room -= 1
        passed.append(number)
        return true
    }

    /// One streams; false where it found no place.
    @discardableResult
    mutating func stream(_ number: Int) -> Bool {
        let item = Self.item(number, joiner.kind)
        switch joiner.verdict(on: item.key, at: item.time) {
        case .drop: return true
        case .pass:
            guard pass(number) else { return false }
            joiner.passed(item.key, at: item.time)
            return true
        case .gap:
            joiner.beginGap()
            return joiner.hold(item)
        case .hold:
            guard joiner.hold(item) else { return false }
            if !joiner.isJoining { drain() }
            return true
        }
    }

    @discardableResult
    mutating func answer(_ numbers: some Sequence<Int>) -> StreamJoiner<Int>.Joined {
        let joined = joiner.join(numbers.map { Self.item($0, joiner.kind) })
        drain()
        return joined
    }

    mutating func drain() {
        var joiner = joiner
        joiner.drain { pass($0) }
        self.joiner = joiner
    }
}

@Suite struct `Stream joiner` {
    @Test func `passes on what streams while nothing is missing, and nothing twice`() {
        var outlet = Outlet(.identity)
        for number in [1, 2, 2, 3, 1] { outlet.stream(number) }
        #expect(outlet.passed == [1, 2, 3])
    }

    @Test func `puts what was missed before what streams after the gap`() {
        var outlet = Outlet(.identity)
        for number in 1...3 { outlet.stream(number) }
        outlet.joiner.beginGap()
        for number in 7...8 { outlet.stream(number) }
        #expect(outlet.passed == [1, 2, 3])
        // The answer knows more than has streamed: that comes by itself.
        let joined = outlet.answer(1...9)
        #expect(joined == .init(outcome: .whole, missingCount: 3))
        #expect(outlet.passed == Array(1...8))
        outlet.stream(9)
        #expect(outlet.passed == Array(1...9))
    }

    @Test func `does not believe an answer that is older than what streams`() {
        var outlet = Outlet(.identity)
        outlet.stream(1)
        outlet.joiner.beginGap()
        outlet.stream(30)
        let first = outlet.answer(1...20).outcome
        #expect(first == .again)
        #expect(outlet.passed == Array(1...20))
        let second = outlet.answer(10...40).outcome
        #expect(second == .whole)
        #expect(outlet.passed == Array(1...30))
    }

    @Test func `waits for the first that streams before it calls a gap closed`() {
        var outlet = Outlet(.identity)
        outlet.stream(1)
        outlet.joiner.beginGap()
        let first = outlet.answer(1...4).outcome
        #expect(first == .waiting)
        outlet.stream(7)
        #expect(outlet.passed == [1, 2, 3, 4])
        let second = outlet.answer(1...7).outcome
        #expect(second == .whole)
        #expect(outlet.passed == Array(1...7))
    }

    @Test func `fills a gap within a gap`() {
        var outlet = Outlet(.identity)
        outlet.stream(1)
        outlet.joiner.beginGap()
        for number in [4, 5] { outlet.stream(number) }
        outlet.joiner.beginGap()
        for number in [8, 9] { outlet.stream(number) }
        let first = outlet.answer(1...6).outcome
        #expect(first == .again)
        let second = outlet.answer(1...9).outcome
        #expect(second == .whole)
        #expect(outlet.passed == Array(1...9))
    }

    @Test func `says where an answer does not reach back far enough`() {
        var outlet = Outlet(.identity)
        outlet.stream(1)
        outlet.joiner.beginGap()
        outlet.stream(90)
        let joined = outlet.answer(50...90)
        #expect(joined.isHole && joined.outcome == .whole)
        #expect(outlet.passed == [1] + Array(50...90))
    }

    @Test func `lets what is held go and fills the hole late`() {
        var outlet = Outlet(.identity)
        outlet.stream(3)
        outlet.joiner.beginGap()
        outlet.stream(12)
        outlet.joiner.release()
        outlet.drain()
        outlet.stream(13)
        #expect(outlet.passed == [3, 12, 13])
        outlet.answer(1...14)
        #expect(outlet.passed == [3, 12, 13] + Array(4...11))
        outlet.stream(14)
        #expect(outlet.passed.last == 14)
        #expect(outlet.joiner.lastTime == 4)
        #expect(!outlet.joiner.wantsAnswer)
    }

    @Test func `keeps a hole open until an answer reaches its end`() {
        var outlet = Outlet(.identity)
        outlet.stream(3)
        for begin in [12, 20] {
            outlet.joiner.beginGap()
            outlet.stream(begin)
            outlet.joiner.release()
            outlet.drain()
        }
        #expect(outlet.joiner.knownThrough == 1)
        // Asked before the first one behind the hole was made.
        outlet.answer(1...9)
        #expect(outlet.passed == [3, 12, 20] && outlet.joiner.hasHoles)
        outlet.answer(1...15)
        #expect(outlet.passed == [3, 12, 20] + Array(4...11) && outlet.joiner.hasHoles)
        outlet.answer(1...21)
        #expect(outlet.passed == [3, 12, 20] + Array(4...11) + Array(13...19))
        #expect(!outlet.joiner.wantsAnswer)
    }

    @Test func `says so where it gives a hole up`() {
        var outlet = Outlet(.identity)
        outlet.stream(3)
        outlet.joiner.beginGap()
        outlet.stream(20)
        let isReleased = outlet.joiner.release()
        #expect(isReleased)
        outlet.drain()
        let joined = outlet.joiner.join((1...9).map { Outlet.item($0, .identity) }, isLast: true)
        #expect(joined.isHole && joined.missingCount == 6)
        #expect(!outlet.joiner.wantsAnswer)
    }

    @Test func `counts the holes that it gives up for newer ones`() {
        var outlet = Outlet(.identity)
        outlet.stream(3)
        for begin in 1...18 {
            outlet.joiner.beginGap()
            outlet.stream(begin * 10)
            outlet.joiner.release()
            outlet.drain()
        }
        #expect(outlet.joiner.takeForgottenHoles() == 2)
        #expect(outlet.joiner.takeForgottenHoles() == 0)
        // Those that are left are filled.
        outlet.answer(1...181)
        #expect(outlet.passed.count == 1 + 18 + 16 * 9 && !outlet.joiner.hasHoles)
    }

    @Test func `lets nothing go where nothing is held`() {
        var outlet = Outlet(.identity)
        outlet.stream(3)
        outlet.joiner.beginGap()
        let isReleased = outlet.joiner.release()
        #expect(!isReleased && outlet.joiner.isJoining && !outlet.joiner.hasHoles)
    }

    @Test func `brings late what was lost between others`() {
        var outlet = Outlet(.identity)
        for number in [1, 2, 5, 6] { outlet.stream(number) }
        outlet.joiner.noteLoss()
        outlet.joiner.beginGap()
        outlet.stream(9)
        outlet.answer(0...9)
        #expect(outlet.passed == [1, 2, 5, 6, 3, 4, 7, 8, 9])
    }

    @Test func `keeps the order where the kernel has no room`() {
        var outlet = Outlet(.identity)
        outlet.stream(1)
        outlet.joiner.beginGap()
        outlet.stream(6)
        outlet.room = 2
        outlet.answer(1...6)
        outlet.stream(7)
        outlet.stream(5)
        #expect(outlet.passed == [1, 2, 3])
        outlet.room = .max
        outlet.stream(8)
        #expect(outlet.passed == Array(1...8))
    }

    @Test func `refuses more than it may hold`() {
        var outlet = Outlet(.identity, heldCountMax: 2)
        outlet.joiner.beginGap()
        let taken = (1...3).map { outlet.stream($0) }
        #expect(taken == [true, true, false])
    }

    @Test func `notices a candle that is missing, by itself`() {
        var outlet = Outlet(.step(milliseconds: 10))
        for number in [1, 2, 4, 4] { outlet.stream(number) }
        #expect(outlet.passed == [1, 2])
        let first = outlet.answer(0...3).outcome
        #expect(first == .whole)
        #expect(outlet.passed == [1, 2, 3, 4])
        outlet.stream(3)
        outlet.stream(5)
        #expect(outlet.passed == [1, 2, 3, 4, 5])
    }

    @Test func `asks again for candles that the answer does not have yet`() {
        var outlet = Outlet(.step(milliseconds: 10))
        outlet.joiner.beginGap()
        outlet.stream(9)
        let first = outlet.answer(3...5).outcome
        #expect(first == .again)
        #expect(outlet.passed == [3, 4, 5])
        let second = outlet.answer(3...9).outcome
        #expect(second == .whole)
        #expect(outlet.passed == Array(3...9))
    }

    @Test func `puts past states before the present one`() {
        var outlet = Outlet(.state)
        outlet.stream(2)
        outlet.joiner.beginGap()
        outlet.stream(9)
        let first = outlet.answer([1, 2, 5, 8, 9, 12]).outcome
        #expect(first == .whole)
        #expect(outlet.passed == [2, 5, 8, 9])
    }

    /// Any interleaving of a stream that breaks and of answers that lag, by seed.
    @Test(arguments: 0..<500 as Range<UInt64>)
    func `loses nothing, repeats nothing and keeps the order`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let kind: StreamJoiner<Int>.Kind = seed % 2 == 0 ? .identity : .step(milliseconds: 10)
        var outlet = Outlet(kind)
        let start = Int.random(in: 0..<50, using: &generator)
        var made = start
        var (isConnected, lag) = (true, 0)
        if Bool.random(using: &generator) { outlet.joiner.beginGap() }
        var first: Int?
        for _ in 0..<400 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0:
                isConnected.toggle()
                if isConnected { outlet.joiner.beginGap() }
            case 1, 2:
                guard outlet.joiner.wantsAnswer, isConnected else { continue }
                // The exchange's answer may be behind its stream, and reaches back two hundred.
                lag = Int.random(in: 0..<4, using: &generator)
                let newest = made - lag
                if newest > 0 { outlet.answer(max(0, newest - 200)..<newest) }
            case 3: outlet.room = Int.random(in: 0..<5, using: &generator)
            case 4, 5: outlet.room = .max
            default:
                if isConnected {
                    // What finds no place comes again, as the connection's outbox does it.
                    while !outlet.stream(made) {
                        outlet.room = .max
                        outlet.drain()
                    }
                }
                made += 1
            }
            if first == nil { first = outlet.passed.first }
            outlet.drain()
        }
        outlet.room = .max
        if !isConnected { outlet.joiner.beginGap() }
        outlet.stream(made)
        made += 1
        if outlet.joiner.wantsAnswer { outlet.answer(max(0, made - 500)..<made) }
        outlet.drain()
        #expect(!outlet.joiner.isJoining)
        // Short, since the numbers are many: the first one out of place.
        let wrong = zip(outlet.passed, outlet.passed.dropFirst()).first { $1 != $0 + 1 }
        #expect(wrong == nil)
        #expect(outlet.passed.first == first && outlet.passed.last == made - 1)
    }

    /// The same where what is held is let go now and then: the order is lost, and nothing else.
    @Test(arguments: 0..<500 as Range<UInt64>)
    func `loses nothing and repeats nothing where nothing waits for an answer`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let kind: StreamJoiner<Int>.Kind = seed % 2 == 0 ? .identity : .step(milliseconds: 10)
        var outlet = Outlet(kind)
        outlet.stream(0)
        var made = 1
        var isConnected = true
        for _ in 0..<400 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0:
                isConnected.toggle()
                if isConnected { outlet.joiner.beginGap() }
            case 1:
                guard outlet.joiner.wantsAnswer, isConnected else { continue }
                outlet.answer(0..<max(0, made - Int.random(in: 0..<6, using: &generator)))
            case 2:
                outlet.joiner.release()
                outlet.drain()
            case 3: outlet.room = Int.random(in: 0..<5, using: &generator)
            case 4, 5: outlet.room = .max
            default:
                if isConnected {
                    while !outlet.stream(made) {
                        outlet.room = .max
                        outlet.drain()
                    }
                }
                made += 1
            }
            outlet.drain()
        }
        outlet.room = .max
        outlet.drain()
        if !isConnected { outlet.joiner.beginGap() }
        outlet.stream(made)
        made += 1
        if outlet.joiner.wantsAnswer { outlet.answer(0..<made) }
        outlet.drain()
        #expect(!outlet.joiner.wantsAnswer)
        #expect(outlet.passed.sorted() == Array(0..<made))
    }
}
