import Contracts
import StoragePlane
import Testing

/// Each test plants one breach in a journal that our writer makes, and sees it named.
@Suite struct `A journal's invariants` {
    private let story = Story()
    private let name = "tb1-papr-abcdefgh-1-0"

    /// The breach of `id` at `sequence`, whose sentence has `words` in it; and no other one.
    private func expect(
        _ id: String,
        at sequence: UInt64,
        _ words: String,
        _ limits: InvariantLimits = InvariantLimits()
    ) throws {
        let found = try story.violations(limits)
        #expect(found.map(\.id) == [id] && found.first?.sequence == sequence, "\(found)")
        #expect(found.first?.sentence.contains(words) == true, "\(found)")
        #expect(InvariantList.all.contains { $0.id == id && $0.journal != nil })
    }

    @Test func `hold in an orderly day`() throws {
        story.state(.starting)
        story.state()
        story.feed(.fresh)
        let entry = story.approve(stop: Story.price(9_000))
        story.trade(entry)
        story.order(
            .submitting,
            entry,
            name: "tb1-papr-abcdefgh-1-1",
            side: .sell,
            reduceOnly: true,
            purpose: .stopLoss
        )
        story.order(
            .untriggered,
            entry,
            name: "tb1-papr-abcdefgh-1-1",
            side: .sell,
            reduceOnly: true,
            purpose: .stopLoss
        )
        story.account(equity: 100_000)
        story.command(.pause, key: 1)
        story.state(.paused, paused: true)
        story.command(.resume, key: 2)
        story.state()
        story.risk([.drawdown])
        let exit = story.approve(to: .zero)
        story.trade(exit, name: "tb1-papr-abcdefgh-9-0", side: .sell, position: .zero, reduceOnly: true)
        story.order(
            .cancelling,
            entry,
            name: "tb1-papr-abcdefgh-1-1",
            side: .sell,
            reduceOnly: true,
            purpose: .stopLoss
        )
        story.order(
            .cancelled,
            entry,
            name: "tb1-papr-abcdefgh-1-1",
            side: .sell,
            reduceOnly: true,
            purpose: .stopLoss
        )
        story.command(.riskReset, key: 3)
        story.risk()
        story.account(equity: 100_050, realised: 60, fees: 10)
        #expect(try story.violations() == [])
    }

    // MARK: Orders and leave

    @Test func `I1 name an order that nobody approved`() throws {
        let at = story.order(.submitting, .intent(77))
        try expect("I1", at: at, "had not been approved")
    }

    @Test func `I1 name an order that belongs to nothing`() throws {
        let at = story.order(.submitting, nil)
        try expect("I1", at: at, "nothing says for which intent")
    }

    @Test(arguments: ["paused", "stopping", "halted", "stale", "unknown"])
    func `I2 name an entry through a closed gate`(gate: String) throws {
        story.state()
        story.feed(.fresh)
        let id = story.approve()
        switch gate {
        case "paused": story.state(.paused, paused: true)
        case "stopping": story.state(.stopping)
        case "halted": story.risk([.dailyLoss])
        case "stale": story.feed(.stale)
        default:
            story.order(.submitting, id, name: "tb1-x")
            story.order(.unknown, id, name: "tb1-x")
        }
        let at = story.order(.submitting, id)
        try expect("I2", at: at, "entered a position while")
    }

    @Test func `I2 let in what is sent in the chain of the word that opens the gate`() throws {
        story.state()
        story.feed(.fresh)
        let id = story.approve()
        story.state(.paused, paused: true)
        story.orderOnceRunning(id)
        story.state()
        #expect(try story.violations() == [])
    }

    @Test func `I2 let exits through a closed gate`() throws {
        story.state()
        let id = story.approve()
        story.trade(id)
        story.risk([.dailyLoss])
        story.order(.submitting, id, name: "tb1-papr-abcdefgh-9-0", side: .sell)
        #expect(try story.violations() == [])
    }

