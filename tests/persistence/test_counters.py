"""C1, the short form: four counters at three hot cases of a server lose no update and no word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.service import CaseService
from mediation_desk.shared.clock import system_clock
from tests.persistence.counters import counted, lost, not_as_told, run
from tests.persistence.everyday import prepare
from tests.persistence.test_case_steps import REGISTER

EACH, LONGEST = 8, 120.0
"""Saves of each counter, and seconds they may take on a loaded machine."""
pytestmark = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)


def hot(storage: Storage) -> list[str]:
    cases = CaseService(storage, system_clock)
    return [
        cases.register(COUNTER, replace(REGISTER, place="试验镇"), despite=ANYWAY).case_key for _ in range(3)
    ]


def test_four_counters_lose_nothing(storage: Storage, url: str, tmp_path: Path) -> None:
    prepare(storage)
    tallies = run(url, 4, [hot(storage)], LONGEST, EACH, folder=tmp_path)
    total = counted(tallies)
    assert lost(url, tallies) == []
    assert not_as_told(url, tallies, tmp_path) == []
    assert total["everyday: step"] > 0
    assert total["comparisons without a typed word"] == 0
    assert total["compared"] > 0, total
    assert total["saved"] == 4 * EACH, total


def test_without_a_version_counter_words_are_lost(storage: Storage, url: str) -> None:
    """The control."""
    tallies = run(url, 4, [hot(storage)[:1]], LONGEST, EACH // 2, guarded=False)
    assert lost(url, tallies)
