"""The independent witness: a plain WebSocket that keeps every frame, and what can be rebuilt from those alone."""

import asyncio
import json
import threading
import time
from dataclasses import dataclass, field

from websockets.asyncio.client import connect

from tally import number

PATIENCE_SECONDS = 30


@dataclass
class Frame:
    category: str
    text: str
    message: dict

    @property
    def topic(self):
        return self.message.get("topic", "")


class Witness:
    """Listens to topics of every category on connections of its own, from before the client until after it."""

    def __init__(self, address):
        self.address = address
        self.frames = []
        self.answers = []
        self.seen = set()
        self.categories = set()
        self.sockets = []
        self.news = threading.Condition()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def listen(self, category, topics):
        if not self.thread.is_alive():
            self.thread.start()
        opening = asyncio.run_coroutine_threadsafe(self._open(category, topics), self.loop)
        self.sockets.append(opening.result(PATIENCE_SECONDS))
        self.categories.add(category)

    async def _open(self, category, topics):
        options = {"max_size": None, "proxy": None, "compression": None, "open_timeout": PATIENCE_SECONDS}
        options["ping_interval"] = None  # a busy machine is no broken connection
        socket = await connect(f"{self.address}/v5/public/{category}", **options)
        reading = self.loop.create_task(self._read(category, socket))
        # One request each: a topic that is refused takes its whole request with it.
        for topic in topics:
            await socket.send(json.dumps({"op": "subscribe", "req_id": topic, "args": [topic]}))
        return socket, reading

    async def _read(self, category, socket):
        async for text in socket:
            message = json.loads(text)
            if "topic" not in message:
                self.answers.append((category, message))
                continue
            self.frames.append(Frame(category, text, message))
            if (category, message["topic"]) not in self.seen:
                with self.news:
                    self.seen.add((category, message["topic"]))
                    self.news.notify_all()

    async def _close(self):
        for socket, reading in self.sockets:
            await socket.close()
            await reading

    def wait_for(self, wanted):
        """Waits until each (category, topic) has spoken once; gives those that have not."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        with self.news:
            while not set(wanted) <= self.seen and time.monotonic() < deadline:
                self.news.wait(0.1)
            return sorted(set(wanted) - self.seen)

    def refusals(self):
        """The topics that were not granted, with the answer that said so."""
        for category, answer in self.answers:
            if answer.get("type") == "COMMAND_RESP":  # options: no req_id, topics by name
                for topic in answer["data"]["failTopics"]:
                    yield (category, topic), answer
            elif answer.get("success") is not True:
                yield (category, answer.get("req_id")), answer

    def close(self):
        asyncio.run_coroutine_threadsafe(self._close(), self.loop).result(PATIENCE_SECONDS)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(PATIENCE_SECONDS)

    def of(self, category, topic):
        return [frame.message for frame in self.frames if frame.category == category and frame.topic == topic]

    @staticmethod
    def path(prefix, category):
        return f"{prefix}-{category.replace('/', '-')}.jsonl"

    def keep(self, prefix):
        """Writes the frames as they came, one a line, a file for each category."""
        for category in {frame.category for frame in self.frames}:
            with open(self.path(prefix, category), "w", encoding="utf-8") as file:
                file.writelines(frame.text + "\n" for frame in self.frames if frame.category == category)

    @classmethod
    def kept(cls, prefix):
        """A witness that says again what another has kept."""
        made = cls("")
        for category in ("linear", "inverse", "spot", "option"):
            try:
                with open(cls.path(prefix, category), encoding="utf-8") as file:
                    made.frames += [Frame(category, text, json.loads(text)) for text in file]
            except FileNotFoundError:
                continue
        return made


@dataclass
class Book:
    """A book as the rules of the reference build it, and where a message broke them."""

    depth: int
    bids: dict = field(default_factory=dict)
    asks: dict = field(default_factory=dict)
    update_id: int = 0
    breaches: list = field(default_factory=list)

    def apply(self, message):
        data = message["data"]
        if message["type"] == "snapshot" or data["u"] == 1:
            self.bids, self.asks = {}, {}
        elif data["u"] != self.update_id + 1:
            self.breaches.append(f"u {data['u']} follows {self.update_id}")
        self.update_id = data["u"]
        for side, levels in ((self.bids, data["b"]), (self.asks, data["a"])):
            for price, size in levels:
                price, size = number(price), number(size)
                if size == 0:
                    if side.pop(price, None) is None:
                        self.breaches.append(f"u {self.update_id} deletes the unknown level {price}")
                else:
                    side[price] = size
        if max(len(self.bids), len(self.asks)) > self.depth:
            self.breaches.append(f"u {self.update_id} leaves more than {self.depth} levels")
        if self.bids and self.asks and max(self.bids) >= min(self.asks):
            self.breaches.append(f"u {self.update_id} is crossed")

    def best(self, limit):
        bids = sorted(self.bids.items(), reverse=True)[:limit]
        return bids, sorted(self.asks.items())[:limit]


def ticker_states(messages):
    """The merged ticker after each message, by the message's time and cross sequence."""
    states, state = {}, {}
    for message in messages:
        state = {**({} if message["type"] == "snapshot" else state), **message["data"]}
        states[message["ts"], message.get("cs")] = state
    return states


def trades_of(messages):
    """Every trade by its id, in the order they came."""
    return {trade["i"]: trade for message in messages for trade in message["data"]}


def candles_of(messages):
    """Every push of a candle by its time, start and end state."""
    return {
        (message["ts"], candle["start"], candle["confirm"]): candle for message in messages for candle in message["data"]
    }
