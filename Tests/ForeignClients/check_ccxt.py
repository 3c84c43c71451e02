"""ccxt, the widely used client library, on the simulator: what it parses from stream and REST against the frames."""

import asyncio
from collections import Counter, defaultdict

import ccxt.pro

import agreement
import ccxt_rest
from ccxt_rest import ticker_fields
from simulator import QUIET, arguments, plans
from tally import Tally, number
from witness import Witness

STOP_SECONDS_MAX = 15


class Client(ccxt.pro.bybit):
    """ccxt as it is; after each message it notes what it has made of it, with the message's own number."""

    def __init__(self, settings):
        super().__init__(settings)
        self.seen = defaultdict(list)
        self.troubles = []
        self.answer = {}
        self.count = Counter()

    def handle_errors(self, code, reason, url, method, headers, body, response, *rest):
        self.answer = response or {}
        return super().handle_errors(code, reason, url, method, headers, body, response, *rest)

    def handle_message(self, client, message):
        topic, category = message.get("topic", ""), client.url.rsplit("/", 1)[-1]
        if message.get("success") is False:
            self.troubles.append(f"refused: {message}")
        try:
            super().handle_message(client, message)
            if topic:
                self.note(category, topic, message)
        except Exception as error:
            self.troubles.append(f"{type(error).__name__}: {error} on {str(message)[:200]}")
            raise

    def note(self, category, topic, message):
        kind, market = topic.split(".")[0], self.market_of(category, topic)
        seen, symbol = self.seen[category, topic], market["symbol"]
        if kind == "orderbook":
            self.count[category, topic] += 1
            if not agreement.is_kept(topic, self.count[category, topic]):
                return
            book = self.orderbooks[symbol]
            bids, asks = ([tuple(level[:2]) for level in book[side]] for side in ("bids", "asks"))
            seen.append((message["data"]["u"], bids, asks))
        elif kind == "tickers":
            seen.append((message["ts"], message.get("cs"), dict(self.tickers[symbol])))
        elif kind == "publicTrade":
            seen += list(self.trades[symbol])[-len(message["data"]) :]
        elif kind == "kline":
            raw = message["data"][-1]
            candle = next(each for each in reversed(self.ohlcvs[symbol]["1m"]) if each[0] == raw["start"])
            seen.append((message["ts"], raw["start"], raw["confirm"], list(candle)))
        elif kind == "allLiquidation":
            seen += list(self.liquidations)[-len(message["data"]) :]

    def market_of(self, category, topic):
        kind = "spot" if category == "spot" else "contract"
        return self.safe_market(topic.split(".")[-1], None, None, kind)


def client(simulator):
    """A client that knows no other host than the simulator.

    Streams go to it by its other name, as the exchange's do: ccxt would else turn an idle connection of its REST calls
    into a stream, which the exchange never sees.
    """
    streams = simulator.secure_stream.replace("127.0.0.1", "localhost")
    made = Client({"cafile": simulator.authority, "enableRateLimit": False})
    made.urls["api"] = {
        **{name: simulator.secure_rest for name in ("spot", "futures", "v2", "public", "private")},
        "ws": {
            "public": {
                name: f"{streams}/v5/public/{name}" for name in ("spot", "linear", "inverse", "option")
            }
        },
    }
    made.aiohttp_trust_env = False
    return made


def watches(books, plan):
    """(topic, client, one wait of ccxt's) for all that ccxt can watch; each depth has a client of its own."""
    main = books[0]
    for raw in plan.symbols:
        market = main.market_of(plan.category, f"tickers.{raw}")
        symbol = market["symbol"]
        yield f"tickers.{raw}", main, lambda c, s=symbol: c.watch_ticker(s)
        depths = [int(topic.split(".")[1]) for topic in plan.topics if topic.startswith("orderbook") and topic.endswith(raw)]
        for depth, own in zip(depths, books):
            yield f"orderbook.{depth}.{raw}", own, lambda c, s=symbol, d=depth: c.watch_order_book(s, d)
        if plan.category == "option":
            continue  # ccxt asks for trades by symbol, the exchange gives them by base coin
        yield f"publicTrade.{raw}", main, lambda c, s=symbol: c.watch_trades(s)
        if f"kline.1.{raw}" in plan.topics:
            yield f"kline.1.{raw}", main, lambda c, s=symbol: c.watch_ohlcv(s, "1m")
        if plan.category != "spot":
            yield f"allLiquidation.{raw}", main, lambda c, s=symbol: c.watch_liquidations(s)


