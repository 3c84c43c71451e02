"""pybit's REST calls: what it answers, held to the rules of the reference and to what the streams said meanwhile."""

import time

from pybit.exceptions import InvalidRequestError

from tally import number
from witness import Book, trades_of

DERIVATIVES = ("linear", "inverse")
MINUTE = 60_000
# A ticker tells what held up to a push before it: at the beginning of a minute, the minute before's.
TICKER_LAG_MAX_MS = 2_000
PAGE = 3
BOOK_LIMIT = 25
POLLS_MIN, POLLS_MAX = 3, 8


def ask(tally, session, plans, until):
    """Calls every market endpoint while the streams run, until then and a little; what needs the streams' word is
    compared later."""
    kept = {"books": [], "trades": [], "candles": [], "marks": []}
    server_time(tally, session)
    for plan in plans:
        instruments(tally, session, plan)
        tickers(tally, session, plan)
        for symbol in plan.symbols[:1]:
            history(tally, session, plan, symbol)
        bad_symbol(tally, session, plan)
    insurance(tally, session)
    for count in range(POLLS_MAX):
        if count >= POLLS_MIN and time.monotonic() >= until:
            break
        for plan in plans:
            poll(tally, session, plan, plan.symbols[0], kept)
        time.sleep(0.5)
    return kept


def call(tally, name, ask):
    """The result of one call, or an empty one once its failure has been told."""
    answer = tally.attempt(name, ask)
    if answer is None:
        return {}
    tally.holds(name, "retCode is the number 0", answer["retCode"] == 0, answer["retCode"])
    tally.holds(name, "time is a whole number", isinstance(answer["time"], int), answer["time"])
    return answer["result"]


def has_fields(tally, name, row, fields, is_text=True):
    for field in fields:
        value = row.get(field)
        tally.holds(name, f"{field} is there" + (", as text" if is_text else ""), value is not None and (not is_text or isinstance(value, str)), value)


def server_time(tally, session):
    result = call(tally, "rest time", session.get_server_time)
    if result:
        seconds, nanoseconds = result["timeSecond"], result["timeNano"]
        tally.same("rest time", "timeSecond of timeNano", seconds, nanoseconds[:-9])


def instruments(tally, session, plan):
    """Paged as asked, nothing twice, nothing left out, and the same as read without a client."""
    name = f"rest {plan.category} instruments-info"
    symbols, cursor, pages = [], None, 0
    while pages <= len(plan.instruments):
        options = {"cursor": cursor} if cursor else {}
        result = call(tally, name, lambda: session.get_instruments_info(category=plan.category, limit=PAGE, **options))
        tally.same(name, "category", result.get("category"), plan.category)
        page = [row["symbol"] for row in result.get("list", [])]
        symbols += page
        pages += 1
        cursor = result.get("nextPageCursor")
        if not cursor or not page or plan.category == "spot":
            break
        tally.holds(name, "rows of a page", len(page) <= PAGE, len(page))
    tally.same(name, "symbols, page after page", symbols, [row["symbol"] for row in plan.instruments])
    for row in plan.instruments:
        has_fields(tally, name, row, ("symbol", "status", "baseCoin", "quoteCoin"))
        has_fields(tally, name, row["priceFilter"], ("tickSize",))
        lot = ("basePrecision", "minOrderAmt", "maxLimitOrderQty", "maxMarketOrderQty")
        if plan.category != "spot":
            lot = ("qtyStep", "minOrderQty", "maxOrderQty")
            has_fields(tally, name, row, ("settleCoin", "launchTime", "deliveryTime"))
        if plan.category in DERIVATIVES:
            lot += ("maxMktOrderQty",)
            has_fields(tally, name, row, ("contractType", "priceScale"))
            has_fields(tally, name, row["leverageFilter"], ("minLeverage", "maxLeverage", "leverageStep"))
            tally.holds(name, "fundingInterval is a whole number", isinstance(row.get("fundingInterval"), int), row)
        if plan.category == "option":
            tally.holds(name, "optionsType", row.get("optionsType") in ("Call", "Put"), row.get("optionsType"))
        has_fields(tally, name, row["lotSizeFilter"], lot)
        tally.holds(name, "qtyStep is there", ("qtyStep" in row["lotSizeFilter"]) == (plan.category != "spot"), row)


