"""R10: kill an upgrade 200 times; the database is the old one or the new one, each some of the times, and opens."""

from __future__ import annotations

import sys

from tests.persistence.upgrading import main

KILLS = 200


def run(kills: int) -> None:
    """Print what was found; leave with 1 when something was between, did not open, or none came too late."""
    found = main(kills)
    print(found)
    if not found["new"] or found["between"] or found["not opened"] or found["leftovers"]:
        raise SystemExit(1)


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)