async def watch(tally, name, own, wait, stop, is_quiet):
    """Waits again and again as a program on ccxt would; each wait must end with a value."""
    count = 0
    while not stop.is_set():
        waiting = asyncio.ensure_future(wait(own))
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait([waiting, stopping], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not waiting.done():
            waiting.cancel()
            break
        try:
            if not waiting.result():
                tally.differ(name, "watch", waiting.result(), "a value")
            count += 1
        except Exception as error:
            tally.differ(name, "watch", f"{type(error).__name__}: {error}", "a value")
            break
    tally.holds(name, "watch gives values", is_quiet or count > 0, count)


def compare(tally, witness, plan, topic, seen):
    kind, category = topic.split(".")[0], plan.category
    if kind == "orderbook":
        agreement.books_agree(tally, witness, category, topic, seen, in_numbers=float)
    elif kind == "tickers":
        agreement.tickers_agree(tally, witness, category, topic, seen, ticker_fields)
    elif kind == "publicTrade":
        rows = [(each["id"], each["timestamp"], each["side"].capitalize(), each["price"], each["amount"]) for each in seen]
        agreement.trades_agree(tally, witness, category, topic, rows)
    elif kind == "kline":
        volume = "turnover" if category == "inverse" else "volume"
        rows = [
            (ts, start, confirm, dict(zip(("start", "open", "high", "low", "close", volume), candle)))
            for ts, start, confirm, candle in seen
        ]
        agreement.candles_agree(tally, witness, category, topic, rows)
    elif kind == "allLiquidation":
        liquidations_agree(tally, witness, category, topic, seen)


def liquidations_agree(tally, witness, category, topic, seen):
    name = f"{category} {topic}"
    ours = [
        (each["T"], each["S"].lower(), float(each["v"]), float(each["p"]))
        for message in witness.of(category, topic)
        for each in message["data"]
    ]
    theirs = [(each["timestamp"], each["side"], each["contracts"], each["price"]) for each in seen]
    if theirs:
        start = ours.index(theirs[0]) if theirs[0] in ours else 0
        tally.same(name, "in order, none lost or doubled", theirs, ours[start : start + len(theirs)])


async def run(simulator, given, tally):
    made = plans(simulator, tally)
    witness = Witness(simulator.plain_stream)
    for plan in made:
        witness.listen(plan.category, plan.topics)
    missing = set(witness.wait_for([(plan.category, topic) for plan in made for topic in plan.lively]))
    missing |= set(dict(witness.refusals()))
    books = [client(simulator) for _ in range(4)]
    try:
        for own in books:
            own.options["fetchMarkets"] = {"types": [plan.category for plan in made], "options": ["BTC"]}
            await own.load_markets()
        stop, tasks, watched = asyncio.Event(), [], []
        for plan in made:
            for topic, own, wait in watches(books, plan):
                if (plan.category, topic) in missing:
                    tally.differ(f"{plan.category} {topic}", "messages", "none or refused", "some")
                    continue
                watched.append((plan, topic, own))
                name = f"{plan.category} {topic}"
                tasks.append(asyncio.ensure_future(watch(tally, name, own, wait, stop, topic.startswith(QUIET))))
        ends = asyncio.get_running_loop().time() + given.seconds
        kept = await ccxt_rest.ask(tally, books[0], made, ends)
        await asyncio.sleep(max(0, ends - asyncio.get_running_loop().time()))
        stop.set()
        await asyncio.wait(tasks, timeout=STOP_SECONDS_MAX)
    finally:
        for own in books:
            await own.close()
    await asyncio.sleep(0.5)
    witness.close()
    for own in books:
        for trouble in own.troubles[:5]:
            tally.differ("ccxt", "reading", trouble, "no trouble")
    for plan, topic, own in watched:
        compare(tally, witness, plan, topic, own.seen[plan.category, topic])
    ccxt_rest.compare(tally, witness, kept)
    if given.keep:
        witness.keep(given.keep)


def main():
    simulator, given = arguments(__doc__)
    tally = Tally("ccxt")
    asyncio.run(run(simulator, given, tally))
    tally.finish()


if __name__ == "__main__":
    main()