TICKER_FIELDS = {
    "spot": ("lastPrice", "bid1Price", "bid1Size", "ask1Price", "ask1Size", "volume24h", "turnover24h", "price24hPcnt"),
    "option": ("bid1Price", "bid1Iv", "ask1Price", "ask1Iv", "markPrice", "markIv", "underlyingPrice", "delta", "gamma"),
    "linear": ("lastPrice", "markPrice", "indexPrice", "openInterest", "openInterestValue", "fundingRate", "nextFundingTime", "bid1Price", "ask1Price", "volume24h", "turnover24h", "deliveryTime"),
}
TICKER_FIELDS["inverse"] = TICKER_FIELDS["linear"]


def tickers(tally, session, plan):
    name = f"rest {plan.category} tickers"
    options = {"baseCoin": plan.instruments[0]["baseCoin"]} if plan.category == "option" else {}
    result = call(tally, name, lambda: session.get_tickers(category=plan.category, **options))
    rows = {row["symbol"]: row for row in result.get("list", [])}
    tally.holds(name, "all that trade", set(plan.symbols) <= set(rows), sorted(rows))
    for symbol in plan.symbols:
        row = rows.get(symbol, {})
        has_fields(tally, name, row, TICKER_FIELDS[plan.category])
        bid, ask = number(row.get("bid1Price")), number(row.get("ask1Price"))
        if bid and ask:
            tally.holds(name, "the bid is below the ask", bid < ask, (bid, ask))


def history(tally, session, plan, symbol):
    category = plan.category
    if category == "option":
        volatility(tally, session, plan)
        return
    klines(tally, f"rest {category} kline", category, symbol, session.get_kline, 7)
    if category == "spot":
        return
    klines(tally, f"rest {category} mark-price-kline", category, symbol, session.get_mark_price_kline, 5)
    klines(tally, f"rest {category} index-price-kline", category, symbol, session.get_index_price_kline, 5)
    if category == "linear":
        get = session.get_premium_index_price_kline
        klines(tally, f"rest {category} premium-index-price-kline", category, symbol, get, 5)
    funding(tally, session, category, symbol)
    open_interest(tally, session, category, symbol)
    risk_limit(tally, session, category, symbol)
    price_limit(tally, session, category, symbol)
    deliveries(tally, session, category)


def klines(tally, name, category, symbol, get, columns):
    """Newest first, one step apart, inside what was asked for."""
    for interval, step in (("1", MINUTE), ("5", 5 * MINUTE), ("60", 60 * MINUTE), ("D", 1440 * MINUTE)):
        result = call(tally, name, lambda: get(category=category, symbol=symbol, interval=interval, limit=10))
        rows = result.get("list", [])
        if not tally.holds(name, f"rows of interval {interval}", 0 < len(rows) <= 10, len(rows)):
            continue
        tally.same(name, "symbol", result.get("symbol"), symbol)
        starts = [int(row[0]) for row in rows]
        tally.same(name, f"starts of interval {interval}", starts, list(range(starts[0], starts[0] - step * len(rows), -step)))
        for row in rows:
            tally.holds(name, "columns, all text", len(row) == columns and all(isinstance(cell, str) for cell in row), row)
            start, opening, high, low, close = (number(cell) for cell in row[:5])
            tally.holds(name, "low and high enclose", low <= min(opening, close) and high >= max(opening, close), row)
    rows = call(tally, name, lambda: get(category=category, symbol=symbol, interval="1", limit=5)).get("list", [])
    if len(rows) == 5:
        start, end = int(rows[3][0]), int(rows[1][0])
        asked = lambda: get(category=category, symbol=symbol, interval="1", start=start, end=end)
        part = call(tally, name, asked).get("list", [])
        tally.same(name, "rows from start to end", part, rows[1:4])


def funding(tally, session, category, symbol):
    name = f"rest {category} funding/history"
    rows = call(tally, name, lambda: session.get_funding_rate_history(category=category, symbol=symbol, limit=5)).get("list", [])
    times = [int(row["fundingRateTimestamp"]) for row in rows]
    tally.holds(name, "newest first", len(rows) > 1 and times == sorted(times, reverse=True), times)
    for row in rows:
        tally.same(name, "symbol", row["symbol"], symbol)
        has_fields(tally, name, row, ("fundingRate", "fundingRateTimestamp"))
        tally.holds(name, "on a full hour", int(row["fundingRateTimestamp"]) % (60 * MINUTE) == 0, row)
    if len(rows) > 2:
        asked = lambda: session.get_funding_rate_history(
            category=category, symbol=symbol, startTime=times[2], endTime=times[1]
        )
        tally.same(name, "rows from start to end", call(tally, name, asked).get("list"), rows[1:3])
    refused(tally, name, lambda: session.get_funding_rate_history(category=category, symbol=symbol, startTime=1))


