"""A reported period stays as it was reported, whatever becomes of its cases; what moved is a correction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from db.tables.centre import audit
from db.tables.submissions import KEPT, ROWS, STAYS, guards
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.binning import PutInBin, TakeOut
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.errors import InputError, PermissionDenied, RuleError, StorageError
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.periods import parse_period
from mediation_desk.statistics.ports import Question
from mediation_desk.statistics.service import StatisticsService
from mediation_desk.statistics.submitting.model import CellChange, Difference, Kept, Submission
from mediation_desk.statistics.submitting.service import SubmissionService
from mediation_desk.statistics.tables import tables
from tests.filled import NOTHING, Invented

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
QUARTER = parse_period("2026Q3")
NUMBER = 60
STATISTICIAN = Actor(account="tj", display_name="统计员", roles=(Role.STATISTICIAN,))


@pytest.fixture
def invented() -> Invented:
    return Invented(NUMBER, 1, NOW)


@pytest.fixture
def centre(storage: Storage) -> Storage:
    return storage


def service_of(storage: Storage, now: datetime = NOW) -> SubmissionService:
    return SubmissionService(storage, lambda: now, StatisticsService(storage, lambda: now))


@pytest.fixture
def service(centre: Storage) -> SubmissionService:
    return service_of(centre)


@pytest.fixture
def own_rules(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "rules"
    folder.mkdir()
    yield folder
    use_rules_in(tmp_path / "none")


def agreed_case(storage: Storage, period: Period = QUARTER) -> str:
    """Key of a case agreed within the period for money."""
    found = StatisticsService(storage, lambda: NOW)
    table = found.table(COUNTER, "tracks", period)
    return found.cell(COUNTER, table, "合计", "agreed_yuan").shares[0].case_key


def change(storage: Storage, key: str, to: Callable[[CaseFile], CaseFile]) -> None:
    with storage.write() as work:
        before = work.cases.find(key)
        assert before is not None
        work.cases.save(before, to(before))


def moved_to(day: date) -> Callable[[CaseFile], CaseFile]:
    def moved(file: CaseFile) -> CaseFile:
        assert file.outcome is not None
        return replace(file, outcome=replace(file.outcome, concluded_on=day))

    return moved


def more_people(file: CaseFile) -> CaseFile:
    person = next(party for party in file.parties if party.persons == 1)
    return replace(file, parties=(*file.parties, replace(person, ref="A9", name="补登人", id_no=None)))


def fewer_people(file: CaseFile) -> CaseFile:
    return replace(file, parties=tuple(party for party in file.parties if party.ref != "A9"))


def tables_of(service: SubmissionService, submission: Submission) -> tuple[StatTable, ...]:
    return service.kept(COUNTER, submission).tables


def cell(found: Difference, table: str, row: str, column: str) -> CellChange:
    return next(one for one in found.cells if (one.table, one.row, one.column) == (table, row, column))


def adds_up(storage: Storage, submission: Submission, kept: Kept) -> int:
    """Every figure of every table is the sum of the cases behind it; how many were looked at."""
    number = 0
    with storage.read() as work:
        for table in (one for one in kept.tables if one.code in tables().listed):
            among = kept.rule(table.code).among
            for row in table.rows:
                asked = Question(
                    period=row.period or table.period,
                    as_of=table.as_of,
                    among=among,
                    submission=submission.id,
                )
                for column, value in zip(table.columns, row.values, strict=True):
                    if column.code in kept.derived:
                        continue
                    behind = work.statistics.shares(kept.counted[column.code], asked, row.place)
                    assert sum(share.adds for share in behind) == value, (row.label, column.code)
                    number += 1
    return number


def test_what_is_reported_is_what_the_tables_say(centre: Storage, service: SubmissionService) -> None:
    told: list[tuple[int, int]] = []

    def hear(done: int, of: int) -> bool:
        told.append((done, of))
        return True

    made = service.submit(STATISTICIAN, QUARTER, note="三季度", progress=hear)

    statistics = StatisticsService(centre, lambda: NOW)
    for table in tables_of(service, made):
        assert table == statistics.table(COUNTER, table.code, QUARTER)
    assert [one.code for one in tables_of(service, made)] == [*statistics.titles()]
    assert (made.account, made.display_name, made.at, made.note) == ("tj", "统计员", NOW, "三季度")
    assert told[-1] == (NUMBER, NUMBER)
    assert service.listed(COUNTER) == (made,)
    with centre.read() as work:
        [entry] = work.connection.execute(select(audit).where(audit.c.action == "statistics.submit"))
    assert (entry.account, entry.details["sha256"]) == ("tj", made.sha256)
    unchanged = service.difference(COUNTER, made)
    assert (unchanged.cells, unchanged.cases) == ((), ())


def test_a_changed_case_changes_nothing_reported_and_is_one_correction(
    centre: Storage, service: SubmissionService
) -> None:
    made = service.submit(COUNTER, QUARTER)
    before, key = service.kept(COUNTER, made), agreed_case(centre)

    change(centre, key, more_people)

    assert service.kept(COUNTER, made) == before
    assert adds_up(centre, made, before) > 100
    found = service.difference(COUNTER, made)
    [one] = found.cases
    assert (one.case_key, one.kind, one.pending, one.booked) == (key, "内容改变", True, ())
    [fact] = one.facts
    assert fact.name == "涉及人数"
    assert int(fact.after) - int(fact.before) == 1
    total = cell(found, "tracks", "合计", "persons")
    assert (total.difference, total.cases, total.pending) == (1, (key,), True)
    now = StatisticsService(centre, lambda: NOW).table(COUNTER, "tracks", QUARTER)
    assert total.now == now.value(now.row("合计"), "persons")
    assert {one.column for one in found.cells} == {"persons"}


def test_the_difference_of_every_cell_is_what_the_tables_say_today(
    centre: Storage, service: SubmissionService
) -> None:
    made = service.submit(COUNTER, QUARTER)
    kept = service.kept(COUNTER, made)
    keys = [share.case_key for share in service.cell(COUNTER, made, "tracks", "合计", "concluded").shares]
    for number, key in enumerate(keys[:9]):
        if number % 3 == 0:
            change(centre, key, more_people)
        elif number % 3 == 1:
            change(centre, key, moved_to(date(2026, 10, 9)))
        else:
            CaseService(centre, lambda: LATER).perform(COUNTER, key, PutInBin(reason="重复登记"))

    found = service.difference(COUNTER, made)

    statistics = StatisticsService(centre, lambda: NOW)
    changed = {(one.table, one.row, one.column): one.now for one in found.cells}
    for table in kept.tables:
        now = statistics.table(COUNTER, table.code, QUARTER)
        for row in (row for row in now.rows if not row.is_extra):
            before = next((one for one in table.rows if one.label == row.label), None)
            for column in table.columns:
                value = now.value(row, column.code)
                if before is None or value != table.value(before, column.code):
                    if before is None and not value:
                        continue
                    assert changed.pop((table.code, row.label, column.code)) == value
    assert {value for value in changed.values() if value} == set(), "lines that are empty now"
    assert {one.case_key for one in found.cases} == set(keys[:9])


def test_a_case_in_the_bin_is_gone_and_back_again_when_taken_out(
    centre: Storage, service: SubmissionService
) -> None:
    made, key = service.submit(COUNTER, QUARTER), agreed_case(centre)
    cases = CaseService(centre, lambda: LATER)
    cases.perform(COUNTER, key, PutInBin(reason="重复登记"))

    [one] = service.difference(COUNTER, made).cases
    assert (one.kind, [fact.after for fact in one.facts]) == ("不再计入", ["在回收站"])
    [event] = one.events
    assert (event.account, "重复登记" in event.sentence) == ("窗口", True)

    cases.perform(COUNTER, key, TakeOut())
    back = service.difference(COUNTER, made)
    assert (back.cells, back.cases) == ((), ())


def test_who_sees_a_part_is_told_of_that_part_and_how_many_more(
    centre: Storage, service: SubmissionService
) -> None:
    made, key = service.submit(COUNTER, QUARTER), agreed_case(centre)
    CaseService(centre, lambda: LATER).perform(COUNTER, key, PutInBin(reason="重复登记"))
    limited = Actor(account="ma", display_name="马值班", roles=("值班长",), bodies=("别处",))

    found = service.difference(limited, made)
    assert (found.cases, found.outside) == ((), 1)
    assert found.cells == tuple(replace(one, cases=()) for one in service.difference(COUNTER, made).cells)

    service.book_correction(COUNTER, made, "重复登记")
    [kept] = service.corrections(limited, made)
    assert (kept.keys, kept.outside) == ((), 1)
    assert key not in repr((found, kept))


def test_who_may_not_read_cases_is_not_told_what_they_say(
    centre: Storage, service: SubmissionService
) -> None:
    made, key = service.submit(COUNTER, QUARTER), agreed_case(centre)
    CaseService(centre, lambda: LATER).perform(COUNTER, key, PutInBin(reason="重复登记"))

    [one] = service.difference(STATISTICIAN, made).cases

    assert one.events == ()


def test_a_case_moved_out_of_the_period_tells_both_days(centre: Storage, service: SubmissionService) -> None:
    made, key = service.submit(COUNTER, QUARTER), agreed_case(centre)

    change(centre, key, moved_to(date(2026, 10, 8)))

    [one] = service.difference(COUNTER, made).cases
    days = {fact.name: fact.after for fact in one.facts}
    assert days["结案日"] == "2026年10月8日"
    assert cell(service.difference(COUNTER, made), "tracks", "合计", "concluded").difference == -1


def test_a_case_entered_late_into_the_period_is_new(centre: Storage, service: SubmissionService) -> None:
    key, cases = agreed_case(centre), CaseService(centre, lambda: LATER)
    cases.perform(COUNTER, key, PutInBin(reason="误登"))
    made = service.submit(COUNTER, QUARTER)
    cases.perform(COUNTER, key, TakeOut())

    found = service.difference(COUNTER, made)

    [one] = found.cases
    assert (one.case_key, one.kind) == (key, "新计入")
    assert cell(found, "tracks", "合计", "success").difference == 1


def test_what_happens_in_the_ordinary_course_is_no_correction(
    centre: Storage, service: SubmissionService
) -> None:
    """A case registered in the period and still open when it is reported ends later."""
    statistics = StatisticsService(centre, lambda: NOW)
    table = statistics.table(COUNTER, "tracks", QUARTER)
    registered = {one.case_key for one in statistics.cell(COUNTER, table, "合计", "registered").shares}
    ended = {one.case_key for one in statistics.cell(COUNTER, table, "合计", "concluded").shares}
    key = min(registered - ended)
    made = service.submit(COUNTER, QUARTER)

    change(centre, key, more_people)

    assert service.difference(COUNTER, made).cases == ()


def test_a_renamed_body_keeps_its_name_in_what_was_reported(
    centre: Storage, service: SubmissionService
) -> None:
    made = service.submit(COUNTER, QUARTER)
    before, key = service.kept(COUNTER, made), agreed_case(centre)
    with centre.read() as work:
        file = work.cases.find(key)
    assert file is not None
    name = file.organisation.name

    change(
        centre,
        key,
        lambda file: replace(file, organisation=replace(file.organisation, name="新名称调委会")),
    )

    assert service.kept(COUNTER, made) == before
    found = service.difference(COUNTER, made)
    assert {fact.name for one in found.cases for fact in one.facts} == {"调解组织"}
    of_cases = [one for one in found.cells if one.table in tables().listed]
    assert {one.row for one in of_cases} == {name, "新名称调委会"}, "the sum has not moved"
    committee = next(one for one in found.cells if one.row == "合计")
    assert (committee.table, committee.difference, committee.came) == ("organisations", 1, ("新名称调委会",))


def test_a_booked_correction_stands_beside_what_is_still_open(
    centre: Storage, service: SubmissionService
) -> None:
    made = service.submit(COUNTER, QUARTER)
    keys = [one.case_key for one in service.cell(COUNTER, made, "tracks", "合计", "success").shares]
    for key in keys[:2]:
        change(centre, key, more_people)

    booked = service.book_correction(STATISTICIAN, made, "人数漏登", [keys[0]])

    assert (booked.no, booked.reason, booked.keys, booked.account) == (1, "人数漏登", (keys[0],), "tj")
    assert next(one for one in booked.cells if one.row == "合计").difference == 1
    found = service.difference(COUNTER, made)
    assert [(one.case_key, one.pending, one.booked) for one in found.cases] == [
        (key, key == keys[1], (1,) if key == keys[0] else ()) for key in sorted(keys[:2])
    ]
    total = cell(found, "tracks", "合计", "persons")
    assert total.submitted is not None
    assert (total.corrected, total.now) == (total.submitted + 1, total.submitted + 2)
    assert service.corrections(COUNTER, made) == (booked,)

    second = service.book_correction(COUNTER, made, "同上")
    assert (second.no, second.keys) == (2, (keys[1],))
    assert service.difference(COUNTER, made).pending == ()
    with pytest.raises(RuleError, match="没有待登记的更正"):
        service.book_correction(COUNTER, made, "再来一次")

    change(centre, keys[0], fewer_people)
    [back] = service.difference(COUNTER, made).pending
    assert (back.case_key, back.booked) == (keys[0], (1,)), (
        "taken back after it was booked: again a correction"
    )


def test_a_correction_needs_a_reason(service: SubmissionService) -> None:
    made = service.submit(COUNTER, QUARTER)
    with pytest.raises(InputError, match="理由"):
        service.book_correction(COUNTER, made, "  ")


def test_a_period_that_is_not_over_is_refused_unless_the_rules_say_so(
    service: SubmissionService, own_rules: Path
) -> None:
    with pytest.raises(RuleError, match="还不能报送"):
        service.submit(COUNTER, parse_period("2026"))
    words = read_text("rules/statistics.toml").replace(
        "submit_before_period_ends = false", "submit_before_period_ends = true"
    )
    (own_rules / "statistics.toml").write_text(words, encoding="utf-8")
    use_rules_in(own_rules)

    assert service.submit(COUNTER, parse_period("2026")).no == 1


def test_broken_checks_are_reported_only_with_a_written_reason(
    centre: Storage, service: SubmissionService
) -> None:
    key = agreed_case(centre)
    change(centre, key, lambda file: replace(file, prevented=replace(file.prevented, criminal=(1, 0))))
    assert any("V-8" in one for one in service.obstacles(COUNTER, QUARTER))
    with pytest.raises(RuleError, match="V-8") as refused:
        service.submit(COUNTER, QUARTER)
    assert refused.value.rule == "V-8"
    assert service.listed(COUNTER) == (), "nothing is kept of it"
    with centre.read() as work:
        assert work.connection.execute(text("SELECT count(*) FROM submitted_facts")).scalar_one() == 0

    made = service.submit(COUNTER, QUARTER, override="街道已核实，下期更正")

    assert made.override == "街道已核实，下期更正"
    assert any("V-8" in one for one in service.kept(COUNTER, made).broken)


def test_a_second_report_replaces_the_first_only_with_a_reason(
    centre: Storage, service: SubmissionService
) -> None:
    first = service.submit(COUNTER, QUARTER)
    kept = service.kept(COUNTER, first)
    with pytest.raises(RuleError, match="已由窗口于2026年11月20日"):
        service.submit(COUNTER, QUARTER)
    with pytest.raises(InputError, match="理由"):
        service.submit(COUNTER, QUARTER, supersedes=first.id)
    change(centre, agreed_case(centre), more_people)

    second = service.submit(COUNTER, QUARTER, supersedes=first.id, reason="人数漏登")

    assert (second.no, second.supersedes, second.reason) == (2, first.id, "人数漏登")
    assert service.latest(COUNTER, QUARTER) == second
    assert service.kept(COUNTER, first) == kept
    assert service.difference(COUNTER, second).cases == ()
    assert len(service.difference(COUNTER, first).cases) == 1
    with pytest.raises(RuleError, match="第2次"):
        service.submit(COUNTER, QUARTER, supersedes=first.id, reason="又一次")


def test_two_counters_report_the_same_period_and_one_is_told(
    centre: Storage, url: str, open_storage: Callable[[str], Storage]
) -> None:
    counters = [service_of(open_storage(url)) for _ in range(2)]
    start = Barrier(len(counters))

    def report(service: SubmissionService) -> str:
        start.wait()
        try:
            service.submit(COUNTER, QUARTER)
        except RuleError as error:
            return error.message
        return ""

    with ThreadPoolExecutor(len(counters)) as pool:
        told = sorted(pool.map(report, counters))

    assert told[0] == ""
    assert "已由窗口" in told[1]
    assert len(service_of(centre).listed(COUNTER)) == 1


@pytest.mark.parametrize("table", KEPT)
def test_the_database_refuses_every_change(centre: Storage, service: SubmissionService, table: str) -> None:
    made = service.submit(COUNTER, QUARTER)
    change(centre, agreed_case(centre), more_people)
    service.book_correction(COUNTER, made, "人数漏登")
    own = "id" if table == "submissions" else "submission_id"
    tries = [f"UPDATE {table} SET {own} = {own} + 1", f"DELETE FROM {table}"]
    if table in ROWS:
        columns = f"INSERT INTO {table} SELECT * FROM {table} WHERE submission_id = {made.id} LIMIT 1"
        tries.append(columns)
    if centre.engine.dialect.name == "postgresql":
        tries.append(f"TRUNCATE {table} CASCADE")

    for statement in tries:
        with pytest.raises(DBAPIError, match=STAYS), centre.engine.begin() as connection:
            connection.execute(text(statement))

    assert len(service.corrections(COUNTER, made)) == 1


def disarm(connection: Connection) -> None:
    """What somebody with the whole power over the database could do."""
    for table in KEPT:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            continue
        for statement in guards("sqlite", table):
            connection.execute(text(f"DROP TRIGGER {statement.split()[2]}"))


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE submitted_facts SET people = people + 1",
        "DELETE FROM submitted_visits WHERE case_id = (SELECT min(case_id) FROM submitted_visits)",
        "UPDATE submissions SET display_name = '别人'",
        "UPDATE submissions SET note = '改过'",
    ],
)
def test_a_changed_record_is_noticed(centre: Storage, service: SubmissionService, tampering: str) -> None:
    made = service.submit(COUNTER, QUARTER)
    with centre.engine.begin() as connection:
        disarm(connection)
        connection.execute(text(tampering))

    for read in (
        lambda: service.table(COUNTER, "tracks", made),
        lambda: service.difference(COUNTER, made),
        lambda: service.cell(COUNTER, made, "tracks", "合计", "concluded"),
    ):
        with pytest.raises(StorageError, match="与报送时不一致"):
            read()


def test_a_changed_correction_is_noticed(centre: Storage, service: SubmissionService) -> None:
    made = service.submit(COUNTER, QUARTER)
    change(centre, agreed_case(centre), more_people)
    service.book_correction(COUNTER, made, "人数漏登")
    with centre.engine.begin() as connection:
        disarm(connection)
        connection.execute(text("UPDATE submission_corrections SET reason = '别的理由'"))

    with pytest.raises(StorageError, match="与报送时不一致"):
        service.corrections(COUNTER, made)


def test_other_definitions_change_nothing_reported(
    centre: Storage, service: SubmissionService, own_rules: Path
) -> None:
    made = service.submit(COUNTER, QUARTER)
    before = service.kept(COUNTER, made)
    words = read_text("rules/figures.toml").replace('on = "received_on"', 'on = "accepted_on"')
    assert words != read_text("rules/figures.toml")
    (own_rules / "figures.toml").write_text(words, encoding="utf-8")
    use_rules_in(own_rules)

    assert service.kept(COUNTER, made) == before
    assert adds_up(centre, made, before) > 100
    found = service.difference(COUNTER, made)
    assert (found.cells, found.cases, found.rules_changed) == ((), (), True)


def test_the_year_is_its_reports_and_their_corrections(centre: Storage, service: SubmissionService) -> None:
    reports = {
        words: service.submit(COUNTER, parse_period(words)) for words in ("2026Q1", "2026Q2", "2026Q3")
    }
    assert service.year(COUNTER, date(2026, 9, 30)) == ()
    key = agreed_case(centre, parse_period("2026Q1"))

    change(centre, key, more_people)

    broken = service.year(COUNTER, date(2026, 9, 30))
    assert {one.rule for one in broken} == {"V-11"}
    unbooked = broken[0]
    assert (unbooked.period, unbooked.cases) == (parse_period("2026Q1"), (key,))
    assert any("合计" in one and "人" in one for one in unbooked.cells)
    sums = [one for one in broken if "累计" in one.message]
    assert sums
    assert all(one.cases == (key,) and one.cells for one in sums)

    service.book_correction(COUNTER, reports["2026Q1"], "人数漏登")
    assert service.year(COUNTER, date(2026, 9, 30)) == ()


def test_a_case_moved_between_two_quarters_is_booked_in_both(
    centre: Storage, service: SubmissionService
) -> None:
    reports = [service.submit(COUNTER, parse_period(words)) for words in ("2026Q1", "2026Q2")]
    key = agreed_case(centre, parse_period("2026Q1"))

    change(centre, key, moved_to(date(2026, 4, 2)))

    broken = service.year(COUNTER, date(2026, 6, 30))
    assert {one.period for one in broken if "没有登记" in one.message} == {one.period for one in reports}
    for one in reports:
        service.book_correction(COUNTER, one, "结案日写错")
    assert service.year(COUNTER, date(2026, 6, 30)) == ()


def test_a_quarter_left_out_is_named(service: SubmissionService) -> None:
    service.submit(COUNTER, parse_period("2026Q2"))

    [one] = service.year(COUNTER, date(2026, 6, 30))

    assert one.period == parse_period("2026Q1")
    assert "还没有报送" in one.message


def test_only_who_reports_may_report(service: SubmissionService) -> None:
    clerk = Actor(account="b", display_name="登记员", roles=(Role.CLERK,))
    for act in (
        lambda: service.submit(clerk, QUARTER),
        lambda: service.listed(clerk),
        lambda: service.obstacles(clerk, QUARTER),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize("invented", [NOTHING], ids=["nothing"])
def test_a_year_without_cases_can_be_reported(storage: Storage) -> None:
    made = service_of(storage).submit(COUNTER, parse_period("2020"))

    assert made.cases == 0
    for table in service_of(storage).kept(COUNTER, made).tables:
        if table.code in tables().listed:
            assert all(not value for row in table.rows for value in row.values)
