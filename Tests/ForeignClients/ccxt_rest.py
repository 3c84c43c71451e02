"""ccxt's REST calls: its own structures against the answer they were made of, and against the streams."""

import asyncio

from tally import number
from witness import Book, trades_of

DERIVATIVES = ("linear", "inverse")
POLLS_MIN, POLLS_MAX = 3, 8
BOOK_LIMIT = 50

TICKER = {
    "high": "highPrice24h",
    "low": "lowPrice24h",
    "bid": "bid1Price",
    "bidVolume": "bid1Size",
    "ask": "ask1Price",
    "askVolume": "ask1Size",
    "open": "prevPrice24h",
    "last": "lastPrice",
    "close": "lastPrice",
    "baseVolume": "volume24h",
    "quoteVolume": "turnover24h",
    "markPrice": "markPrice",
    "indexPrice": "indexPrice",
}


def ticker_fields(ticker, state):
    for theirs, ours in TICKER.items():
        if state.get(ours):
            parsed, sent = ticker[theirs], float(state[ours])
            # What has not traded yet has prices of nought, and ccxt leaves some of those out.
            yield theirs, parsed, None if parsed is None and sent == 0 else sent
    if state.get("price24hPcnt"):
        yield "percentage", ticker["percentage"], float(number(state["price24hPcnt"]) * 100)


async def ask(tally, client, plans, until):
    """Calls what ccxt offers of the market endpoints while the streams run, until then and a little."""
    kept = {"books": [], "trades": [], "candles": []}
    asking = Asking(tally, client)
    await asking.clock()
    for plan in plans:
        await asking.markets(plan)
        await asking.tickers(plan)
        market = client.market_of(plan.category, f"tickers.{plan.symbols[0]}")
        if plan.category in DERIVATIVES:
            await asking.derivative(plan.category, market["symbol"])
        if plan.category == "option":
            await asking.option(market)
    for count in range(POLLS_MAX):
        if count >= POLLS_MIN and asyncio.get_running_loop().time() >= until:
            break
        for plan in plans:
            await asking.poll(plan, client.market_of(plan.category, f"tickers.{plan.symbols[0]}"), kept)
        await asyncio.sleep(0.5)
    return kept