def open_interest(tally, session, category, symbol):
    name = f"rest {category} open-interest"
    for interval, step in (("5min", 5 * MINUTE), ("1h", 60 * MINUTE)):
        options = {"category": category, "symbol": symbol, "intervalTime": interval, "limit": 4}
        result = call(tally, name, lambda: session.get_open_interest(**options))
        rows = result.get("list", [])
        times = [int(row["timestamp"]) for row in rows]
        if not tally.holds(name, f"rows of {interval}", 0 < len(rows) <= 4, len(rows)):
            continue
        tally.same(name, f"times of {interval}", times, list(range(times[0], times[0] - step * len(rows), -step)))
        for row in rows:
            has_fields(tally, name, row, ("openInterest", "timestamp"))
        # What comes in meanwhile must not move the pages.
        options["endTime"] = times[0]
        cursor = call(tally, name, lambda: session.get_open_interest(**options)).get("nextPageCursor")
        if tally.holds(name, "there is a next page", bool(cursor), cursor):
            following = call(tally, name, lambda: session.get_open_interest(**options, cursor=cursor)).get("list", [])
            tally.same(name, "first of the next page", [int(row["timestamp"]) for row in following[:1]], [times[-1] - step])


def risk_limit(tally, session, category, symbol):
    name = f"rest {category} risk-limit"
    rows = call(tally, name, lambda: session.get_risk_limit(category=category, symbol=symbol)).get("list", [])
    tally.holds(name, "some tiers", bool(rows), rows)
    for row in rows:
        tally.same(name, "symbol", row["symbol"], symbol)
        tally.holds(name, "id is a whole number", isinstance(row.get("id"), int), row.get("id"))
        has_fields(tally, name, row, ("riskLimitValue", "maintenanceMargin", "initialMargin", "maxLeverage"))


def price_limit(tally, session, category, symbol):
    name = f"rest {category} price-limit"
    result = call(tally, name, lambda: session.get_price_limit(category=category, symbol=symbol))
    has_fields(tally, name, result, ("symbol", "buyLmt", "sellLmt", "ts"))
    buy, sell = number(result.get("buyLmt")), number(result.get("sellLmt"))
    tally.holds(name, "buyers may bid above sellers' floor", bool(buy and sell) and buy > sell, (buy, sell))


def deliveries(tally, session, category):
    name = f"rest {category} delivery-price"
    result = call(tally, name, lambda: session.get_option_delivery_price(category=category))
    for row in result.get("list", []):
        has_fields(tally, name, row, ("symbol", "deliveryPrice", "deliveryTime"))


def volatility(tally, session, plan):
    name = "rest option historical-volatility"
    base = plan.instruments[0]["baseCoin"]
    rows = call(tally, name, lambda: session.get_historical_volatility(category="option", baseCoin=base))
    tally.holds(name, "a list of rows", isinstance(rows, list) and bool(rows), rows)
    for row in rows if isinstance(rows, list) else []:
        has_fields(tally, name, row, ("value", "time"))
        tally.holds(name, "period is a whole number", isinstance(row.get("period"), int), row)


def insurance(tally, session):
    name = "rest insurance"
    result = call(tally, name, session.get_insurance)
    tally.holds(name, "some pools", bool(result.get("list")), result)
    for row in result.get("list", []):
        has_fields(tally, name, row, ("coin", "balance"))


def bad_symbol(tally, session, plan):
    name = f"rest {plan.category} unknown symbol"
    refused(tally, name, lambda: session.get_orderbook(category=plan.category, symbol="NOSUCHCOIN"))


def refused(tally, name, ask):
    """The refusal that pybit knows: retCode 10001."""
    try:
        tally.differ(name, "refusal", ask(), "retCode 10001")
    except InvalidRequestError as error:
        tally.same(name, "retCode", error.status_code, 10001)
    except Exception as error:
        tally.differ(name, "refusal", repr(error), "retCode 10001")


