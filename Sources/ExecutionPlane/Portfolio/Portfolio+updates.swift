import Contracts

/// What the books tell.
extension Portfolio {
    /// Decimal places of another coin's worth in the account's coin.
    private static let worthPlaces: UInt8 = 8

    func positionUpdate(at place: Int, _ meta: EventMeta) -> PositionUpdate {
        let position = positions[place]
        return PositionUpdate(
            meta: meta,
            instrument: position.instrument,
            quantity: position.quantity,
            entryPrice: position.entryPrice,
            markPrice: position.mark,
            realisedProfit: position.realisedProfit,
            unrealisedProfit: position.unrealisedProfit,
            fees: position.fees,
            funding: position.funding,
            positionIndex: position.index,
            coin: coins[position.coin].coin,
            liquidationPrice: position.liquidationPrice,
            margin: position.margin
        )
    }

    /// The account in its own coin; what other coins are worth is in equity and available, not in the profits.
    func accountUpdate(_ meta: EventMeta) throws(NumberError) -> AccountUpdate {
        let own = coins[0]
        let (unrealised, ownMargin) = try sums(ofCoin: 0)
        var equity = try own.equity(unrealised: unrealised)
        var margin = ownMargin
        var wallets: [AccountUpdate.Wallet] = []
        for place in otherCoins {
            let (unrealised, held) = try sums(ofCoin: place)
            let wallet = try coins[place].equity(unrealised: unrealised)
            wallets.append(AccountUpdate.Wallet(coin: coins[place].coin, equity: wallet))
            equity = try equity.adding(worth(of: wallet, inCoin: place))
            margin = try margin.adding(worth(of: held, inCoin: place))
        }
        return AccountUpdate(
            meta: meta,
            equity: equity,
            available: max(.zero, try equity.subtracting(margin)),
            realisedProfit: own.realisedProfit,
            unrealisedProfit: unrealised,
            fees: own.fees,
            funding: own.funding,
            coin: own.coin,
            wallets: wallets
        )
    }

    /// Unrealised profit and margin of the positions settled in one coin.
    private func sums(ofCoin coin: Int) throws(NumberError) -> (unrealised: Money, margin: Money) {
        var unrealised = Money.zero
        var margin = Money.zero
        for place in held where positions[place].coin == coin {
            unrealised = try unrealised.adding(positions[place].unrealisedProfit)
            margin = try margin.adding(positions[place].margin)
        }
        return (unrealised, margin)
    }

    /// What an amount of another coin is worth in the account's, rounded once; nothing where no price is known.
    private func worth(of amount: Money, inCoin place: Int) throws(NumberError) -> Money {
        guard let price = dollars(perCoin: place), let ownPrice = dollars(perCoin: 0) else { return .zero }
        return try amount.share(
            Quantity(units: price.units, scale: price.scale),
            of: Quantity(units: ownPrice.units, scale: ownPrice.scale),
            places: Self.worthPlaces
        )
    }

    private func dollars(perCoin place: Int) -> Price? {
        if coins[place].isDollar { return 1 }
        return coins[place].reference.flatMap { lines[$0].marks.price }
    }
}
