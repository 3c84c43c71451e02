import Contracts

/// Every round trip, or the first and the last ones of very many.
struct TradeTable {
    struct Row {
        let number: String
        let instrument: String
        let side: String
        let strategy: String
        let entryTime: String
        let entryPrice: String
        let exitTime: String
        let exitPrice: String
        let quantity: String
        let bars: String
        let gross: Outcome
        let fees: Outcome
        let funding: Outcome
        let slippage: Outcome
        let net: Outcome
        let excursion: String
        let reason: String
    }

    /// More rows than this make a page that no reader scrolls through.
    static let rowsMax = 2_000

    let count: String
    let currency: String
    /// Says what is left out; empty where nothing is.
    let note: String
    let rows: [Row]

    init(_ run: RunReport) {
        let money = MoneyText(accountOf: run.startingEquity)
        let numbered = Array(run.trades.enumerated())
        let isCut = numbered.count > Self.rowsMax
        let shown =
            isCut ? numbered.prefix(Self.rowsMax / 2) + numbered.suffix(Self.rowsMax / 2) : numbered[...]
        count = NumberText.count(numbered.count)
        currency = run.currency
        note =
            isCut
            ? "The first and the last \(NumberText.count(Self.rowsMax / 2)) are shown; the sums above count all."
            : ""
        rows = shown.map { Row(number: $0.offset + 1, $0.element, money) }
    }

    static let template = """
        <section class="card" id="trades">
        <details>
        <summary><h2>Trades</h2><span>{{count}}</span></summary>
        <p class="remark">{{note}}</p>
        <div class="scroll" tabindex="0" role="region" aria-label="Trades">
        <table class="sheet trades">
        <caption>Round trips in order of their exit; times in UTC, amounts in {{currency}}</caption>
        <thead><tr><th scope="col" class="num">No.</th><th scope="col">Instrument</th><th scope="col">Entry</th><th scope="col">Exit</th><th scope="col" class="num">Quantity</th><th scope="col" class="num">Gross</th><th scope="col" class="num">Fees</th><th scope="col" class="num">Funding</th><th scope="col" class="num">Slippage</th><th scope="col" class="num">Net</th><th scope="col" class="num">Best / worst</th><th scope="col">Ended by</th></tr></thead>
        <tbody>
        {{#rows}}
        <tr><th scope="row" class="num">{{number}}</th><td>{{instrument}}<small>{{side}}, {{strategy}}</small></td><td>{{entryTime}}<small>{{entryPrice}}</small></td><td>{{exitTime}}<small>{{exitPrice}}</small></td><td class="num">{{quantity}}<small>{{bars}}</small></td><td class="num">{{gross.text}}</td><td class="num">{{fees.text}}</td><td class="num">{{funding.text}}</td><td class="num">{{slippage.text}}</td><td class="num {{net.tone}}"><b>{{net.text}}</b></td><td class="num">{{excursion}}</td><td>{{reason}}</td></tr>
        {{/rows}}
        </tbody>
        </table>
        </div>
        </details>
        </section>

        """
}

extension TradeTable.Row {
    fileprivate init(number: Int, _ trade: RoundTrip, _ money: MoneyText) {
        self.number = NumberText.count(number)
        instrument = trade.instrument.description
        side = trade.side == .buy ? "long" : "short"
        strategy = trade.strategy
        entryTime = TimeText.minute(trade.entryTime)
        entryPrice = NumberText.grouped(trade.entryPrice.description)
        exitTime = TimeText.minute(trade.exitTime)
        exitPrice = NumberText.grouped(trade.exitPrice.description)
        quantity = NumberText.grouped(trade.quantity.description)
        bars = trade.barsHeld == 1 ? "1 bar" : NumberText.count(trade.barsHeld) + " bars"
        gross = money.outcome(trade.profit.price)
        fees = money.cost(trade.profit.fees)
        funding = money.cost(trade.profit.funding)
        slippage = money.cost(trade.profit.slippage)
        net = money.net(trade.profit)
        excursion =
            trade.excursion.map {
                Outcome(share: $0.favourable, places: 2).text + " / "
                    + Outcome(share: $0.adverse, places: 2).text
            } ?? "–"
        reason = trade.exitReason
    }
}
