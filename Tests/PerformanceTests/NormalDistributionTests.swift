import Performance
import Testing

@Suite struct `Normal distribution` {
    @Test(arguments: [
        (0.0, 0.5), (1.0, 0.841344746068542948), (-1.0, 0.158655253931457051), (1.96, 0.975002104851779579),
        (-3.0, 0.00134989803163009453), (-8.0, 6.22096057427178413e-16), (6.0, 0.999999999013412300),
        (-37.5, 4.60535300958196e-308),
    ])
    func `gives the chance of a value up to a bound`(bound: Double, chance: Double) {
        #expect(isClose(NormalDistribution.cumulative(bound), chance, tolerance: 1e-13))
    }

    @Test(arguments: [
        (0.5, 0.0), (0.95, 1.64485362695147271), (0.975, 1.95996398454005424), (0.9, 1.28155156554460047),
        (0.05, -1.64485362695147271), (0.001, -3.09023230616781355), (1e-10, -6.36134090240406266),
        (1e-300, -37.0470962993612),
    ])
    func `gives the bound of a chance`(chance: Double, bound: Double) {
        #expect(isClose(NormalDistribution.quantile(chance), bound, tolerance: 1e-13))
    }

    @Test func `finds its way back from the chance to the bound`() {
        for step in -600...600 {
            let bound = Double(step) / 100
            // Near one, a chance has too few digits left to tell bounds apart.
            let chance = NormalDistribution.cumulative(-abs(bound))
            #expect(abs(NormalDistribution.quantile(chance) + abs(bound)) < 1e-12)
        }
    }

    @Test func `has no bound for what is certain, impossible or no chance`() {
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(NormalDistribution.quantile(1) == .infinity)
        #expect(NormalDistribution.quantile(1.5).isNaN && NormalDistribution.quantile(.nan).isNaN)
    }
}
