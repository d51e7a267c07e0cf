"""R2: the power fails at 10,000 moments of a desk at work on an encrypted centre; nothing acknowledged is lost.

The shipped engine works under strace; its file operations are done again on a model disk (``model_disk``), and what a
cut would leave there is opened with the shipped engine and the key. Controls: ``synchronous=NORMAL`` must lose, a
disk that does not sync must leave something damaged.
"""

from __future__ import annotations

import copy
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reliability.file_trace import STDOUT, Act, acts, record
from benchmarks.reliability.model_disk import Disk
from tests.persistence.account_desk import GOOD
from tests.persistence.cut_off import Told, begins, begun, judged, looked_at, place

CUTS, CONTROL, UNITS = 10_000, 500, 250
ENTERING = 10  # at every so manieth cut somebody signs in too; the rest is judged by what the database holds
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Watched:
    """A desk that worked: what it did in ``folder``, what lay there before, and the key."""

    folder: Path
    key: bytes
    acts: list[Act]

    def moments(self) -> list[int]:
        """After which acts the power may fail: those that change files, and what was said."""
        disk = Disk(self.folder)
        return [no for no, act in enumerate(self.acts) if disk.act(act) or act.handle == STDOUT]


def watched(within: Path, units: int, manner: str = "ours") -> Watched:
    """Let a desk do so many units ``within`` a folder while strace looks on; nothing but the trace is left of it."""
    folder, used = within / "before", within / "used"
    key = begun(folder) if units else b""
    folder.mkdir(exist_ok=True)
    folder.rename(used)
    shutil.copytree(used, folder)
    with tempfile.NamedTemporaryFile(prefix="desk-trace-") as trace:
        command = ["-m", "tests.persistence.at_work", str(folder), GOOD, manner, "1", str(units)]
        record([sys.executable, *command], Path(trace.name), ROOT)
        done = list(acts(Path(trace.name)))
    shutil.rmtree(folder)
    used.rename(folder)
    return Watched(folder, key, done)


def cuts(work: Watched, amount: int, *, honest: bool = True, seed: int = 1) -> Counter[str]:
    """So many cuts at random moments: units acknowledged, and what was found wrong by its kind."""
    chance = random.Random(seed)
    moments = work.moments()
    when = Counter(chance.choice(moments) for _ in range(amount))
    disk, told = Disk(work.folder, honest=honest), Told(looked_at(work.folder, work.key) if work.key else {})
    counts: Counter[str] = Counter(cuts=amount, acknowledged=0)
    left, looked = work.folder.with_name("cut"), 0
    for no, act in enumerate(work.acts):
        if act.call == "write" and act.handle == STDOUT:
            told.hear(json.loads(act.data))
        disk.act(act)
        for _ in range(when[no]):
            shutil.rmtree(left, ignore_errors=True)
            disk.cut(left, chance)
            looked += 1
            if work.key:
                wrong = judged(left, work.key, copy.copy(told), entering=looked % ENTERING == 0)
            else:
                wrong = begins(left, told=bool(told.units))
            counts["acknowledged"] += told.units
            if wrong:
                counts[wrong.partition(":")[0]] += 1
    return counts


def main(amount: int, control: int, units: int) -> dict[str, Counter[str]]:
    """A desk at work, a first start, and both controls."""
    with place() as within:
        for name in ("ours", "first", "normal"):
            (within / name).mkdir()
        ours = watched(within / "ours", units)
        found = {"not synced": cuts(ours, control, honest=False)}
        found["normal"] = cuts(watched(within / "normal", units, "normal"), control)
        found["first start"] = cuts(watched(within / "first", 0, "first"), control)
        found["ours"] = cuts(ours, amount)
    return found


if __name__ == "__main__":
    amount = int(sys.argv[1]) if len(sys.argv) > 1 else CUTS
    found = main(amount, min(amount, CONTROL), UNITS)
    for name, counts in found.items():
        print(f"{name}: {dict(counts)}")
    wrong = {name: set(counts) - {"cuts", "acknowledged"} for name, counts in found.items()}
    if (
        wrong["ours"]
        or wrong["first start"]
        or "lost" not in wrong["normal"]
        or "damaged" not in wrong["not synced"]
    ):
        raise SystemExit(1)
