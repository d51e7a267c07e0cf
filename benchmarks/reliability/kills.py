"""R1: a desk on an encrypted centre killed 1,000 times in the midst of mixed work through the real services.

Nothing acknowledged may be lost, nothing half done, drafts offered back. The control commits each statement by itself.
It forks: the children must not inherit anybody's threads and connections.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from tests.persistence.account_desk import GOOD
from tests.persistence.at_work import main as work
from tests.persistence.cut_off import Told, begun, judged, looked_at, place

KILLS, CONTROL = 1000, 20
WORDS, SECONDS = 25, 0.03  # the signal comes at most so much later than so many words of the desk
ANEW = 25  # kills until a fresh centre: a large one would be judged for longer than it worked


def killed(folder: Path, manner: str, told: Told, seed: int) -> None:
    """Let a child work for a while and kill it; ``told`` hears what it said."""
    chance = random.Random(seed)
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        try:
            work(
                str(folder), told.password, manner, seed, 10**9,
                lambda words: void(os.write(sending, (json.dumps(words) + "\n").encode())),
            )  # fmt: skip
        finally:
            os._exit(1)  # it never ends by itself
    os.close(sending)
    with os.fdopen(receiving) as stream:
        heard = [stream.readline() for _ in range(chance.randrange(WORDS))]
        time.sleep(chance.uniform(0, SECONDS))
        os.kill(child, signal.SIGKILL)
        _child, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            raise AssertionError("the desk ended before it was killed")
        for line in (*heard, *stream):
            told.hear(json.loads(line))


def void(_: object) -> None:
    """Drop a result."""


def main(kills: int, manner: str = "ours", first: int = 1) -> Counter[str]:
    """So many kills: units acknowledged, and what was found wrong by its kind."""
    counts: Counter[str] = Counter(kills=kills, acknowledged=0)
    with place() as within:
        fresh, folder = within / "fresh", within / "desk"
        key = begun(fresh)
        password, anew = GOOD, True
        for no in range(kills):
            if anew or no % ANEW == 0:
                shutil.rmtree(folder, ignore_errors=True)
                shutil.copytree(fresh, folder)
                password = GOOD
            told = Told(looked_at(folder, key), password)
            killed(folder, manner, told, first + no)
            counts["acknowledged"] += told.units
            wrong = judged(folder, key, told)
            if wrong:
                counts[wrong.partition(":")[0]] += 1
            password, anew = told.password, bool(wrong)
    return counts


def control() -> Counter[str]:
    """Each statement by itself, until half a unit is found."""
    counts: Counter[str] = Counter()
    while counts["half"] == 0 and counts["kills"] < CONTROL:
        counts += main(1, "statements", counts["kills"] + 1)
    return counts


if __name__ == "__main__":
    amount = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    ours, wrong = main(amount), control()
    print(json.dumps({"ours": ours, "each statement by itself": wrong}))
    if set(ours) != {"kills", "acknowledged"} or not wrong["half"]:
        raise SystemExit(1)
