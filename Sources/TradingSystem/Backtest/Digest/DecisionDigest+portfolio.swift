import Contracts

extension DecisionDigest {
    package mutating func note(_ event: borrowing PositionUpdate) {
        begin(12, event.meta)
        hash.add(event.instrument)
        hash.add(event.quantity)
        hash.add(event.entryPrice)
        hash.add(event.markPrice)
        hash.add(event.realisedProfit)
        hash.add(event.unrealisedProfit)
        hash.add(event.fees)
        hash.add(event.funding)
        hash.add(event.positionIndex.rawValue)
        hash.add(event.coin)
        hash.add(event.liquidationPrice)
        hash.add(event.margin)
    }

    package mutating func note(_ event: borrowing AccountUpdate) {
        begin(13, event.meta)
        hash.add(event.equity)
        hash.add(event.available)
        hash.add(event.realisedProfit)
        hash.add(event.unrealisedProfit)
        hash.add(event.fees)
        hash.add(event.funding)
        hash.add(event.coin)
        for wallet in event.wallets {
            hash.add(wallet.coin)
            hash.add(wallet.equity)
        }
    }
}
