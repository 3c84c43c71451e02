"""Counts what was compared and tells every difference: topic, field, theirs, ours."""

import sys
from collections import Counter
from decimal import Decimal, InvalidOperation

DIFFERENCES_SHOWN_PER_TOPIC_MAX = 4


class Tally:
    """The verdict of one client: what agreed, what did not, and what was never seen at all."""

    def __init__(self, client):
        self.client = client
        self.compared = Counter()
        self.differences = Counter()

    def same(self, topic, field, theirs, ours):
        """One value of the client against ours; both as they are, so numbers are given as numbers."""
        self.compared[topic] += 1
        if theirs == ours:
            return True
        self.differ(topic, field, theirs, ours)
        return False

    def differ(self, topic, field, theirs, ours):
        """A difference, told at once; the first few of a topic in full, the rest only counted."""
        self.differences[topic] += 1
        if self.differences[topic] <= DIFFERENCES_SHOWN_PER_TOPIC_MAX:
            print(f"MISMATCH {self.client} {topic} {field}: theirs {shown(theirs)}, ours {shown(ours)}")

    def holds(self, topic, rule, condition, seen=""):
        """A rule that must hold for what the client was given."""
        self.compared[topic] += 1
        if not condition:
            self.differ(topic, rule, seen, "the rule")
        return condition

    def at_least(self, topic, count):
        """A comparison that never took place is no agreement."""
        if self.compared[topic] < count:
            self.differ(topic, "compared", self.compared[topic], f"at least {count}")

    def attempt(self, topic, call):
        """The answer of a call that must succeed, or None once its failure has been told."""
        try:
            return call()
        except Exception as error:  # the clients raise whatever they like
            self.differ(topic, "call", f"{type(error).__name__}: {error}", "an answer")
            return None

    def finish(self):
        """Prints what was compared and ends with the status: 0 all the same, 1 something differs."""
        for topic in sorted(self.compared):
            wrong = self.differences[topic]
            print(f"{self.client} {topic}: {self.compared[topic]} compared" + (f", {wrong} differ" if wrong else ""))
        total, wrong = sum(self.compared.values()), sum(self.differences.values())
        print(f"{self.client}: {total} values compared, {wrong} differ")
        sys.exit(1 if wrong else 0)


def shown(value):
    text = repr(value)
    return text if len(text) <= 300 else text[:300] + "…"


def number(text):
    """A decimal of the wire; None where there is none."""
    if text is None or text == "":
        return None
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return text
