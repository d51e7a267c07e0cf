"""Kill the change of a data key 200 times (R11); the control changes the file before the keys."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.persistence.rekey_kills import main

KILLS = 200


def run(kills: int) -> None:
    """Print both findings; leave with 1 when anything was wrong or the control was not told."""
    with TemporaryDirectory() as folder:
        found = main(folder, kills)
        print(f"{kills} kills: {found}", flush=True)
    with TemporaryDirectory() as folder:
        control = main(str(Path(folder)), 1, "control")
        print(f"without the mark (control): {control}")
    if any(count for what, count in found.items() if what != "changed") or not control["gets_in"]:
        raise SystemExit(1)


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)
