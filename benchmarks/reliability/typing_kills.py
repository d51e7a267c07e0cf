"""Kill the program 200 times while somebody types an intake; the control is a keeper that waits for a pause."""

from __future__ import annotations

import sys

from tests.gui.typist import LIMIT, main

KILLS, CONTROL = 200, 20


def run(kills: int) -> None:
    """Print both findings; leave with 1 when words were lost or the control lost none."""
    ours = main("steady", kills)
    print(f"steady keeper: {ours}", flush=True)
    control = main("pause", CONTROL)
    print(f"pause-only keeper (control): {control}")
    print(f"oldest letter lost: {ours['oldest']} s, allowed {LIMIT} s")
    if ours["lost"] or not control["lost"]:
        raise SystemExit(1)


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)