    @Test(arguments: [OrderState.submitting, .amending, .cancelling])
    func `I3 name what goes out after an acknowledged pause`(state: OrderState) throws {
        story.state()
        let id = story.approve()
        if state != .submitting {
            story.order(.submitting, id)
            story.order(.open, id)
        }
        let pause = story.command(.pause, key: 1)
        // A restart ends no pause.
        story.state(.starting)
        story.clock()
        let at = story.order(state, id, reduceOnly: state == .submitting)
        try expect("I3", at: at, "acknowledged at \(pause)")
    }

    @Test func `I3 let the operator's own command through a pause`() throws {
        story.command(.pause, key: 1)
        story.command(.stop, key: 2)
        story.order(.submitting, .command(CommandKey(high: 7, low: 2)), reduceOnly: true)
        #expect(try story.violations() == [])
    }

    @Test func `I4 name an order that is placed twice`() throws {
        let id = story.approve()
        let first = story.order(.submitting, id)
        let at = story.order(.submitting, id)
        let found = try story.violations()
        #expect(found.map(\.id).sorted() == ["I17", "I4"] && found.allSatisfy { $0.sequence == at })
        #expect(found.contains { $0.sentence.contains("it had been placed at \(first)") })
    }

    @Test(arguments: ["x-1", "tb1-" + String(repeating: "a", count: 40)])
    func `I4 name an order whose name the exchange would not take`(name: String) throws {
        let at = story.order(.submitting, story.approve(), name: name)
        try expect("I4", at: at, "is not of the form")
    }

    @Test func `I4 name an order whose name bears another journal's id`() throws {
        let id = story.approve()
        story.order(.submitting, id)
        story.order(.filled, id)
        let other = story.approve()
        let at = story.order(.submitting, other, name: "tb1-papr-zzzzzzzz-9-0")
        #expect(try story.violations().contains { $0.id == "I4" && $0.sequence == at })
    }

    @Test func `I5 name an unknown order that is called rejected without the venue's word`() throws {
        let id = story.approve()
        story.order(.submitting, id)
        story.order(.unknown, id)
        let at = story.order(.rejected, id)
        try expect("I5", at: at, "the venue had said nothing")
    }

    @Test func `I5 let an unknown order be resolved by the venue`() throws {
        let id = story.approve()
        story.order(.submitting, id)
        story.order(.unknown, id)
        story.tell {
            VenueReport(
                meta: $0,
                venue: "bybit",
                instrument: Story.instrument,
                orderID: OrderID(rawValue: self.name),
                kind: .rejected(reason: "too late")
            )
        }
        story.order(.rejected, id)
        #expect(try story.violations() == [])
    }

    // MARK: Positions and money

    @Test func `I6 name a position that its fills do not make`() throws {
        let id = story.approve()
        story.order(.submitting, id)
        story.order(.filled, id, filled: Story.quantity(1_000), fill: Story.fill("x-1", 1_000))
        let at = story.books(Story.quantity(900), id)
        try expect("I6", at: at, "its fills make 1.000")
    }

    @Test func `I6 let the books follow several fills one by one`() throws {
        let id = story.approve()
        story.order(.submitting, id)
        story.order(.partiallyFilled, id, filled: Story.quantity(400), fill: Story.fill("x-1", 400))
        story.order(.filled, id, filled: Story.quantity(1_000), fill: Story.fill("x-2", 600))
        story.books(Story.quantity(400), id)
        story.books(Story.quantity(1_000), id)
        story.books(Story.quantity(1_000))
        #expect(try story.violations() == [])
    }

    @Test func `I7 name an execution that is applied twice`() throws {
        let id = story.approve()
        story.order(.submitting, id)
        let first = story.order(
            .partiallyFilled,
            id,
            filled: Story.quantity(400),
            fill: Story.fill("x-1", 400)
        )
        let at = story.order(.partiallyFilled, id, filled: Story.quantity(800), fill: Story.fill("x-1", 400))
        try expect("I7", at: at, "it had been at \(first)")
    }

