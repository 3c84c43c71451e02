"""pybit, the exchange's own client, on the simulator: its books, tickers, trades and REST answers against the frames."""

import json
import logging
import os
import sys
import threading
import time
from collections import Counter, defaultdict

import pybit._http_manager
import pybit.unified_trading

import agreement
import pybit_rest
from simulator import QUIET, Plan, arguments, plans
from tally import Tally, number
from witness import Witness


# Streams that always have something to read would else make the REST calls wait five milliseconds each time.
SWITCH_SECONDS = 0.0005
# Its own pings would come when all is over; on a busy machine they would cut a good connection.
PINGS = {"ping_interval": 240, "ping_timeout": 120}


class Stream(pybit.unified_trading.WebSocket):
    """pybit's stream, kept from reading an answer before it has noted its own question.

    It notes a subscription after it has sent it; over loopback the answer may be quicker than that.
    """

    def __init__(self, *arguments, **options):
        self.turn = threading.RLock()
        self.troubles = []
        self.pong_count = 0
        super().__init__(*arguments, **options)

    def subscribe(self, *arguments, **options):
        with self.turn:
            super().subscribe(*arguments, **options)

    def _on_message(self, message):
        with self.turn:
            self.pong_count += "pong" in message and bool(self._is_custom_pong(json.loads(message)))
            try:
                super()._on_message(message)
            except Exception as error:
                self.troubles.append(f"{type(error).__name__}: {error} on {message[:200]}")
                raise


class Seen:
    """What pybit told its callbacks, copied at once, since it goes on writing into what it gave."""

    def __init__(self):
        self.of = defaultdict(list)
        self.count = Counter()

    def take(self, category):
        def callback(message):
            topic, data = message["topic"], message["data"]
            self.count[category, topic] += 1
            if topic.startswith("orderbook"):
                if agreement.is_kept(topic, self.count[category, topic]):
                    self.of[category, topic].append((data["u"], list(data["b"]), list(data["a"])))
            elif topic.startswith("tickers"):
                self.of[category, topic].append((message["ts"], message.get("cs"), dict(data)))
            else:
                self.of[category, topic].append(message)

        return callback


def levels(rows, best_first):
    return sorted(((number(price), number(size)) for price, size in rows), key=lambda level: best_first * level[0])


def subscribe(stream, plan, take):
    """Through pybit's own methods, one for each kind of stream."""
    ways = {
        "tickers": stream.ticker_stream,
        "publicTrade": stream.trade_stream,
        "allLiquidation": stream.all_liquidation_stream,
        "priceLimit": stream.price_limit_stream,
        "insurance": stream.insurance_pool_stream,
        "adlAlert": lambda symbol, callback: stream.subscribe("adlAlert.{symbol}", callback, symbol),
    }
    for topic in plan.topics:
        kind, *middle, symbol = topic.split(".")
        if kind == "orderbook":
            stream.orderbook_stream(int(middle[0]), symbol, take)
        elif kind == "kline":
            stream.kline_stream(middle[0], symbol, take)
        elif kind == "system":
            stream.system_status_stream(take)
        else:
            ways[kind](symbol, take)


def ticker_fields(ticker, state):
    for field in sorted(set(ticker) | set(state)):
        yield field, ticker.get(field), state.get(field)


def compare(tally, witness, plan, seen):
    for topic in plan.topics:
        told, kind = seen.of[plan.category, topic], topic.split(".")[0]
        if kind == "orderbook":
            books = ((update_id, levels(bids, -1), levels(asks, 1)) for update_id, bids, asks in told)
            agreement.books_agree(tally, witness, plan.category, topic, books)
        elif kind == "tickers":
            agreement.tickers_agree(tally, witness, plan.category, topic, told, ticker_fields)
        elif kind == "publicTrade":
            rows = [
                (trade["i"], trade["T"], trade["S"], number(trade["p"]), number(trade["v"]))
                for message in told
                for trade in message["data"]
            ]
            agreement.trades_agree(tally, witness, plan.category, topic, rows)
        elif kind == "kline":
            rows = [
                (message["ts"], candle["start"], candle["confirm"], candle)
                for message in told
                for candle in message["data"]
            ]
            agreement.candles_agree(tally, witness, plan.category, topic, rows)
        else:
            agreement.messages_agree(tally, witness, plan.category, topic, told, 0 if kind in QUIET else 1)


def main():
    simulator, given = arguments(__doc__)
    tally = Tally("pybit")
    sys.setswitchinterval(SWITCH_SECONDS)
    logging.getLogger("pybit").setLevel(logging.ERROR)
    os.environ["WEBSOCKET_CLIENT_CA_BUNDLE"] = simulator.authority
    pybit.unified_trading.PUBLIC_WSS = simulator.secure_stream + "/v5/public/{CHANNEL_TYPE}"
    pybit._http_manager.HTTP_URL = simulator.secure_rest

    trading = plans(simulator, tally)
    made = [*trading, Plan("misc/status", [], [], ["system.status"])]
    witness, seen, streams = Witness(simulator.plain_stream), Seen(), []
    for plan in made:
        tally.attempt(f"{plan.category} connection", lambda: witness.listen(plan.category, plan.topics))
    missing = witness.wait_for([(plan.category, topic) for plan in made for topic in plan.lively])
    refused = dict(witness.refusals())
    for (category, topic), answer in refused.items():
        tally.differ(f"{category} {topic}", "subscription", answer, "granted")
    for category, topic in set(missing) - set(refused):
        tally.differ(f"{category} {topic}", "messages", "none", "some")
    silent = {*missing, *refused}
    for plan in made:
        plan.topics = [topic for topic in plan.topics if (plan.category, topic) not in silent]
        if not plan.topics or plan.category not in witness.categories:
            continue
        stream = Stream(plan.category, testnet=False, **PINGS)
        subscribe(stream, plan, seen.take(plan.category))
        stream._send_custom_ping()
        streams.append((plan.category, stream))
    ends = time.monotonic() + given.seconds
    session = pybit.unified_trading.HTTP()
    session.client.verify = simulator.authority
    session.client.trust_env = False
    answers = pybit_rest.ask(tally, session, trading, ends)
    time.sleep(max(0, ends - time.monotonic()))
    for category, stream in streams:
        stream.exit()
        tally.same(f"{category} ping", "pongs", stream.pong_count, 1)
        for trouble in stream.troubles[:5]:
            tally.differ(category, "reading", trouble, "no trouble")
    time.sleep(0.5)
    witness.close()
    for plan in made:
        compare(tally, witness, plan, seen)
    pybit_rest.compare(tally, witness, answers)
    if given.keep:
        witness.keep(given.keep)
    tally.finish()


if __name__ == "__main__":
    main()
