"""The simulator's addresses, its answers without any client between, and what is listened to."""

import argparse
import json
import ssl
import urllib.parse
import urllib.request
from dataclasses import dataclass

CATEGORIES = ("linear", "inverse", "spot", "option")
SYMBOLS_PER_CATEGORY = 2
BOOK_DEPTHS = {"linear": (1, 50, 200, 1000), "inverse": (1, 50, 200, 1000), "spot": (1, 50, 200, 1000), "option": (25, 100)}
# Said only when something changes: listening must be granted, news need not come.
QUIET = ("insurance", "adlAlert", "allLiquidation", "system")


@dataclass
class Simulator:
    plain: str  # host:port
    secure: str  # host:port
    authority: str  # a PEM file

    @property
    def plain_stream(self):
        return f"ws://{self.plain}"

    @property
    def secure_stream(self):
        return f"wss://{self.secure}"

    @property
    def secure_rest(self):
        return f"https://{self.secure}"

    def get(self, path, **parameters):
        """The whole answer of a REST call, read without a client."""
        query = urllib.parse.urlencode(parameters)
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=self.authority)),
        )
        with opener.open(f"{self.secure_rest}{path}?{query}", timeout=10) as answer:
            return json.load(answer)

    def instruments(self, category):
        """Every instrument of a category, page by page."""
        found, cursor = [], ""
        while True:
            more = {"cursor": urllib.parse.unquote(cursor)} if cursor else {}
            result = self.get("/v5/market/instruments-info", category=category, limit=1000, **more)["result"]
            found += result.get("list", [])
            cursor = result.get("nextPageCursor") or ""
            if not cursor or not result["list"]:
                return found


@dataclass
class Plan:
    """What is listened to in one category."""

    category: str
    instruments: list
    symbols: list
    topics: list

    @property
    def lively(self):
        """The topics that must speak by themselves."""
        return [topic for topic in self.topics if not topic.startswith(QUIET)]


def plan(category, instruments):
    trading = [each for each in instruments if each["status"] == "Trading"]
    symbols = [each["symbol"] for each in trading][:SYMBOLS_PER_CATEGORY]
    topics = []
    for index, symbol in enumerate(symbols):
        depths = BOOK_DEPTHS[category] if index == 0 else BOOK_DEPTHS[category][:2]
        topics += [f"tickers.{symbol}"] + [f"orderbook.{depth}.{symbol}" for depth in depths]
        if category != "option":
            topics.append(f"publicTrade.{symbol}")
        if category in ("linear", "inverse"):
            topics += [f"allLiquidation.{symbol}", f"priceLimit.{symbol}"]
    if category != "option":
        topics += [f"kline.{interval}.{symbol}" for symbol in symbols[:1] for interval in ("1", "D")]
    if category == "option":
        topics += [f"publicTrade.{base}" for base in sorted({each["baseCoin"] for each in trading[:SYMBOLS_PER_CATEGORY]})]
    if category in ("linear", "inverse"):
        coin = "USDT" if category == "linear" else "inverse"
        topics += [f"insurance.{coin}", f"adlAlert.{coin}"]
    return Plan(category, instruments, symbols, topics)


def plans(simulator, tally):
    """A plan for each category; a category without instruments is a difference."""
    made = []
    for category in CATEGORIES:
        instruments = tally.attempt(f"instruments {category}", lambda: simulator.instruments(category)) or []
        each = plan(category, instruments)
        if tally.holds(f"instruments {category}", "some are trading", bool(each.symbols)):
            made.append(each)
    return made


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--plain", required=True, help="HOST:PORT of the simulator")
    parser.add_argument("--secure", required=True, help="HOST:PORT of its TLS address")
    parser.add_argument("--authority", required=True, help="PEM file to trust there")
    parser.add_argument("--seconds", type=float, default=12, help="how long to listen")
    parser.add_argument("--keep", help="prefix of files for the raw frames, one a category")
    given = parser.parse_args()
    return Simulator(given.plain, given.secure, given.authority), given
