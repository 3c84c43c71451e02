"""Kills a trading daemon by a seed and checks after each start that nothing is lost."""

import argparse
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

from checks import Checks, Failure
from world import World


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else None


class CrashTest:
    # The journal grows with every kill, and each verification reads all of it.
    VERIFY_EVERY = 10
    VERIFY_SELDOM_AFTER, VERIFY_SELDOM_EVERY = 100, 100

    def __init__(self, world, checks, seed):
        self.world = world
        self.checks = checks
        self.chance = random.Random(seed)
        self.ready_ms = []
        self.moments = {"starting": 0, "trading": 0, "commanded": 0}

    def run(self, kills):
        for number in range(1, kills + 1):
            self.kill_once()
            often = number <= self.VERIFY_SELDOM_AFTER
            if number % (self.VERIFY_EVERY if often else self.VERIFY_SELDOM_EVERY) == 0:
                self.checks.journal()
        self.world.start()
        self.become_ready()
        self.world.stop()
        self.checks.journal()
        self.checks.nothing_anew()

    def kill_once(self):
        """One life of the daemon, from its start to its kill."""
        started = time.monotonic()
        self.world.start()
        moment = self.chance.choices(list(self.moments), weights=[3, 5, 4])[0]
        self.moments[moment] += 1
        if moment == "starting":
            self.wait(started, self.chance.uniform(0, 1.2))
        else:
            self.become_ready()
            if moment == "commanded":
                self.command_and_wait()
            else:
                if self.chance.random() < 0.3:
                    self.command()
                time.sleep(self.chance.uniform(0, 3.0))
        self.world.kill()

    def become_ready(self):
        """Waits for RUNNING, or PAUSED where the operator has paused."""
        state = self.world.ready()
        self.ready_ms.append(round(state["ms"]))
        self.checks.lifecycle(state["lifecycle"])

    def wait(self, since, seconds):
        time.sleep(max(0, since + seconds - time.monotonic()))

    def draw_command(self):
        # More often back to trading than not.
        return self.chance.choices(["pause", "resume"], weights=[2, 3])[0]

    def command(self):
        word = self.draw_command()
        self.checks.commanded(word, self.world.finish(self.world.botctl(word)))

    def command_and_wait(self):
        """A command that the kill may meet anywhere between the client and the disk."""
        word = self.draw_command()
        client = self.world.botctl(word)
        time.sleep(self.chance.uniform(0, 0.4))
        self.world.kill()
        self.checks.commanded(word, self.world.finish(client))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--kills", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--state", type=pathlib.Path)
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tradebot-crash-"))
    if options.state:
        shutil.copytree(options.state, folder / "state")
    world = World(options.bin.resolve(), folder)
    checks = Checks(world)
    test = CrashTest(world, checks, options.seed)
    began = time.monotonic()
    try:
        world.open_exchange()
        test.run(options.kills)
    except (Failure, subprocess.SubprocessError, OSError) as failure:
        world.close()
        print(f"crash-test: {failure}", file=sys.stderr)
        print(f"crash-test: the daemon said last:\n{world.last_words()}", file=sys.stderr)
        print(f"crash-test: kept: {folder}", file=sys.stderr)
        print(f"crash-test: again: make crash-test KILLS={options.kills} SEED={options.seed}", file=sys.stderr)
        return 1
    world.close()
    figures = {
        "test": "crash", "kills": options.kills, "seed": options.seed, "moments": test.moments,
        "seconds": round(time.monotonic() - began), "starts": len(test.ready_ms),
        "ready_ms_p50": percentile(test.ready_ms, 0.5), "ready_ms_p99": percentile(test.ready_ms, 0.99),
        **checks.figures(),
    }
    print(json.dumps(figures))
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