def poll(tally, session, plan, symbol, kept):
    """What the streams tell too; compared when they have been heard to the end."""
    category = plan.category
    name = f"rest {category} orderbook"
    book = call(tally, name, lambda: session.get_orderbook(category=category, symbol=symbol, limit=BOOK_LIMIT))
    if book:
        kept["books"].append((category, symbol, book))
    name = f"rest {category} recent-trade"
    options = {"baseCoin": plan.instruments[0]["baseCoin"]} if category == "option" else {"symbol": symbol}
    rows = call(tally, name, lambda: session.get_public_trade_history(category=category, limit=50, **options)).get("list", [])
    kept["trades"].append((category, plan, symbol, rows))
    if category != "option":
        name = f"rest {category} kline"
        result = call(tally, name, lambda: session.get_kline(category=category, symbol=symbol, interval="1", limit=5))
        kept["candles"].append((category, symbol, result.get("list", [])))
    if category in DERIVATIVES:
        name = f"rest {category} mark-price-kline"
        result = call(tally, name, lambda: session.get_mark_price_kline(category=category, symbol=symbol, interval="1", limit=5))
        kept["marks"].append((category, symbol, result.get("list", [])))


def compare(tally, witness, kept):
    for category in ("linear", "inverse", "spot", "option"):
        compare_books(tally, witness, category, [each[1:] for each in kept["books"] if each[0] == category])
    for category, plan, symbol, rows in kept["trades"]:
        compare_trades(tally, witness, category, plan, symbol, rows)
    for category, symbol, rows in kept["candles"]:
        compare_candles(tally, witness, category, symbol, rows)
    for category, symbol, rows in kept["marks"]:
        compare_marks(tally, witness, category, symbol, rows)


def compare_books(tally, witness, category, books):
    """The answer's `u` is that of the deepest stream: the same book must be there."""
    name = f"rest {category} orderbook"
    depth = 100 if category == "option" else 1000
    for symbol in {symbol for symbol, _ in books}:
        wanted = {book["u"]: book for each, book in books if each == symbol}
        stream = Book(depth)
        for message in witness.of(category, f"orderbook.{depth}.{symbol}"):
            stream.apply(message)
            book = wanted.pop(stream.update_id, None)
            if book is None:
                continue
            for side, ours in zip("ba", stream.best(BOOK_LIMIT)):
                theirs = [(number(price), number(size)) for price, size in book[side]]
                tally.same(name, f"{side} at u {stream.update_id}", theirs, ours)
        for update_id in list(wanted)[:3]:
            tally.differ(name, "u", update_id, f"never sent on orderbook.{depth}.{symbol}")
    if books:
        tally.at_least(name, 4)


def compare_trades(tally, witness, category, plan, symbol, rows):
    name = f"rest {category} recent-trade"
    topic = f"publicTrade.{plan.instruments[0]['baseCoin'] if category == 'option' else symbol}"
    ours = trades_of(witness.of(category, topic))
    times = [int(row["time"]) for row in rows]
    tally.holds(name, "newest first", bool(rows) and times == sorted(times, reverse=True), times)
    since = min((trade["T"] for trade in ours.values()), default=None)
    for row in rows:
        raw = ours.get(row["execId"])
        if raw is None:
            tally.holds(name, "was on the stream", since is None or int(row["time"]) <= since, row)
            continue
        theirs = [row["symbol"], number(row["price"]), number(row["size"]), row["side"], int(row["time"]), row["isBlockTrade"]]
        tally.same(name, row["execId"], theirs, [raw["s"], number(raw["p"]), number(raw["v"]), raw["S"], raw["T"], raw["BT"]])


def compare_candles(tally, witness, category, symbol, rows):
    """A minute that the stream closed must read the same over REST ever after."""
    name = f"rest {category} kline"
    closed = {}
    for message in witness.of(category, f"kline.1.{symbol}"):
        for candle in message["data"]:
            if candle["confirm"]:
                closed[candle["start"]] = candle
    for start, *theirs in rows[1:]:
        raw = closed.get(int(start))
        if raw:
            ours = [number(raw[field]) for field in ("open", "high", "low", "close", "volume", "turnover")]
            tally.same(name, f"closed minute {start}", [number(cell) for cell in theirs], ours)


def compare_marks(tally, witness, category, symbol, rows):
    """Every mark price that the ticker told within a minute lies inside that minute's candle."""
    name = f"rest {category} mark-price-kline"
    for start, _, high, low, _ in rows[1:]:
        told = [
            number(message["data"]["markPrice"])
            for message in witness.of(category, f"tickers.{symbol}")
            if message["data"].get("markPrice") and TICKER_LAG_MAX_MS <= message["ts"] - int(start) < MINUTE
        ]
        for mark in told:
            tally.holds(name, f"encloses the ticker's {mark}", number(low) <= mark <= number(high), (start, low, high))