class Asking:
    """One call after the other, so that the client's last answer is that of the last call."""

    def __init__(self, tally, client):
        self.tally = tally
        self.client = client

    async def call(self, name, method, *arguments, **options):
        """What ccxt made of an answer, and the answer's own result."""
        try:
            return await getattr(self.client, method)(*arguments, **options), self.client.answer.get("result")
        except Exception as error:
            self.tally.differ(name, method, f"{type(error).__name__}: {error}", "an answer")
            return None, None

    async def clock(self):
        theirs, _ = await self.call("rest time", "fetch_time")
        self.tally.same("rest time", "time", theirs, self.client.answer.get("time"))

    async def markets(self, plan):
        """The rules of every instrument as ccxt would obey them."""
        name = f"rest {plan.category} markets"
        for raw in plan.instruments:
            found = [each for each in self.client.markets_by_id.get(raw["symbol"], []) if category_of(each) == plan.category]
            if not self.tally.same(name, f"markets called {raw['symbol']}", len(found), 1):
                continue
            market, lot, price = found[0], raw["lotSizeFilter"], raw["priceFilter"]
            step = "basePrecision" if plan.category == "spot" else "qtyStep"
            self.tally.same(name, "price step", market["precision"]["price"], float(price["tickSize"]))
            self.tally.same(name, "quantity step", market["precision"]["amount"], float(lot[step]))
            self.tally.same(name, "least quantity", market["limits"]["amount"]["min"], float(lot["minOrderQty"]))
            self.tally.same(name, "active", market["active"], raw["status"] == "Trading")
            self.tally.same(name, "base", market["baseId"], raw["baseCoin"])
            self.tally.same(name, "quote", market["quoteId"], raw["quoteCoin"])
            if plan.category != "spot":
                self.tally.same(name, "settles in", market["settleId"], raw["settleCoin"])
            dated = plan.category == "option" or "Futures" in raw.get("contractType", "")
            self.tally.same(name, "kind", market["type"], kind_of(plan.category, dated))
            if dated:
                self.tally.same(name, "expiry", market["expiry"], int(raw["deliveryTime"]))
            if plan.category == "option":
                self.tally.same(name, "call or put", market["optionType"], raw["optionsType"].lower())
                self.tally.same(name, "strike", market["strike"], float(raw["symbol"].split("-")[2]))
            if plan.category in DERIVATIVES:
                leverage = raw["leverageFilter"]
                self.tally.same(name, "leverage", market["limits"]["leverage"]["max"], float(leverage["maxLeverage"]))
                self.tally.same(name, "launched", market["created"], int(raw["launchTime"]))

    async def tickers(self, plan):
        name = f"rest {plan.category} tickers"
        symbols = [self.client.market_of(plan.category, f"tickers.{raw}")["symbol"] for raw in plan.symbols]
        theirs, result = await self.call(name, "fetch_tickers", symbols)
        rows = {row["symbol"]: row for row in (result or {}).get("list", [])}
        for raw, symbol in zip(plan.symbols, symbols):
            ticker, row = (theirs or {}).get(symbol), rows.get(raw)
            if self.tally.holds(name, f"{raw} is there", bool(ticker and row), sorted(rows)):
                for field, parsed, ours in ticker_fields(ticker, row):
                    self.tally.same(name, field, parsed, ours)
                self.tally.holds(name, "bid below ask", ticker["bid"] is None or not ticker["ask"] or ticker["bid"] < ticker["ask"], ticker)

    async def derivative(self, category, symbol):
        tally = self.tally
        name = f"rest {category} funding rate"
        rate, result = await self.call(name, "fetch_funding_rate", symbol)
        if rate:
            row = result["list"][0]
            tally.same(name, "fundingRate", rate["fundingRate"], float(row["fundingRate"]))
            tally.same(name, "nextFundingTime", rate["fundingTimestamp"], int(row["nextFundingTime"]))
            tally.same(name, "markPrice", rate["markPrice"], float(row["markPrice"]))
            tally.same(name, "interval", rate["interval"], row["fundingIntervalHour"] + "h")
        name = f"rest {category} funding/history"
        rates, result = await self.call(name, "fetch_funding_rate_history", symbol, limit=5)
        rows = sorted(((int(row["fundingRateTimestamp"]), float(row["fundingRate"])) for row in (result or {}).get("list", [])))
        tally.same(name, "rates", [(each["timestamp"], each["fundingRate"]) for each in rates or []], rows)
        tally.holds(name, "more than one", len(rows) > 1, rows)
        name, amount = f"rest {category} open-interest", f"openInterest{'Amount' if category == 'linear' else 'Value'}"
        interest, result = await self.call(name, "fetch_open_interest", symbol)
        if interest:
            tally.same(name, "openInterest", interest[amount], float(result["list"][0]["openInterest"]))
        history, result = await self.call(name, "fetch_open_interest_history", symbol, "5m", limit=5)
        rows = sorted(((int(row["timestamp"]), float(row["openInterest"])) for row in (result or {}).get("list", [])))
        tally.same(name, "history", [(each["timestamp"], each[amount]) for each in history or []], rows)
        name = f"rest {category} risk-limit"
        tiers, result = await self.call(name, "fetch_market_leverage_tiers", symbol)
        for tier, row in zip(tiers or [], (result or {}).get("list", [])):
            tally.same(name, "tier", tier["tier"], row["id"])
            tally.same(name, "limit", tier["maxNotional"], float(row["riskLimitValue"]))
            tally.same(name, "maintenance", tier["maintenanceMarginRate"], float(row["maintenanceMargin"]))
            tally.same(name, "leverage", tier["maxLeverage"], float(row["maxLeverage"]))
        tally.at_least(name, 4)
        for price in ("mark", "index", "premiumIndex") if category == "linear" else ("mark", "index"):
            name = f"rest {category} {price} candles"
            candles, result = await self.call(name, "fetch_ohlcv", symbol, "1m", limit=5, params={"price": price})
            rows = [[int(row[0])] + [float(cell) for cell in row[1:5]] for row in reversed((result or {}).get("list", []))]
            tally.same(name, "candles", [candle[:5] for candle in candles or []], rows)
            tally.same(name, "candles asked for", len(rows), 5)

    async def option(self, market):
        name = "rest option greeks"
        greeks, result = await self.call(name, "fetch_greeks", market["symbol"])
        for theirs, ours in (("delta",) * 2, ("gamma",) * 2, ("theta",) * 2, ("vega",) * 2, ("markImpliedVolatility", "markIv")):
            if greeks:
                self.tally.same(name, theirs, greeks[theirs], float(result["list"][0][ours]))
        name = "rest option historical-volatility"
        history, result = await self.call(name, "fetch_volatility_history", market["base"])
        theirs = [(each["timestamp"], each["volatility"]) for each in history or []]
        self.tally.same(name, "values", theirs, [(int(row["time"]), float(row["value"])) for row in result or []])
        self.tally.holds(name, "some", bool(theirs), theirs)

    async def poll(self, plan, market, kept):
        category, symbol = plan.category, market["symbol"]
        book, result = await self.call(f"rest {category} orderbook", "fetch_order_book", symbol, BOOK_LIMIT if category != "option" else 25)
        if book:
            levels = [[tuple(level[:2]) for level in book[side]] for side in ("bids", "asks")]
            kept["books"].append((category, market["id"], result["u"], levels))
        trades, _ = await self.call(f"rest {category} recent-trade", "fetch_trades", symbol, limit=50)
        kept["trades"].append((category, plan, market, trades or []))
        if category != "option":
            candles, _ = await self.call(f"rest {category} kline", "fetch_ohlcv", symbol, "1m", limit=5)
            kept["candles"].append((category, market["id"], candles or []))


