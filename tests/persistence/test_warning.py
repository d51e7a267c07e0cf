"""Early warning over stored cases: what is looked at, what came back, what rose; recounted from the files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from db.bulk import BulkCases
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.cases.beside import Binned, Risk
from mediation_desk.cases.model import CaseFile, Prevented
from mediation_desk.cases.vocabulary import Result
from mediation_desk.parties.model import Side
from mediation_desk.practice.demo import generate
from mediation_desk.practice.material import centre
from mediation_desk.shared.errors import InputError, PermissionDenied
from mediation_desk.statistics.periods import ALL, parse_period
from mediation_desk.statistics.service import StatisticsService
from mediation_desk.statistics.warning.rules import warning_rules
from mediation_desk.statistics.warning.service import WarningService

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = date(2026, 11, 20)
YEAR = parse_period("2026")
NOVEMBER = 202611


@pytest.fixture(scope="module")
def files() -> list[CaseFile]:
    return list(generate(250, 15, TODAY))


def stored(storage: Storage, files: Iterable[CaseFile]) -> WarningService:
    place, writer = centre(), BulkCases(storage)
    writer.add_centre(tuple(place.bodies.values()), tuple(place.cards.values()))
    writer.add_cases(list(files), {}, at=NOW)
    return WarningService(storage, lambda: NOW, StatisticsService(storage, lambda: NOW))


def copied(file: CaseFile, key: str, received_on: date) -> CaseFile:
    """The same people once more, in a case of its own that has just come in."""
    intake = replace(
        file.intake, received_on=received_on, accepted_on=None, mediation_due_on=None, number=None
    )
    return replace(
        file, case_key=key, intake=intake, outcome=None, agreement=None, performance=(), sessions=()
    )


def turned(file: CaseFile) -> CaseFile:
    """With both sides changed over."""
    other = {Side.APPLICANT: Side.RESPONDENT, Side.RESPONDENT: Side.APPLICANT}
    return replace(
        file, parties=tuple(replace(one, side=other.get(one.side, one.side)) for one in file.parties)
    )


def identities(file: CaseFile, side: Side) -> set[str]:
    found = (one.uscc or (one.id_no if one.id_type else None) for one in file.parties if one.side is side)
    return {number for number in found if number}


def opposed(file: CaseFile) -> set[frozenset[str]]:
    sides = identities(file, Side.APPLICANT), identities(file, Side.RESPONDENT)
    return {frozenset(pair) for pair in product(*sides)}


def met(files: Iterable[CaseFile], days: int) -> dict[str, set[str]]:
    """Recount: every case against every other."""
    known = [(file, file.intake.received_on, opposed(file)) for file in files if file.beside.binned is None]
    found: dict[str, set[str]] = {}
    for place, (file, on, pairs) in enumerate(known):
        for before, earlier, others in known[:place]:
            if earlier <= on and earlier >= on - timedelta(days) and pairs & others:
                found.setdefault(file.case_key, set()).add(before.case_key)
    return found


def test_looked_at_is_what_is_open_has_just_ended_or_is_not_kept(
    storage: Storage, files: list[CaseFile]
) -> None:
    rules = warning_rules()
    found = stored(storage, files).matrix(COUNTER)

    keys = {one.case.case_key for one in found.cases}
    assert len(keys) == len(found.cases)
    running = {file.case_key for file in files if file.outcome is None and file.beside.closing is None}
    first = TODAY - timedelta(rules.ended_days)
    without = (Result.FAILED, Result.TERMINATED, Result.WITHDRAWN)
    ended = {
        file.case_key
        for file in files
        if file.outcome and file.outcome.result in without and file.outcome.concluded_on >= first
    }
    broken = {one.case.case_key for one in found.cases if one.case.broken_since is not None}
    assert running
    assert ended
    assert broken
    assert keys == running | ended | broken
    for one in found.cases:
        assert one.case.is_open == (one.case.case_key in running)


def test_a_case_is_read_as_its_file_says(storage: Storage, files: list[CaseFile]) -> None:
    place = next(number for number, file in enumerate(files) if file.outcome is None and file.sessions)
    risk = Risk(kind="暴力或者威胁", noted_on=TODAY, noted_by="登记员")
    marked = replace(files[place], beside=replace(files[place].beside, risks=(risk,)))
    some = [*files[:place], marked, *files[place + 1 :]]

    service = stored(storage, some)
    by_key = {file.case_key: file for file in some}
    again = met(some, warning_rules().repeat_days)
    for one in service.matrix(COUNTER).cases:
        case, file = one.case, by_key[one.case.case_key]
        assert case.people == file.people_involved
        assert case.noted == tuple(risk.kind for risk in file.beside.risks)
        assert case.facts == file.facts
        results = [session.result.value for session in file.sessions if session.result]
        assert case.failed == sum(result in ("有待继续调解", "调解不成") for result in results)
        assert set(case.again) == again.get(case.case_key, set())
        assert case.presiding == (file.presiding.pool_no if file.presiding else None)
    (seen,) = (one for one in service.matrix(COUNTER).cases if one.case.case_key == marked.case_key)
    assert "violence" in {sign.code for sign in seen.signs}
    assert seen.level.no >= 3


def test_same_people_on_opposite_sides_again_are_found_whichever_side_they_stand_on(
    storage: Storage, files: list[CaseFile]
) -> None:
    first = next(file for file in files if opposed(file) and file.intake.received_on > date(2026, 1, 1))
    thrown = replace(first.beside, binned=Binned(on=TODAY, by="x", reason="y"))
    binned = replace(copied(first, "binned", date(2026, 11, 6)), beside=thrown)
    far = first.intake.received_on + timedelta(731)
    some = [
        *files,
        copied(first, "again", date(2026, 11, 1)),
        turned(copied(first, "turned", date(2026, 11, 5))),
        binned,
        copied(first, "late", far),
    ]
    service = stored(storage, some)

    found = service.repeats(COUNTER, ALL)
    told = {one.case.case_key: {before.case_key for before in one.before} for one in found.found}
    assert told == met(some, warning_rules().repeat_days)
    assert first.case_key in told["again"]
    assert "turned" not in told["again"]
    assert {first.case_key, "again"} <= told["turned"]
    assert first.case_key not in told["late"]
    assert "binned" not in told
    days = [one.case.received_on for one in found.found]
    assert days == sorted(days, reverse=True)
    assert not found.more
    assert "turned" in {one.case.case_key for one in service.repeats(COUNTER, parse_period("2026-11")).found}
    close = service.repeats(COUNTER, parse_period("2026-11"), days=1).found
    assert not {"again", "turned"} & {one.case.case_key for one in close}
    assert all(one.sides[0] and one.sides[1] for one in found.found)


def test_a_rise_is_found_explained_and_opens_its_cases_with_kept_sums_and_without(
    storage: Storage, files: list[CaseFile]
) -> None:
    example = next(file for file in files if file.dispute.category.value == "邻里纠纷")
    more = [copied(example, f"rise-{place}", date(2026, 11, 1 + place % 20)) for place in range(30)]
    service = stored(storage, [*files, *more])

    found = service.rises(COUNTER)
    (kind,) = (one for one in found.rises if one.place == {"category": ("邻里纠纷",)})
    month = [
        file.case_key
        for file in [*files, *more]
        if file.dispute.category.value == "邻里纠纷" and file.intake.received_on >= date(2026, 11, 1)
    ]
    assert kind.count == len(month)
    assert set(service.behind(COUNTER, kind.figure, kind.period, kind.place)) == set(month)
    history = [
        sum(
            file.dispute.category.value == "邻里纠纷"
            and (file.intake.received_on.year, file.intake.received_on.month) == divmod(number, 100)
            for file in files
        )
        for number, _count in kind.history
    ]
    assert [count for _number, count in kind.history] == history
    assert len(history) == 12
    assert kind.corrected <= found.alpha
    assert "（前 20 天）" in kind.words
    for one in found.rises:
        assert len(service.behind(COUNTER, one.figure, one.period, one.place)) == one.count

    StatisticsService(storage, lambda: NOW).settle()
    assert service.rises(COUNTER) == found
    assert service.rises(COUNTER, 202610).rises != found.rises
    with pytest.raises(InputError, match="还没有到"):
        service.rises(COUNTER, 202612)


def test_an_empty_desk_says_that_there_is_no_history(storage: Storage) -> None:
    service = stored(storage, ())

    assert service.matrix(COUNTER).cases == ()
    assert service.rises(COUNTER).note
    assert service.repeats(COUNTER, YEAR).found == ()
    assert service.workload(COUNTER, YEAR).lines == ()
    assert service.groups(COUNTER, YEAR) == ()
    assert [one.cases for one in service.prevented(COUNTER, YEAR)] == [0, 0, 0, 0]


def test_prevented_dangers_and_groups_come_with_their_cases(storage: Storage, files: list[CaseFile]) -> None:
    place = next(number for number, file in enumerate(files) if counted(file))
    saved = replace(files[place], prevented=Prevented(suicide=(1, 2)))
    some = [*files[:place], saved, *files[place + 1 :]]
    service = stored(storage, some)

    for line, name in zip(
        service.prevented(COUNTER, YEAR), ("suicide", "criminal", "mass_petition", "mass_fight"), strict=True
    ):
        pairs = {file.case_key: getattr(file.prevented, name) for file in some if counted(file)}
        assert line.cases == sum(pair[0] for pair in pairs.values())
        assert line.persons == sum(pair[1] for pair in pairs.values())
        assert set(line.keys) == {key for key, pair in pairs.items() if any(pair)}
    assert set(service.groups(COUNTER, YEAR)) == {
        file.case_key for file in some if file.people_involved >= 10 and file.intake.received_on.year == 2026
    }


def counted(file: CaseFile) -> bool:
    """Whether the case is one of those concluded in the year."""
    ended = file.outcome is not None and file.outcome.concluded_on.year == 2026
    return ended and file.intake.accepted_on is not None and file.outcome.result is not Result.NOT_ACCEPTED  # type: ignore[union-attr]  # it has ended


def test_workload_is_a_recount_and_few_cases_are_not_compared(
    storage: Storage, files: list[CaseFile]
) -> None:
    found = stored(storage, files).workload(COUNTER, YEAR)

    numbers = {file.presiding.pool_no for file in files if file.presiding}
    assert {one.pool_no for one in found.lines} <= numbers
    for line in found.lines:
        mine = [file for file in files if file.presiding and file.presiding.pool_no == line.pool_no]
        ended = [file for file in mine if counted(file)]
        assert line.concluded == len(ended)
        assert line.success == sum(file.outcome.result.success for file in ended if file.outcome)
        assert line.open == sum(file.outcome is None for file in mine)
        assert line.name != line.pool_no
        assert line.few == (line.concluded < found.few)
        assert (line.success_rate is None) == (line.average_days is None) == line.few
    assert {one.few for one in found.lines} == {True, False}
    names = [one.pool_no for one in found.lines]
    assert names == sorted(names), "in the order of the pool, not of success"


def test_who_may_not_read_statistics_or_cases_is_refused(storage: Storage) -> None:
    service, visitor = stored(storage, ()), Actor(account="v", display_name="访客", roles=())

    for ask in (
        lambda: service.matrix(visitor),
        lambda: service.rises(visitor),
        lambda: service.repeats(visitor, YEAR),
        lambda: service.prevented(visitor, YEAR),
        lambda: service.workload(visitor, YEAR),
        lambda: service.behind(visitor, "registered", YEAR),
    ):
        with pytest.raises(PermissionDenied):
            ask()


@pytest.mark.parametrize("lines", ["", "body", "month", "presiding"])
def test_reliability_is_kept_by_kind_body_month_and_mediator_and_opens_its_cases(
    storage: Storage, files: list[CaseFile], lines: str
) -> None:
    stored(storage, files)
    statistics = StatisticsService(storage, lambda: NOW)
    table = statistics.table(COUNTER, "reliability", YEAR, lines=lines)

    ended = [file for file in files if counted(file)]
    assert table.value(table.rows[-1], "concluded") == len(ended)
    for row in table.rows:
        for code in ("accepted", "bounded", "overdue"):
            shares = statistics.cell(COUNTER, table, row.label, code).shares
            assert sum(share.adds for share in shares) == table.value(row, code)
