"""Somebody writes on the board and the machine dies: the board is back to the last second, each line once."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.architecture.gates import ROOT
from tests.gui.typist import LIMIT


def findings(keeper: str, kills: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.gui.board_typist", keeper, str(kills)]
    found: dict[str, float] = json.loads(subprocess.check_output(command, cwd=ROOT, timeout=280))
    return found


@pytest.mark.timeout(300)
def test_a_killed_board_loses_at_most_the_last_second() -> None:
    found = findings("steady", 6)

    assert found["letters"] > 45
    assert found["lost"] == 0
    assert found["oldest"] <= LIMIT


@pytest.mark.timeout(300)
def test_the_test_would_see_a_board_that_keeps_only_entered_lines() -> None:
    assert findings("none", 6)["lost"] > 0
