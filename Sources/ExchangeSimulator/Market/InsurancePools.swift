import NIOCore

/// The insurance pools of the derivative lines: liquidations move them, and low ones raise the ADL alarm.
final class InsurancePools {
    static let groups = ["USDT", "USDC", "inverse"]
    static let pauseMs: Int64 = 1000

    /// One coin's pool and the symbols it stands behind.
    struct Pool: Equatable {
        let group: String
        let coin: String
        var symbols: [String]
        /// In units of 10⁻⁸ of the coin.
        var balance: Int128
        var highest: Int128
        var updatedMs: Int64
        var isChanged = false
    }

    private static let startBalance = Int128(50_000_000) * Int128(Fixed.unitsPerOne)
    /// Automatic deleveraging begins when a pool lost this share of its highest balance, and ends at the other.
    private static let adlStart = -0.3
    private static let adlStop = -0.25

    private(set) var pools: [Pool] = []
    private var pushedMs: Int64 = 0
    private let desk: SubscriptionDesk

    init(desk: SubscriptionDesk) {
        self.desk = desk
    }

    /// A listed market belongs to the pool of its settle coin.
    func cover(_ market: SymbolMarket) {
        guard let group = market.spec.poolGroup else { return }
        let coin = market.spec.settleCoin
        if let known = pools.firstIndex(where: { $0.group == group && $0.coin == coin }) {
            pools[known].symbols.append(market.spec.symbol)
            return
        }
        let start = InsurancePools.startBalance / (group == "inverse" ? 10_000 : 1)
        pools.append(
            Pool(
                group: group,
                coin: coin,
                symbols: [market.spec.symbol],
                balance: start,
                highest: start,
                updatedMs: 0
            )
        )
    }

    /// Each liquidation costs or earns the pool a small share of its value, by turns of its time.
    func pay(for liquidations: [Liquidation], of market: SymbolMarket) {
        guard let group = market.spec.poolGroup,
            let index = pools.firstIndex(where: { $0.group == group && $0.coin == market.spec.settleCoin })
        else { return }
        for liquidation in liquidations {
            let value = market.spec.turnover(liquidation.price, liquidation.quantity)
            let share = Int128(liquidation.timeMs % 7) - 2
            pools[index].balance = max(0, pools[index].balance + value * share / 500)
            pools[index].highest = max(pools[index].highest, pools[index].balance)
            pools[index].updatedMs = liquidation.timeMs
            pools[index].isChanged = true
        }
    }

    /// Tells of what changed, once a second; nothing is sent while nothing changes.
    func advance(toMs timeMs: Int64, stamps: StampClock) {
        guard timeMs - pushedMs >= InsurancePools.pauseMs else { return }
        pushedMs = timeMs
        guard pools.contains(where: \.isChanged) else { return }
        for group in InsurancePools.groups {
            let changed = pools.filter { $0.isChanged && $0.group == group }
            guard !changed.isEmpty else { continue }
            for category in [Category.linear, .inverse] {
                publish(.insurance(group), on: category) {
                    InsurancePools.balances(changed, group, isSnapshot: false, timeMs: stamps.stamp(timeMs))
                }
                publish(.adl(group), on: category) {
                    InsurancePools.alerts(changed, group, isSnapshot: false, timeMs: stamps.stamp(timeMs))
                }
            }
        }
        for index in pools.indices { pools[index].isChanged = false }
    }

    func opening(_ group: String, timeMs: Int64) -> ByteBuffer? {
        InsurancePools.balances(covering(group), group, isSnapshot: true, timeMs: timeMs)
    }

    func adlOpening(_ group: String, timeMs: Int64) -> ByteBuffer? {
        InsurancePools.alerts(covering(group), group, isSnapshot: true, timeMs: timeMs)
    }

    // MARK: Private

    private func covering(_ group: String) -> [Pool] { pools.filter { $0.group == group } }

    private func publish(_ topic: Topic, on category: Category, _ message: () -> ByteBuffer) {
        let audience = desk.audience(Subscription(topic, category: category))
        guard !audience.isEmpty else { return }
        desk.counts.others += UInt64(audience.count)
        audience.publish(message())
    }

    private static func opened(_ topic: Topic, isSnapshot: Bool, timeMs: Int64) -> ByteBuffer {
        var out = ByteBuffer(string: "{\"topic\":\"\(topic.text)\"")
        out.write(isSnapshot ? ",\"type\":\"snapshot\",\"ts\":" : ",\"type\":\"delta\",\"ts\":")
        out.write(timeMs)
        out.write(",\"data\":[")
        return out
    }

    private static func balances(
        _ pools: [Pool],
        _ group: String,
        isSnapshot: Bool,
        timeMs: Int64
    ) -> ByteBuffer {
        var out = opened(.insurance(group), isSnapshot: isSnapshot, timeMs: timeMs)
        for (index, pool) in pools.enumerated() {
            if index > 0 { out.write(",") }
            out.writeString(
                "{\"coin\":\"\(pool.coin)\",\"symbols\":\"\(pool.symbols.joined(separator: ","))\""
            )
            out.write(",\"balance\":")
            out.writeQuoted(units: pool.balance, decimals: 8)
            out.writeString(",\"updateTime\":\"\(pool.updatedMs == 0 ? timeMs : pool.updatedMs)\"}")
        }
        out.write("]}")
        return out
    }

    /// Numbers here are JSON numbers, as on the exchange.
    private static func alerts(
        _ pools: [Pool],
        _ group: String,
        isSnapshot: Bool,
        timeMs: Int64
    ) -> ByteBuffer {
        var out = opened(.adl(group), isSnapshot: isSnapshot, timeMs: timeMs)
        var isFirst = true
        for pool in pools {
            let lost = pool.highest > 0 ? Double(pool.balance) / Double(pool.highest) - 1 : 0
            for symbol in pool.symbols {
                if !isFirst { out.write(",") }
                isFirst = false
                out.writeString("{\"c\":\"\(pool.coin)\",\"s\":\"\(symbol)\",\"b\":")
                out.writeUnits(pool.balance, decimals: 8)
                out.write(",\"mb\":")
                out.writeUnits(pool.highest, decimals: 8)
                out.writeString(",\"i_pr\":\(adlStart),\"pr\":")
                out.writeUnits(Int128(lost * Double(Fixed.unitsPerOne)), decimals: 6)
                out.writeString(",\"adl_tt\":\(adlStart),\"adl_sr\":\(adlStop)}")
            }
        }
        out.write("]}")
        return out
    }
}
