"""Holds what a client made of the streams against what the witness's frames say, whoever the client is."""

from collections import defaultdict

from tally import number
from witness import Book, candles_of, ticker_states, trades_of

# A stream begins with a snapshot made for the subscriber alone; the witness need not have it.
OWN_SNAPSHOTS_MAX = 1
# Deep books are long: of theirs every so many are held against ours, of the rest every one.
DEEP_LEVELS, KEPT_OF_DEEP = 100, 4


def is_kept(topic, count):
    """Whether the book after message number `count` of a topic is one to compare."""
    return count % KEPT_OF_DEEP == 0 or int(topic.split(".")[1]) < DEEP_LEVELS


def books_agree(tally, witness, category, topic, seen, in_numbers=number):
    """`seen`: [(u, bids, asks)] with levels best first, as the client keeps them."""
    name = f"{category} {topic}"
    book = Book(depth=int(topic.split(".")[1]))
    wanted = {}
    for update_id, bids, asks in seen:
        wanted.setdefault(update_id, []).append((bids, asks))
    for message in witness.of(category, topic):
        book.apply(message)
        for bids, asks in wanted.pop(book.update_id, []):
            ours_bids, ours_asks = book.best(max(len(bids), len(asks), book.depth))
            tally.same(name, f"bids at u {book.update_id}", bids, plain(ours_bids, in_numbers))
            tally.same(name, f"asks at u {book.update_id}", asks, plain(ours_asks, in_numbers))
    for breach in book.breaches[:5]:
        tally.differ(name, "rule of the frames", breach, "none broken")
    for update_id in list(wanted)[:5]:
        tally.differ(name, "u", update_id, "never sent to the witness")
    tally.at_least(name, 4)


def plain(levels, in_numbers):
    return [(in_numbers(price), in_numbers(size)) for price, size in levels]


def tickers_agree(tally, witness, category, topic, seen, fields):
    """`seen`: [(ts, cs, ticker)]; `fields(ticker, state)` gives (field, theirs, ours)."""
    name = f"{category} {topic}"
    states = ticker_states(witness.of(category, topic))
    unknown = 0
    for ts, cs, ticker in seen:
        state = states.get((ts, cs))
        if state is None:
            unknown += 1
            continue
        for field, theirs, ours in fields(ticker, state):
            tally.same(name, field, theirs, ours)
    tally.holds(name, "each was sent to all", unknown <= OWN_SNAPSHOTS_MAX, f"{unknown} of {len(seen)} unknown")
    tally.at_least(name, 10)


def trades_agree(tally, witness, category, topic, seen, least=1):
    """`seen`: [(id, time, side, price, size)] in the order the client told them."""
    name = f"{category} {topic}"
    ours = trades_of(witness.of(category, topic))
    order = list(ours)
    ids = [each[0] for each in seen]
    for trade_id, *theirs in seen:
        raw = ours.get(trade_id)
        if raw is None:
            tally.differ(name, "id", trade_id, "never sent to the witness")
            continue
        kind = type(theirs[2])
        tally.same(name, trade_id, theirs, [raw["T"], raw["S"], kind(raw["p"]), kind(raw["v"])])
    if ids and ids[0] in ours:
        start = order.index(ids[0])
        tally.same(name, "order, none lost or doubled", ids, order[start : start + len(ids)])
    tally.at_least(name, least)


def candles_agree(tally, witness, category, topic, seen):
    """`seen`: [(ts, start, confirm, {field: value})]."""
    name = f"{category} {topic}"
    ours = candles_of(witness.of(category, topic))
    unknown = 0
    for ts, start, confirm, fields in seen:
        raw = ours.get((ts, start, confirm))
        if raw is None:
            unknown += 1
            continue
        for field, theirs in fields.items():
            tally.same(name, field, theirs, type(theirs)(raw[field]))
    tally.holds(name, "each was sent to all", unknown <= OWN_SNAPSHOTS_MAX, f"{unknown} of {len(seen)} unknown")
    tally.at_least(name, 5)


def messages_agree(tally, witness, category, topic, seen, least):
    """For streams that a client passes on as they are."""
    name = f"{category} {topic}"
    ours = defaultdict(list)
    for message in witness.of(category, topic):
        ours[message["ts"]].append(message)
    unknown = 0
    for message in seen:
        if message["ts"] in ours:
            sent = ours[message["ts"]]
            tally.same(name, "message", message, message if message in sent else sent[0])
        else:
            unknown += 1
    tally.holds(name, "each was sent to all", unknown <= OWN_SNAPSHOTS_MAX, f"{unknown} of {len(seen)} unknown")
    tally.at_least(name, 1 + least)
