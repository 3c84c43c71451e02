import Contracts

/// The world as the test itself counts it: whole numbers only, thousandths of a coin and hundredths of the quote coin.
struct RandomWorld {
    struct Order {
        let id: String
        let intent: UInt64
        let isBuy: Bool
        let quantity: Int64
        var filled: Int64 = 0

        var remaining: Int64 { (quantity - filled) * (isBuy ? 1 : -1) }
    }

    struct Leave {
        let intent: UInt64
        let target: Int64
        let expires: UnixMilliseconds
    }

    struct Market {
        var held: Int64 = 0
        var mark: Int64 = 10_000
        var isFresh = true
        /// Oldest first; what a newer leave's order has ended is taken out.
        var leaves: [Leave] = []
        var order: Order?
        var isUnknown = false

        /// The furthest that the position can get from zero.
        func worst(at now: UnixMilliseconds) -> Int64 {
            var worst = max(abs(held), abs(held + (order?.remaining ?? 0)))
            for leave in leaves where now < leave.expires { worst = max(worst, abs(leave.target)) }
            return worst
        }

        /// The way it can get to on either side.
        func range(at now: UnixMilliseconds) -> ClosedRange<Int64> {
            let all =
                leaves.filter { now < $0.expires }.map(\.target) + [held, held + (order?.remaining ?? 0)]
            return (all.min() ?? 0)...(all.max() ?? 0)
        }
    }

    var markets = [Market(), Market()]
    var isPaused = false
    var equity: Int64 = 1_000_000

    /// In hundred-thousandths of the quote coin, as are all limits.
    func gross(at now: UnixMilliseconds, leavingOut left: Int? = nil) -> Int64 {
        markets.indices.filter { $0 != left }.reduce(0) { $0 + markets[$1].worst(at: now) * markets[$1].mark }
    }
}
