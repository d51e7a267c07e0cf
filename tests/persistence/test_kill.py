"""A killed program loses nothing it had acknowledged and stores no half unit (reliability R1, short form)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.architecture.gates import ROOT

KILLS = 60


def test_a_killed_upgrade_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    """R10, short form."""
    command = [sys.executable, "-m", "tests.persistence.upgrading", "4"]
    found: dict[str, int] = json.loads(subprocess.check_output(command, cwd=ROOT, timeout=100))

    assert found["kills"] == 4
    assert (found["between"], found["not opened"], found["leftovers"]) == (0, 0, 0)


def findings(file: Path, writer: str, kills: int) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.persistence.killing", str(file), writer, str(kills)]
    found: dict[str, int] = json.loads(subprocess.check_output(command, cwd=ROOT, timeout=200))
    return found


def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(tmp_path: Path) -> None:
    found = findings(tmp_path / "desk.db", "units", KILLS)

    assert found.pop("acknowledged") > KILLS
    assert found == {"lost": 0, "half": 0, "damaged": 0}


def test_the_test_would_see_half_units(tmp_path: Path) -> None:
    assert findings(tmp_path / "desk.db", "statements", 15)["half"] > 0
