import Contracts
import EventKernel
import RiskPlane
import TestKit
import Testing

/// What holds for every intent, whatever came before.
@Suite struct `Risk, whatever happens` {
    private let limits = RiskLimits(
        orderNotionalMax: 1_000,
        positionNotionalMax: 1_800,
        grossNotionalMax: 2_500,
        cooldownMilliseconds: 0
    )

    /// The world as the test itself keeps it.
    private struct World {
        var held: [Instrument: Int64] = [bitcoin: 0, ether: 0]
        var price: [Instrument: Int64] = [bitcoin: 10_000, ether: 10_000]
        var isPaused = false
        var isFresh: [Instrument: Bool] = [bitcoin: true, ether: true]
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `never gives leave beyond a limit, while paused or on stale data`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let plane = PlaneHarness.risk(limits)
        var world = World()
        var approvedCount = 0
        for number in 1...1_500 as ClosedRange<UInt64> {
            let instrument = Bool.random(using: &random) ? bitcoin : ether
            change(&world, plane, instrument, &random)
            plane.forget()
            // When
            let cents = try #require(world.price[instrument])
            plane.tell(
                StrategyIntent.fixture(
                    number,
                    of: instrument,
                    by: Bool.random(using: &random) ? alpha : beta,
                    target: Money(
                        units: Int128(Int64.random(in: -250_000...250_000, using: &random)),
                        scale: 2
                    ),
                    price: Price(units: cents, scale: 2)
                )
            )
            // Then
            #expect(plane.approvals.count + plane.rejections.count == 1)
            guard let approved = plane.approvals.first else { continue }
            approvedCount += 1
            try check(approved, in: world)
            try fill(approved, &world, plane, &random)
        }
        #expect(approvedCount > 200)
    }

    private func change(
        _ world: inout World,
        _ plane: PlaneHarness,
        _ instrument: Instrument,
        _ random: inout SeededGenerator
    ) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0:
            world.isPaused.toggle()
            plane.tell(ControlState.fixture(paused: world.isPaused))
        case 1:
            let isFresh = world.isFresh[instrument] != true
            world.isFresh[instrument] = isFresh
            plane.tell(FeedHealth.fixture(of: instrument, isFresh ? .fresh : .stale))
        case 2, 3:
            let cents = Int64.random(in: 8_000...12_000, using: &random)
            world.price[instrument] = cents
            plane.tell(
                PositionUpdate.fixture(
                    of: instrument,
                    quantity: Quantity(units: world.held[instrument] ?? 0, scale: 3),
                    mark: Price(units: cents, scale: 2)
                )
            )
        default: break
        }
    }

    /// In thousandths of a coin and hundredths of the quote asset: all whole numbers.
    private func check(_ approved: ApprovedIntent, in world: World) throws {
        #expect(!world.isPaused)
        #expect(world.isFresh[approved.instrument] == true)
        let target = try approved.targetQuantity.rescaled(to: 3).units
        let held = world.held[approved.instrument] ?? 0
        let isReducing = target == 0 || (target < 0) == (held < 0) && abs(target) <= abs(held)
        guard !isReducing else { return }
        let price = world.price[approved.instrument] ?? 0
        let other = approved.instrument == bitcoin ? ether : bitcoin
        let others = abs(world.held[other] ?? 0) * (world.price[other] ?? 0)
        #expect(abs(target - held) * price <= 1_000_00000)
        #expect(abs(target) * price <= 1_800_00000)
        #expect(abs(target) * price + others <= 2_500_00000)
    }

    /// Fills none, a part or all of what was approved.
    private func fill(
        _ approved: ApprovedIntent,
        _ world: inout World,
        _ plane: PlaneHarness,
        _ random: inout SeededGenerator
    ) throws {
        let held = world.held[approved.instrument] ?? 0
        let step = try approved.targetQuantity.rescaled(to: 3).units - held
        guard step != 0 else { return }
        let size = abs(step)
        let filled = Bool.random(using: &random) ? size : Int64.random(in: 0...size, using: &random)
        let before = Quantity(units: held, scale: 3)
        let asked = Quantity(units: size, scale: 3)
        let part = Quantity(units: filled, scale: 3)
        if filled > 0 {
            plane.tell(
                OrderEvent.fixture(
                    approved,
                    from: before,
                    asked: asked,
                    filled: part,
                    state: filled == size ? .filled : .partiallyFilled
                )
            )
        }
        if filled < size {
            plane.tell(
                OrderEvent.fixture(approved, from: before, asked: asked, filled: part, state: .cancelled)
            )
        }
        world.held[approved.instrument] = held + (step > 0 ? filled : -filled)
    }
}
