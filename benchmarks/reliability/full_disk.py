"""R5: fill a small disk 200 times under one desk that writes all it can; needs the right to mount."""

from __future__ import annotations

import sys

from tests.persistence.filling import main

EVENTS = 200


def run(events: int) -> None:
    """Print what was found; leave with 1 when something was lost, half there, or did not go on."""
    found = main(events)
    print(found)
    if any(count for name, count in found.items() if name != "events"):
        raise SystemExit(1)


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS)
