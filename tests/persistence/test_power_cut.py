"""After a power cut everything acknowledged is there, whole, and opens with its password (R2, short form)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.reliability.file_trace import CannotTraceError, require_strace
from benchmarks.reliability.power_cut import Watched, cuts, watched
from tests.persistence.cut_off import place

UNITS, CUTS, CONTROL = 12, 60, 25


@pytest.fixture(scope="module")
def work() -> Iterator[Watched]:
    try:
        require_strace()
    except CannotTraceError as error:
        pytest.skip(str(error))
    with place() as within:
        yield watched(within, UNITS)


def test_a_power_cut_takes_nothing_that_was_acknowledged(work: Watched) -> None:
    found = cuts(work, CUTS)

    assert found.pop("acknowledged") > CUTS
    assert found == {"cuts": CUTS}


def test_a_disk_that_only_says_it_synced_is_found_out(work: Watched) -> None:
    found = cuts(work, CONTROL, honest=False)

    assert found["lost"]
    assert found["damaged"]
