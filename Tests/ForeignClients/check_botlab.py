"""Our own reader, `botlab`, on the very frames that the clients were held to: one more client, and the same comparisons."""

import argparse
import json
import subprocess
from collections import Counter, defaultdict

import agreement
from tally import Tally, number
from witness import Witness, ticker_states

BOOK_EVERY = 4
LEVELS_MAX = 1000
RUN_SECONDS_MAX = 60
TICKER = {
    "lastPrice": "lastPrice",
    "markPrice": "markPrice",
    "indexPrice": "indexPrice",
    "high24h": "highPrice24h",
    "low24h": "lowPrice24h",
    "volume24h": "volume24h",
    "turnover24h": "turnover24h",
}
# The option ticker has names of its own for the best prices and the day's change.
TOUCH = {"bidPrice": "bid1Price", "bidSize": "bid1Size", "askPrice": "ask1Price", "askSize": "ask1Size", "change24h": "price24hPcnt"}
OPTION_TOUCH = {name: name for name in TOUCH}
FUNDING = {"rate": "fundingRate", "nextFundingTime": "nextFundingTime", "intervalHours": "fundingIntervalHour"}
INTEREST = {"openInterest": "openInterest", "value": "openInterestValue"}
CANDLE = ("open", "high", "low", "close", "volume", "turnover")


def lines(tally, botlab, *arguments):
    """What botlab prints, one JSON value a line; its own complaints are differences."""
    ran = subprocess.run([botlab, *arguments], capture_output=True, text=True, timeout=RUN_SECONDS_MAX, check=False)
    tally.same("botlab " + arguments[0], "exit status", ran.returncode, 0)
    if ran.returncode:
        print(ran.stderr[-1000:])
    return [json.loads(line) for line in ran.stdout.splitlines()]


class Ours:
    """The normalised events of one category, by topic and symbol."""

    def __init__(self, tally, botlab, category, path):
        self.events = defaultdict(list)
        for line in lines(tally, botlab, "decode", path, "--category", category):
            payload = line["payload"]
            symbol = payload.get("instrument", ":").split(":")[1]
            self.events[line["topic"], symbol].append(payload)
        self.books = defaultdict(list)
        options = ("--every", str(BOOK_EVERY), "--levels", str(LEVELS_MAX), "--json")
        for line in lines(tally, botlab, "book", path, "--category", category, *options):
            symbol = line["instrument"].split(":")[1]
            sides = [[(number(price), number(size)) for price, size in line[side]] for side in ("bids", "asks")]
            self.books[line["depth"], symbol].append((line["updateId"], *sides))


def compare(tally, witness, category, ours):
    for topic in sorted({frame.topic for frame in witness.frames if frame.category == category}):
        kind, *middle, symbol = topic.split(".")
        if kind == "orderbook":
            agreement.books_agree(tally, witness, category, topic, ours.books[int(middle[0]), symbol])
        elif kind == "tickers":
            tickers(tally, witness, category, topic, symbol, ours)
        elif kind == "publicTrade":
            agreement.trades_agree(tally, witness, category, topic, trades(category, symbol, ours))
        elif kind == "kline":
            candles(tally, witness, category, topic, symbol, ours)
        elif kind == "allLiquidation":
            liquidations(tally, witness, category, topic, symbol, ours)
        elif kind == "priceLimit":
            limits(tally, witness, category, topic, symbol, ours)


def tickers(tally, witness, category, topic, symbol, ours):
    """Every event says the merged state at its time; what the wire does not tell is absent."""
    name = f"{category} {topic}"
    states = {ts: state for (ts, _), state in ticker_states(witness.of(category, topic)).items()}
    touch = {"option": OPTION_TOUCH, "spot": {"change24h": "price24hPcnt"}}.get(category, TOUCH)
    fields = {**TICKER, **touch}
    if category == "option":
        fields.pop("change24h")
        fields["change24h"] = "change24h"
    told = [("market:ticker", fields)]
    if category in ("linear", "inverse"):
        told += [("market:funding", FUNDING), ("market:oi", INTEREST)]
    for event_topic, names in told:
        for event in ours.events[event_topic, symbol]:
            state = states.get(event["exchangeTime"])
            if state is None:
                tally.differ(name, f"{event_topic} at", event["exchangeTime"], "never sent to the witness")
                continue
            for theirs, raw in names.items():
                tally.same(name, f"{event_topic} {theirs}", number(event.get(theirs)), number(state.get(raw)))
        tally.holds(name, f"{event_topic} events", bool(ours.events[event_topic, symbol]))


def trades(category, symbol, ours):
    symbols = [symbol]
    if category == "option":
        symbols = sorted(name for topic, name in ours.events if topic == "market:trade" and name.startswith(symbol + "-"))
    rows = [
        (event["id"], event["exchangeTime"], event["side"].capitalize(), number(event["price"]), number(event["quantity"]))
        for each in symbols
        for event in ours.events["market:trade", each]
    ]
    return rows if category != "option" else sorted(rows, key=lambda row: row[1])


def candles(tally, witness, category, topic, symbol, ours):
    name, interval = f"{category} {topic}", topic.split(".")[1]
    minutes = {"D": 1440, "W": 10_080, "M": 43_200}.get(interval) or int(interval)
    events = [event for event in ours.events["market:kline", symbol] if event["minutes"] == minutes]
    raws = [(message["ts"], raw) for message in witness.of(category, topic) for raw in message["data"]]
    tally.same(name, "candles", len(events), len(raws))
    for event, (ts, raw) in zip(events, raws):
        tally.same(name, "time, start, end", (event["meta"]["ts"], event["start"], event["end"]), (ts, raw["start"], raw["end"]))
        tally.same(name, "confirm", event["isConfirmed"], raw["confirm"])
        for field in CANDLE:
            tally.same(name, field, number(event[field]), number(raw[field]))


def liquidations(tally, witness, category, topic, symbol, ours):
    raws = [raw for message in witness.of(category, topic) for raw in message["data"]]
    events = [
        (event["exchangeTime"], event["side"].capitalize(), number(event["quantity"]), number(event["price"]))
        for event in ours.events["market:liquidation", symbol]
    ]
    expected = [(raw["T"], raw["S"], number(raw["v"]), number(raw["p"])) for raw in raws]
    tally.same(f"{category} {topic}", "liquidations", events, expected)


def limits(tally, witness, category, topic, symbol, ours):
    """An event where a limit changes."""
    name = f"{category} {topic}"
    told = {message["ts"]: message["data"] for message in witness.of(category, topic)}
    for event in ours.events["market:price_limit", symbol]:
        raw = told.get(event["meta"]["ts"], {})
        theirs = (number(event["highestBid"]), number(event["lowestAsk"]))
        tally.same(name, "limits", theirs, (number(raw.get("buyLmt")), number(raw.get("sellLmt"))))
    tally.at_least(name, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--botlab", required=True, help="the program")
    parser.add_argument("--frames", required=True, help="prefix of the kept files, one a category")
    given = parser.parse_args()
    tally = Tally("botlab")
    witness = Witness.kept(given.frames)
    counted = Counter(frame.category for frame in witness.frames)
    for category in sorted(set(counted) - {"misc/status"}):
        ours = Ours(tally, given.botlab, category, witness.path(given.frames, category))
        compare(tally, witness, category, ours)
    tally.holds("frames", "some were kept", bool(counted))
    tally.finish()


if __name__ == "__main__":
    main()
