"""A storm over the public window: ``python -m benchmarks.reliability.public_window [EVENTS] [SEEDS] [FIRST SEED]``.

20,000 random events with 20 seeds, on two screens, with the pools of the real program. Prints what was done and
seen; leaves with 1 at the first window, word or object that must not be there.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

EVENTS, SEEDS, FIRST = 20_000, 20, 0
_SCREENS = [
    {
        "name": name,
        "x": x,
        "y": 0,
        "width": 1920,
        "height": 1080,
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1,
    }
    for name, x in (("desk", 0), ("public", 1920))
]


def run(events: int, seeds: int, first: int) -> None:
    """Blow, a fresh desk for every seed."""
    seen: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    resets, began = 0, time.perf_counter()
    for seed in range(first, first + seeds):
        with tempfile.TemporaryDirectory(prefix="mediation-desk-storm-") as folder:
            resets += _blow(Path(folder), events, seed, seen, pages)
        print(
            f"seed {seed}: {sum(seen.values())} events so far, {time.perf_counter() - began:.0f} s",
            flush=True,
        )
    print(
        f"{sum(seen.values())} events, {resets} resets: 0 foreign windows, 0 words, 0 objects left, 0 crashes"
    )
    for name, number in seen.most_common():
        print(f"  {name:16} {number}")
    print("  pages:", ", ".join(f"{name} {number}" for name, number in pages.most_common()))


def _blow(folder: Path, events: int, seed: int, seen: Counter[str], pages: Counter[str]) -> int:
    from mediation_desk.app import open_desk
    from mediation_desk.settings import resolve
    from tests.gui.storm_room import Room
    from ui.app import application, open_window

    services = open_desk(resolve(folder, practice=True))
    main = open_window(application(), services)
    main.show()
    room = Room.furnish(services, main)
    storm = room.storm(seed)
    storm.blow(events)
    seen.update(storm.seen)
    pages.update(storm.pages)
    room.clear()
    main.close()
    main.deleteLater()
    main.context.desk.close()
    services.close()
    if storm.faults:
        print(f"seed {seed}, event {sum(storm.seen.values())}: {storm.faults[0]}")
        raise SystemExit(1)
    return storm.resets


def _two_screens() -> None:
    """Before Qt starts: the offscreen platform with a second screen."""
    config = Path(tempfile.mkdtemp(prefix="mediation-desk-screens-")) / "screens.json"
    config.write_text(json.dumps({"screens": _SCREENS}), "utf-8")
    os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={config}")


if __name__ == "__main__":
    _two_screens()
    run(*(int(word) for word in (sys.argv[1:] + [str(EVENTS), str(SEEDS), str(FIRST)][len(sys.argv) - 1 :])))
