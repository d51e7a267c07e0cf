"""A killed desk loses nothing it had acknowledged and stores no half unit (reliability R1, short form)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.architecture.gates import ROOT

KILLS = 12


def test_a_killed_upgrade_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    """R10, short form."""
    command = [sys.executable, "-m", "tests.persistence.upgrading", "4"]
    found: dict[str, int] = json.loads(subprocess.check_output(command, cwd=ROOT, timeout=100))

    assert found["kills"] == 4
    assert (found["between"], found["not opened"], found["leftovers"]) == (0, 0, 0)


def test_nothing_acknowledged_is_lost_and_nothing_is_half_done() -> None:
    command = [sys.executable, "-m", "benchmarks.reliability.kills", str(KILLS)]
    found: dict[str, dict[str, int]] = json.loads(subprocess.check_output(command, cwd=ROOT, timeout=200))
    ours = found["ours"]

    assert ours.pop("acknowledged") > KILLS
    assert ours == {"kills": KILLS}
    assert found["each statement by itself"]["half"], "the test would not see half units"
