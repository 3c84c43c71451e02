"""What must hold after every start, and of the journal at any time."""

import json
import sqlite3

from world import Failure


class Checks:
    def __init__(self, world):
        self.world = world
        self.may_be = {"RUNNING", "PAUSED"} if world.journal.exists() else {"RUNNING"}
        self.answered = []

    def commanded(self, word, sequence):
        """A command was given; without an answer nobody knows whether it took effect."""
        lifecycle = "PAUSED" if word == "pause" else "RUNNING"
        if sequence is None:
            self.may_be = self.may_be | {lifecycle}
        else:
            self.may_be = {lifecycle}
            self.answered.append((word, sequence))

    def lifecycle(self, lifecycle):
        if lifecycle not in self.may_be:
            raise Failure(f"the daemon came back {lifecycle}, and was left {' or '.join(self.may_be)}")
        self.may_be = {lifecycle}

    def journal(self):
        """The journal of a dead daemon: whole, true to its invariants, and with every answer that was given."""
        found = self.world.botlab("journal", "verify", str(self.world.journal))
        if found.returncode != 0:
            raise Failure(f"botlab journal verify ends with {found.returncode}:\n{found.stdout}{found.stderr}")
        rows = {sequence: json.loads(payload) for sequence, payload in self.rows("control:outcome")}
        for word, sequence in self.answered:
            outcome = rows.get(sequence)
            if outcome is None or outcome["command"] != word:
                raise Failure(f"the answer {sequence} to {word} is not in the journal")

    def nothing_anew(self):
        """A kill leaves the journal whole, so no start has to begin the work on orders anew."""
        reasons = self.figures()["anew"]
        if reasons:
            raise Failure("work on orders began anew: " + "; ".join(reasons))

    def rows(self, topic):
        for path in sorted(self.world.journal.glob("journal-*.db")):
            database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            try:
                yield from database.execute(
                    "SELECT seq, payload FROM events WHERE topic = ? ORDER BY seq", (topic,)
                )
            finally:
                database.close()

    def figures(self):
        steps = [json.loads(payload) for _, payload in self.rows("exec:order_event")]
        errors = [json.loads(payload) for _, payload in self.rows("error:event")]
        return {
            "answers": len(self.answered),
            "orders": sum(step["state"] == "submitting" for step in steps),
            "fills": sum(step.get("fill") is not None for step in steps),
            # Why a recovery had to begin the work on orders anew.
            "anew": [error["why"] for error in errors if error["code"] == "journal.snapshot"],
        }
