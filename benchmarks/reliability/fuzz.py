"""Every parser of ours under spoilt input (hypothesis): ``python -m benchmarks.reliability.fuzz [EXAMPLES] [SEED]``.

Prints how many samples each took and what came out that must not; leaves with 1 when anything did.
"""

from __future__ import annotations

import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

from tests.unit.fuzzed import fuzzed, fuzzed_rules
from tests.unit.spoiling import findings

EXAMPLES = 2_000


def run(most: int, seed: int) -> None:
    """All of them, one after the other."""
    wrong: list[str] = []
    number, begun = 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "rules"
        own.mkdir()
        for parser in chain(fuzzed(Path(folder)), fuzzed_rules(own)):
            found = findings(parser, most, seed=seed)
            for one in found:
                print(one, flush=True)
            wrong += found
            number += 1
            for table in own.iterdir():  # the next table is read beside the shipped ones
                table.unlink()
    took = time.monotonic() - begun
    print(f"{number} parsers, up to {most} samples each, seed {seed}: {len(wrong)} wrong, {took:.0f} s")
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    run(
        int(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES,
        int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 10**6,
    )
