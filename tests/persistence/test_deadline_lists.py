"""Lists of deadlines across all cases on both databases: order, bounds, what is left out, counting anew."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.deadlines.lights import Light, signal_of
from mediation_desk.cases.deadlines.model import Group
from mediation_desk.cases.deadlines.service import DeadlineService
from mediation_desk.cases.registering import Register
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.interchange.calendar import calendar
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import InputError, PermissionDenied
from tests.persistence.test_case_steps import REGISTER
from tests.shared_cases import FILES, needs_cases

NOW = datetime(2026, 12, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 12, 20)


@pytest.fixture
def cases(storage: Storage) -> CaseService:
    return CaseService(storage, lambda: NOW)


@pytest.fixture
def deadlines(storage: Storage) -> DeadlineService:
    return DeadlineService(storage, lambda: NOW)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "rules"
    folder.mkdir()
    yield folder
    use_rules_in(Path("/nonexistent"))


def accepted(cases: CaseService, on: date, serial: int = 0) -> str:
    """Each a quarrel of its own between the same two."""
    command: Register = dataclasses.replace(
        REGISTER, received_on=on, occurred_on=on - timedelta(days=5), title=f"第{serial}件"
    )
    key = cases.register(COUNTER, command, despite=ANYWAY).case_key
    return cases.perform(COUNTER, key, Accept(on=on)).case_key


def test_what_is_late_comes_first_and_never_hides_what_comes(
    cases: CaseService, deadlines: DeadlineService
) -> None:
    late = [accepted(cases, date(2026, 10, 8) + timedelta(days=n), n) for n in range(7)]
    coming = [accepted(cases, date(2026, 12, 1) + timedelta(days=n), n) for n in range(8)]
    shown = deadlines.upcoming(COUNTER)
    assert [line.case_key for line in shown[:5]] == late[:5]
    assert [line.case_key for line in shown[5:]] == coming[:5]
    assert [line.due_on for line in shown] == sorted(line.due_on for line in shown)
    assert signal_of(shown[0], TODAY).light is Light.OVERDUE
    assert "30日" in shown[0].why


def test_few_late_ones_leave_room_and_a_few_coming_ones_do_too(
    cases: CaseService, deadlines: DeadlineService
) -> None:
    for n in range(8):
        accepted(cases, date(2026, 10, 8) + timedelta(days=n), n)
    accepted(cases, date(2026, 12, 1), 9)
    shown = deadlines.upcoming(COUNTER)
    assert len(shown) == 9
    assert sum(line.due_on < TODAY for line in shown) == 8


def test_a_span_of_days_takes_both_ends(cases: CaseService, deadlines: DeadlineService) -> None:
    key = accepted(cases, date(2026, 12, 1))
    due = date(2026, 12, 31)
    assert [line.case_key for line in deadlines.between(COUNTER, due, due)] == [key]
    assert deadlines.between(COUNTER, None, due - timedelta(days=1)) == ()
    assert deadlines.between(COUNTER, due + timedelta(days=1), date(2027, 12, 31)) == ()


def test_a_case_in_the_bin_is_on_no_list(cases: CaseService, deadlines: DeadlineService) -> None:
    key = accepted(cases, date(2026, 12, 1))
    cases.perform(COUNTER, key, PutInBin(reason="登记重了"))
    assert deadlines.upcoming(COUNTER) == ()


@needs_cases
def test_rights_lapse_and_promises_stay(cases: CaseService, deadlines: DeadlineService) -> None:
    for start in ("C03", "C08"):
        [path] = [path for path in FILES if path.name.startswith(start)]
        cases.take_over(COUNTER, read_case(path.read_bytes()))
    told = {line.what for line in deadlines.between(COUNTER, None, date(2026, 12, 31))}
    assert "申请司法确认" not in told
    assert {"履行第3条第2期", "履行第2条第3期"} <= told
    early = deadlines.between(COUNTER, None, date(2026, 12, 31), on=date(2026, 6, 1))
    [right] = [line for line in early if line.group is Group.RIGHT]
    assert (right.what, right.due_on) == ("申请司法确认", date(2026, 6, 26))
    assert all(line.due_on >= TODAY for line in deadlines.upcoming(COUNTER))


def test_published_holidays_move_provisional_days_at_the_next_look(
    cases: CaseService, deadlines: DeadlineService, own: Path
) -> None:
    key = accepted(cases, date(2026, 12, 18))
    [line] = deadlines.upcoming(COUNTER)
    assert (line.due_on, line.provisional) == (date(2027, 1, 18), True)  # the 17th is a Sunday
    (own / "holidays.toml").write_text(
        "[[year]]\nyear = 2027\nholidays = [2027-01-01, [2027-01-15, 2027-01-19]]\n", "utf-8"
    )
    use_rules_in(own)
    [moved] = deadlines.upcoming(COUNTER)
    assert (moved.due_on, moved.provisional) == (date(2027, 1, 20), False)
    assert "末日1月17日" not in moved.why
    assert "逢节假日，顺延至1月20日" in moved.why
    assert cases.file(COUNTER, key).intake.mediation_due_on == date(2027, 1, 20)
    assert cases.history(COUNTER, key)[-1].sentence == "放假安排或者期限规则有变，期限重新计算"
    version = cases.file(COUNTER, key).version
    deadlines.upcoming(COUNTER)
    assert cases.file(COUNTER, key).version == version


def test_rows_lost_or_never_written_come_back_when_the_rules_are_read_anew(
    cases: CaseService, deadlines: DeadlineService, storage: Storage
) -> None:
    """What an upgrade leaves: cases without lines, and no note of the rules they were counted by."""
    accepted(cases, date(2026, 12, 1))
    with storage.write() as work:
        work.connection.execute(text("DELETE FROM deadlines"))
        work.connection.execute(text("DELETE FROM settings WHERE key = 'deadlines.rules'"))
    assert len(deadlines.upcoming(COUNTER)) == 1


def test_one_case_is_asked_by_key_or_number(cases: CaseService, deadlines: DeadlineService) -> None:
    key = accepted(cases, date(2026, 12, 1))
    number = cases.file(COUNTER, key).intake.number or ""
    assert deadlines.of_case(COUNTER, number) == deadlines.of_case(COUNTER, key)
    [line] = deadlines.lines_of_case(COUNTER, key)
    assert line == deadlines.upcoming(COUNTER)[0]
    with pytest.raises(InputError, match="没有编号"):
        deadlines.of_case(COUNTER, "nothing")


def test_who_may_not_read_cases_sees_no_deadlines(deadlines: DeadlineService) -> None:
    stranger = Actor(account="s", display_name="统计员", roles=(Role.STATISTICIAN,))
    with pytest.raises(PermissionDenied):
        deadlines.upcoming(stranger)


def test_a_calendar_names_nobody_and_keeps_its_names_for_events(
    cases: CaseService, deadlines: DeadlineService
) -> None:
    key = accepted(cases, date(2026, 12, 1))
    data = calendar(deadlines.upcoming(COUNTER))
    assert data == calendar(deadlines.upcoming(COUNTER))
    unfolded = data.decode().replace("\r\n ", "")
    assert "UID:" + f"{key}.people@mediation-desk" in unfolded
    assert f"SUMMARY:调解期限 {key}" in unfolded
    assert "DTSTART;VALUE=DATE:20261231" in unfolded
    assert "DTEND;VALUE=DATE:20270101" in unfolded
    assert "自2026年12月1日受理次日起30日" in unfolded
    for name in ("甄有理", "贾讲理", "第0件", "110101"):
        assert name not in unfolded