    @Test func `I8 name an approval beyond a limit`() throws {
        let verdict = CheckVerdict(
            check: .grossNotional,
            value: .money(Money(units: 1_001, scale: 0)),
            limit: .money(Money(units: 1_000, scale: 0))
        )
        let shrunk = CheckVerdict(
            check: .orderNotional,
            value: .money(Money(units: 9_999, scale: 0)),
            limit: .money(Money(units: 1_000, scale: 0)),
            isShrunk: true
        )
        story.approve(verdicts: [shrunk, verdict])
        try expect("I8", at: story.last, "grossNotional 1001, limit 1000")
    }

    @Test(arguments: [(Side.buy, "from 1.000 to 2.000"), (.sell, "from 1.000 to -1.000")])
    func `I9 name a reduce-only order that does not reduce`(side: Side, words: String) throws {
        let id = story.approve()
        story.trade(id)
        story.order(
            .submitting,
            id,
            name: "tb1-r",
            side: side,
            quantity: Story.quantity(2_000),
            reduceOnly: true
        )
        let size: Int64 = side == .buy ? 1_000 : 2_000
        let at = story.order(
            .partiallyFilled,
            id,
            name: "tb1-r",
            side: side,
            quantity: Story.quantity(2_000),
            filled: Story.quantity(size),
            reduceOnly: true,
            fill: Story.fill("x-r", size)
        )
        try expect("I9", at: at, words)
    }

    @Test func `I10 name a position without its stop`() throws {
        story.state()
        let id = story.approve(stop: Story.price(9_000))
        story.trade(id)
        story.time += 5_000
        #expect(try story.violations() == [])
        let at = story.clock()
        try expect("I10", at: at, "no stop at the venue")
    }

    @Test func `I14 name an equity that its parts do not make`() throws {
        story.account(equity: 100_000)
        story.account(equity: 100_040, realised: 50, fees: 10)
        let at = story.account(equity: 100_041, realised: 50, fees: 10)
        try expect("I14", at: at, "would need a start of 1000.01")
    }

    @Test(arguments: [nil, "5e5e", String(repeating: "x", count: 64)])
    func `I15 name an approval under limits that nobody has written down`(digest: String?) throws {
        story.state(.starting, digest: digest)
        story.state()
        story.approve()
        story.approve()
        let found = try story.violations().filter { $0.id == "I15" }
        #expect(found.count == (digest == nil ? 1 : 2))
        #expect(found.last?.sentence.contains("no digest since the start") == true)
    }

    @Test func `I15 let approvals follow a configuration's digest`() throws {
        story.state(.starting)
        story.state()
        story.approve()
        #expect(try story.violations().isEmpty)
    }

    @Test func `I16 name a halt that ended by itself`() throws {
        story.state()
        let since = story.risk([.drawdown, .dailyLoss])
        let at = story.risk([])
        try expect("I16", at: at, "the halt drawdown of \(since) ended")
    }

    // MARK: The order's life

    @Test(arguments: [
        ([OrderState.submitting, .filled, .open], "from filled to open"),
        ([.submitting, .partiallyFilled, .open], "from partiallyFilled to open"),
        ([.submitting, .open, .untriggered], "from open to untriggered"),
        ([.submitting, .cancelled, .cancelling], "from cancelled to cancelling"),
        ([.open], "from nothing to open"),
    ])
    func `I17 name a step that no order takes`(states: [OrderState], words: String) throws {
        let id = story.approve()
        for state in states { story.order(state, id, reduceOnly: true) }
        try expect("I17", at: story.last, words)
    }

    @Test func `I17 let an ended order take a late fill`() throws {
        let id = story.approve()
        story.order(.submitting, id)
        story.order(.cancelled, id)
        story.order(.cancelled, id, filled: Story.quantity(10), fill: Story.fill("late", 10))
        #expect(try story.violations() == [])
    }