def category_of(market):
    if market["spot"] or market["option"]:
        return market["type"]
    return "linear" if market["linear"] else "inverse"


def kind_of(category, dated):
    if category in ("spot", "option"):
        return category
    return "future" if dated else "swap"


def compare(tally, witness, kept):
    for category, symbol in sorted({each[:2] for each in kept["books"]}):
        wanted = {update_id: levels for where, name, update_id, levels in kept["books"] if (where, name) == (category, symbol)}
        compare_books(tally, witness, category, symbol, wanted)
    for category, plan, market, trades in kept["trades"]:
        compare_trades(tally, witness, category, plan, market, trades)
    for category, symbol, candles in kept["candles"]:
        compare_candles(tally, witness, category, symbol, candles)


def compare_books(tally, witness, category, symbol, wanted):
    name, depth = f"rest {category} orderbook", 100 if category == "option" else 1000
    stream = Book(depth)
    for message in witness.of(category, f"orderbook.{depth}.{symbol}"):
        stream.apply(message)
        levels = wanted.pop(stream.update_id, None)
        if levels is None:
            continue
        for side, theirs, ours in zip(("bids", "asks"), levels, stream.best(max(map(len, levels)))):
            tally.same(name, f"{side} at u {stream.update_id}", theirs, [(float(price), float(size)) for price, size in ours])
    for update_id in list(wanted)[:3]:
        tally.differ(name, "u", update_id, f"never sent on orderbook.{depth}.{symbol}")
    tally.at_least(name, 2)


def compare_trades(tally, witness, category, plan, market, trades):
    name = f"rest {category} recent-trade"
    topic = f"publicTrade.{plan.instruments[0]['baseCoin'] if category == 'option' else market['id']}"
    ours = trades_of(witness.of(category, topic))
    since = min((trade["T"] for trade in ours.values()), default=None)
    for trade in trades:
        raw = ours.get(trade["id"])
        if raw is None:
            tally.holds(name, "was on the stream", since is None or trade["timestamp"] <= since, trade["info"])
            continue
        theirs = [trade["timestamp"], trade["side"], trade["price"], trade["amount"]]
        tally.same(name, trade["id"], theirs, [raw["T"], raw["S"].lower(), float(raw["p"]), float(raw["v"])])
    tally.holds(name, "some trades", bool(trades), trades)


def compare_candles(tally, witness, category, symbol, candles):
    """A minute that the stream closed must read the same over REST ever after."""
    name, volume = f"rest {category} kline", "turnover" if category == "inverse" else "volume"
    closed = {}
    for message in witness.of(category, f"kline.1.{symbol}"):
        closed.update((candle["start"], candle) for candle in message["data"] if candle["confirm"])
    for candle in candles[:-1]:
        raw = closed.get(candle[0])
        if raw:
            ours = [float(raw[field]) for field in ("open", "high", "low", "close", volume)]
            tally.same(name, f"closed minute {candle[0]}", candle[1:], ours)
    tally.same(name, "candles asked for", len(candles), 5)
