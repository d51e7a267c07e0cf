"""All three hundred hostile or damaged files at the gate, one after the other, in one worker."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.unit.hostile_files import hostile_files
from tests.unit.test_uploads import fault_of


def run() -> None:
    """Print what went wrong and the times; leave with 1 when anything did."""
    files = hostile_files()
    times: list[float] = []
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            start = time.monotonic()
            fault = fault_of(file, Path(folder))
            times.append(time.monotonic() - start)
            if fault:
                wrong.append(fault)
    times.sort()
    print(f"{len(files)} files, {len(wrong)} wrong; median {times[len(times) // 2] * 1000:.0f} ms,", end=" ")
    print(f"slowest {times[-1]:.2f} s, next {times[-2]:.2f} s, all {sum(times):.1f} s")
    for fault in wrong:
        print(fault)
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    run()