    @Test func `I18 name a filled quantity that falls, or is not the sum of its fills, or is too much`()
        throws
    {
        let id = story.approve()
        story.order(.submitting, id)
        story.order(.partiallyFilled, id, filled: Story.quantity(400), fill: Story.fill("x-1", 400))
        let falls = story.order(.partiallyFilled, id, filled: Story.quantity(300))
        let other = story.order(
            .partiallyFilled,
            id,
            filled: Story.quantity(500),
            fill: Story.fill("x-2", 100)
        )
        let over = story.order(.filled, id, filled: Story.quantity(1_001), fill: Story.fill("x-3", 501))
        let found = try story.violations()
        #expect(found.map(\.id) == ["I18", "I18", "I18"])
        #expect(found.map(\.sequence) == [falls, other, over])
        #expect(found[0].sentence.contains("fell from 0.400 to 0.300"))
    }

    @Test(arguments: [
        (Int64(1_000), Int64(10_005), "tick"), (1_500, 10_000, "step"), (0, 10_000, "least"),
        (99_000, 10_000, "most"),
    ])
    func `I19 name an order that the instrument does not allow`(
        quantity: Int64,
        price: Int64,
        words: String
    ) throws {
        story.tell {
            InstrumentSpec(
                meta: $0,
                instrument: Story.instrument,
                baseCoin: "BTC",
                quoteCoin: "USDT",
                status: .trading,
                tickSize: Story.price(10),
                quantityStep: Story.quantity(1_000),
                quantityMin: Story.quantity(1_000),
                quantityMax: Story.quantity(50_000)
            )
        }
        let id = story.approve()
        let at = story.order(
            .submitting,
            id,
            quantity: Story.quantity(quantity),
            limit: Story.price(price)
        )
        try expect("I19", at: at, words)
    }

    @Test(arguments: [FeedHealth.State.stale, .resyncing])
    func `I20 name a position that was let grow on old data`(state: FeedHealth.State) throws {
        story.feed(state)
        story.approve()
        try expect("I20", at: story.last, "while its data was \(state.rawValue)")
    }

    @Test func `I21 name an order too many`() throws {
        let id = story.approve()
        for number in 0..<11 { story.order(.submitting, id, name: "tb1-\(number)") }
        try expect("I21", at: story.last, "number 11 within a second, limit 10")
    }

    @Test func `I21 count no exits`() throws {
        let id = story.approve()
        story.books(Story.quantity(0))
        for number in 0..<30 { story.order(.submitting, id, name: "tb1-\(number)", reduceOnly: true) }
        #expect(try story.violations() == [])
    }

    // MARK: The journal itself

