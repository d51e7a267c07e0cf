"""Somebody types an intake and the machine dies: at most the last second is gone (200 kills in benchmarks)."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.architecture.gates import ROOT
from tests.gui.typist import LIMIT


def findings(keeper: str, kills: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.gui.typist", keeper, str(kills)]
    found: dict[str, float] = json.loads(subprocess.check_output(command, cwd=ROOT, timeout=280))
    return found


@pytest.mark.timeout(300)
def test_a_killed_intake_loses_at_most_the_last_second() -> None:
    found = findings("steady", 12)

    assert found["letters"] > 60
    assert found["lost"] == 0
    assert found["oldest"] <= LIMIT


@pytest.mark.timeout(300)
def test_the_test_would_see_a_keeper_that_waits_for_a_pause() -> None:
    assert findings("pause", 6)["lost"] > 0
