"""Every acceptance case is stored whole and comes back equal, on both databases."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.service import CaseService
from mediation_desk.interchange.reader import read_case
from mediation_desk.interchange.writer import write_case
from mediation_desk.shared.errors import InputError
from tests.shared_cases import FILES, needs_cases

pytestmark = needs_cases


def test_all_come_back_equal(storage: Storage) -> None:
    cases = CaseService(storage, lambda: datetime(2026, 11, 1, tzinfo=UTC))
    for path in FILES:
        file = read_case(path.read_bytes())
        stored, new = cases.take_over(COUNTER, file)
        again, second = cases.take_over(COUNTER, file)
        assert (new, second) == (True, False)
        assert stored == again
        whole = cases.export(COUNTER, file.case_key, with_private_notes=True)
        exported = write_case(whole, with_private_notes=True)
        assert exported == json.loads(path.read_text("utf-8"))
    assert len(FILES) == 14


def test_same_key_with_other_content_is_refused(storage: Storage) -> None:
    cases = CaseService(storage, lambda: datetime(2026, 11, 1, tzinfo=UTC))
    text = FILES[0].read_text("utf-8")
    cases.take_over(COUNTER, read_case(text))
    other = read_case(text.replace("锦园小区3号楼渗水损害赔偿纠纷", "锦园小区渗水纠纷"))
    with pytest.raises(InputError, match="与库中不同"):
        cases.take_over(COUNTER, other)


def test_a_taken_number_is_refused_and_imported_numbers_are_not_given_again(storage: Storage) -> None:
    cases = CaseService(storage, lambda: datetime(2026, 11, 1, tzinfo=UTC))
    text = FILES[0].read_text("utf-8")
    cases.take_over(COUNTER, read_case(text))
    with pytest.raises(InputError, match="已被另一案件使用"):
        cases.take_over(COUNTER, read_case(text.replace("C01_neighbour_water_leak", "C99_other")))
    with storage.write() as work:
        assert work.numbers.next("安和区人民调解委员会", "人民调解", 2026) == 32


def test_many_are_read_at_once_as_one_by_one(storage: Storage) -> None:
    cases = CaseService(storage, lambda: datetime(2026, 11, 1, tzinfo=UTC))
    keys = [cases.take_over(COUNTER, read_case(path.read_bytes()))[0].case_key for path in FILES]
    wanted = [*reversed(keys), "nowhere"]
    with storage.read() as work:
        assert list(work.cases.find_many(wanted)) == [work.cases.find(key) for key in reversed(keys)]
        assert work.cases.find_many([]) == ()