    @Test func `I23 name a time that goes back`() throws {
        // A kernel never does that, so the rows are made without one.
        var early = ClockEvent(meta: EventMeta(source: .system, ts: dayStart + 5))
        early.meta.seq = 1
        var late = ClockEvent(meta: EventMeta(source: .system, ts: dayStart + 2))
        late.meta.seq = 2
        let scratch = try Scratch()
        try scratch.write([
            [JournalEntry(event: early.erased, isRoot: true), JournalEntry(event: late.erased, isRoot: true)]
        ])
        let verdict = try JournalReader(path: scratch.journal).verify()
        #expect(
            verdict.violations.map(\.description) == ["I23 at 2: time went back by 3 ms, to \(dayStart + 2)"]
        )
        #expect(verdict.check.backwardCount == 1 && !verdict.isClean && verdict.counts == ["I23": 1])
    }

    @Test func `I24 name a command without an answer, after a while`() throws {
        let asked = story.command(.pause, key: 1, isAnswered: false)
        story.time += 60_000
        let at = story.clock()
        try expect("I24", at: at, "the command pause of \(asked) has had no answer")
    }

    @Test func `I24 name an answer to nothing, a second one, and a command of nobody`() throws {
        let nothing = story.command(.pause, key: 1, isAsked: false)
        story.command(.resume, key: 2)
        let second = story.command(.resume, key: 2, isAsked: false)
        let nobody = story.command(.logs(isOn: true), key: 3, actor: "") - 1
        let found = try story.violations()
        #expect(found.map(\.id) == ["I24", "I24", "I24"])
        #expect(found.map(\.sequence) == [nothing, second, nobody])
    }

    @Test func `I24 let a crash cut a command off`() throws {
        story.command(.pause, key: 1, isAnswered: false)
        story.state(.starting)
        story.time += 600_000
        story.clock()
        #expect(try story.violations() == [])
    }

    @Test func `I25 name a secret without repeating it`() throws {
        let at = story.tell {
            ErrorEvent(
                meta: $0,
                module: .logger,
                severity: .error,
                code: "a",
                what: "the request",
                why: "key s3cr3t-value was refused",
                next: "c"
            )
        }
        #expect(try story.violations() == [])
        var limits = InvariantLimits()
        limits.secrets = ["s3cr3t-value"]
        let found = try story.violations(limits)
        #expect(found.map(\.id) == ["I25"] && found.first?.sequence == at)
        #expect(found.first?.sentence == "the payload holds a known secret")
    }

    @Test func `I25 name a payload with the name of a secret`() throws {
        let at = story.tell {
            ErrorEvent(
                meta: $0,
                module: .logger,
                severity: .error,
                code: "a",
                what: "-----BEGIN PRIVATE KEY-----",
                why: "b",
                next: "c"
            )
        }
        try expect("I25", at: at, "PRIVATE KEY")
    }

    // MARK: What is known when

    @Test func `hold nobody to what had not been delivered`() throws {
        // Given: halt and order follow from one event, and the order was decided before the halt was heard
        let scratch = try Scratch()
        story.state()
        let id = story.approve()
        try scratch.write([story.followed(by: id)])
        #expect(try JournalReader(path: scratch.journal).verify().violations == [])
    }

    @Test func `are asked about only what a cut journal still shows`() throws {
        // Given: the approval lies in a segment that is gone, with its record
        let scratch = try Scratch()
        story.state()
        let id = story.approve()
        story.order(.submitting, id)
        var settings = JournalSettings()
        settings.compressAfterDays = 1_000
        settings.retentionDays = 1
        let days = story.split(by: id)
        let writer = try JournalWriter(path: scratch.journal, settings: settings)
        for day in days {
            writer.append(day)
            try writer.flush()
        }
        writer.finishHousekeeping()
        try writer.close()
        let verdict = try JournalReader(path: scratch.journal).verify()
        #expect(verdict.check.first ?? 1 > 1 && verdict.check.isWhole)
        #expect(verdict.violations == [], "\(verdict.violations)")
    }
}

extension Story {
    /// The story, then one event from outside from which a halt and an order follow.
    func followed(by id: CorrelationID) -> [JournalEntry] {
        var entries = told
        var number = last
        func add(_ event: some Event, isRoot: Bool) {
            number += 1
            var event = event
            event.meta.seq = number
            event.meta.ts = time + 10
            entries.append(JournalEntry(event: event.erased, isRoot: isRoot))
        }
        add(ClockEvent(meta: EventMeta(source: .system)), isRoot: true)
        add(
            RiskState(
                meta: EventMeta(source: .risk),
                halts: [RiskHalt(kind: .drawdown, why: "drawdown", since: time)],
                grossNotional: .zero,
                grossNotionalMax: .zero,
                rejections: []
            ),
            isRoot: false
        )
        add(
            OrderEvent(
                meta: EventMeta(source: .trading, correlationID: id),
                orderID: OrderID(rawValue: "tb1-late"),
                instrument: Self.instrument,
                strategy: StrategyID("ema-cross"),
                state: .submitting,
                side: .buy,
                type: .limit,
                timeInForce: .goodTillCancelled,
                limitPrice: nil,
                quantity: Self.quantity(1),
                filledQuantity: .zero,
                isReduceOnly: false
            ),
            isRoot: false
        )
        return entries
    }

    /// The story as the first day, then days on which its order goes on.
    func split(by id: CorrelationID) -> [[JournalEntry]] {
        let first = told
        time += 4 * dayMilliseconds
        order(.open, id)
        order(.submitting, id, name: "tb1-papr-abcdefgh-1-1", reduceOnly: true)
        let second = Array(told.dropFirst(first.count))
        time += dayMilliseconds
        clock()
        return [first, second, Array(told.dropFirst(first.count + second.count))]
    }
}
