"""Numbers of cases and notices, given by the steps themselves to several counters at once: no gap, no double."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from db.repositories.numbers import NumberRepository
from db.tables.beside import numbers_given
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.numbering import CASE_CODES
from mediation_desk.cases.registers import NumberState, Registers
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.cases.steps.step import Around
from mediation_desk.shared.errors import DeskError
from tests.persistence import lifecycle_stories as told
from tests.persistence.lifecycle_stories import brought, registered
from tests.persistence.test_case_steps import BODY, REGISTER, cases
from tests.persistence.test_lifecycle import MOVE, OFFICE

__all__ = ["cases"]
COUNTERS, EACH = 3, 4
NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)


class Clumsy(Exception):
    """Raised after a number was drawn."""


@dataclass(frozen=True)
class AcceptAndFail:
    """An acceptance that breaks down when it has its number."""

    title = Accept.title
    permission = Accept.permission
    transition = Accept.transition

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        Accept(on=told.ON).apply(file, around)
        raise Clumsy

    def sentence(self, file: CaseFile) -> str:
        return ""


def one_counter(service: CaseService) -> int:
    """Registers, fails, accepts, moves, refuses and ends cases; returns how many commands were not carried out."""
    failed = 0
    for round_ in range(EACH):
        file = registered(service)
        last = MOVE if round_ % 2 else told.TERMINATED
        for step in (AcceptAndFail(), *((told.ACCEPT, last) if round_ else (told.REFUSED,))):
            try:
                service.perform(COUNTER, file.case_key, step)
            except Clumsy:
                continue
            except DeskError:
                failed += 1
    return failed


def by_several(storage: Storage) -> int:
    with ThreadPoolExecutor(COUNTERS) as pool:
        services = [CaseService(storage, lambda: NOW) for _counter in range(COUNTERS)]
        return sum(pool.map(one_counter, services))


def test_several_counters_leave_neither_gaps_nor_doubles(storage: Storage, cases: CaseService) -> None:
    assert by_several(storage) == 0

    registers = Registers(storage)
    found = {(one.body, one.kind): registers.numbers(COUNTER, one) for one in registers.series(COUNTER)}
    assert [register.fault for register in found.values()] == [""] * len(found)
    accepted, moved = COUNTERS * (EACH - 1), COUNTERS * (EACH // 2)
    own = found[BODY.name, "人民调解"]
    assert own.series.last == accepted
    assert own.counted(NumberState.VOIDED) == moved
    assert found[OFFICE.name, "行政调解"].counted(NumberState.GIVEN) == moved
    assert found[BODY.name, "不予受理"].series.last == COUNTERS
    assert found[BODY.name, "终止"].series.last == accepted - moved


def test_a_centre_that_is_called_otherwise_goes_on_with_its_codes(cases: CaseService) -> None:
    names = ("清平区综治中心", "清平区社会治安综合治理中心", "清平区综治中心")
    codes = [registered(cases, replace(REGISTER, centre=name)).case_key for name in names]
    assert [int(code[-6:]) for code in codes] == [1, 2, 3]


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_the_highest_number_and_one_more_is_not_enough(
    storage: Storage, cases: CaseService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what many programs do. SQLite lets one writer at a time in; a server does not."""

    def next_(self: NumberRepository, body: str, kind: str, year: int) -> int:
        table = numbers_given.c
        mine = (table.body == body) & (table.kind == kind) & (table.year == year)
        highest = self._connection.scalar(select(func.max(table.serial)).where(mine))
        return int(highest or 0) + 1

    real = NumberRepository.next

    def either(self: NumberRepository, body: str, kind: str, year: int) -> int:
        return (real if kind == CASE_CODES else next_)(self, body, kind, year)

    monkeypatch.setattr(NumberRepository, "next", either)
    assert by_several(storage) > 0, "numbers were drawn twice"


def test_the_register_tells_imported_numbers_apart(
    storage: Storage, cases: CaseService, copy_of: Callable[[CaseFile], CaseFile]
) -> None:
    imported, _new = cases.take_over(COUNTER, copy_of(brought(cases, (told.ACCEPT,))))
    own = brought(cases, (told.ACCEPT,))
    registers = Registers(storage)
    series = next(one for one in registers.series(COUNTER) if one.kind == "人民调解")
    register = registers.numbers(COUNTER, series)

    assert [(line.serial, line.until, line.state) for line in register.lines] == [
        (1, 1, NumberState.GIVEN),
        (2, 30, NumberState.ELSEWHERE),
        (31, 31, NumberState.IMPORTED),
        (32, 32, NumberState.GIVEN),
    ]
    assert register.fault == ""
    assert own.intake.number == "（2026）试验人调字第32号"

    cases.perform(COUNTER, imported.case_key, PutInBin(reason="重复登记"))
    line = registers.numbers(COUNTER, series).lines[2]
    assert (line.state, line.reason) == (NumberState.VOIDED, "移入回收站：重复登记")


@pytest.fixture
def copy_of() -> Callable[[CaseFile], CaseFile]:
    """The same case as another desk would have written it, with a number of its own series."""

    def other(file: CaseFile) -> CaseFile:
        intake = replace(file.intake, number="（2026）试验人调字第31号")
        return replace(file, case_key="X-31", intake=intake, version=0, as_of=date(2026, 3, 20))

    return other
