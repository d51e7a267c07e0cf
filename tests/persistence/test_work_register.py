"""The register of work and 表一 in the database: kept once, struck, added up, counted; on both engines."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.bulk import BulkCases
from db.tables.centre import audit
from db.unit_of_work import Storage
from mediation_desk.access.actor import Actor
from mediation_desk.access.roles import Role
from mediation_desk.cases.bodies import body_register
from mediation_desk.experts.mediator import Standing
from mediation_desk.practice.sample import fill_sample
from mediation_desk.shared.errors import InputError, PermissionDenied
from mediation_desk.shared.track import Track
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.organisations.reading import read_organisations
from mediation_desk.statistics.organisations.table import TOTAL, OrganisationTable, unequal
from mediation_desk.statistics.work.model import NewWork, WorkQuery
from mediation_desk.statistics.work.service import WorkService
from tests.persistence.pool_material import BODY, mediator

NOW = datetime(2026, 11, 28, 4, tzinfo=UTC)
YEAR = Period(first=date(2026, 1, 1), last=date(2026, 11, 28))
CLERK = Actor(account="clerk", display_name="登记员", roles=(Role.CLERK,))
STATISTICIAN = Actor(account="stat", display_name="统计员", roles=(Role.STATISTICIAN,))
ARCHIVIST = Actor(account="archive", display_name="档案员", roles=(Role.ARCHIVIST,))
PATROL = NewWork(
    kind="patrol", unit="CA", first=date(2026, 11, 2), last=date(2026, 11, 6), times=2, disputes=5, handed=1
)
PAID = NewWork(kind="committee", unit="LW", first=date(2026, 11, 20), yuan=Decimal("30000.05"))


@pytest.fixture
def work(storage: Storage) -> WorkService:
    return WorkService(storage, lambda: NOW)


def organisations(storage: Storage, period: Period) -> OrganisationTable:
    with storage.read() as work:
        return read_organisations(work.organisations, period)


def numbers(found: Sequence[object]) -> list[int]:
    return [getattr(one, "id") for one in found]  # noqa: B009


def test_a_line_is_kept_whole_and_on_the_trail(storage: Storage, work: WorkService) -> None:
    entry = work.add(CLERK, replace(PATROL, category="02", note="秋季"))

    assert work.find(STATISTICIAN, entry.id) == entry
    assert (entry.unit_name, entry.clerk, entry.at) == ("长安街道办事处", "登记员", NOW)
    with storage.read() as reading:
        trail = reading.connection.execute(select(audit.c.action, audit.c.details)).all()
    assert [tuple(one) for one in trail] == [
        ("work.add", {"entry": entry.id, "kind": "patrol", "unit": "CA"})
    ]


def test_the_same_operation_is_done_once(work: WorkService) -> None:
    first = work.add(CLERK, PATROL, operation_id="op-1")
    again = work.add(CLERK, PATROL, operation_id="op-1")
    assert again == first
    assert numbers(work.listed(CLERK, WorkQuery())) == [first.id]


def test_two_at_once_with_one_operation_leave_one_line(work: WorkService) -> None:
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda _: work.add(CLERK, PATROL, operation_id="op-1"), range(2)))
    assert made[0] == made[1]
    assert len(work.listed(CLERK, WorkQuery())) == 1


def test_the_same_words_again_are_asked_about(work: WorkService) -> None:
    entry = work.add(CLERK, PATROL)
    with pytest.raises(InputError, match=f"第{entry.id}条已经记了同样的内容（登记员）") as told:
        work.add(STATISTICIAN, PATROL)
    assert told.value.field == "note"
    work.add(STATISTICIAN, replace(PATROL, note="下午又查了一次"))
    work.void(CLERK, entry.id, "记重了")
    work.add(STATISTICIAN, PATROL)
    assert work.sums(CLERK, WorkQuery()).entries == 2


def test_a_struck_line_stays_and_does_not_count(work: WorkService) -> None:
    kept, wrong = work.add(CLERK, PATROL), work.add(CLERK, PAID)
    with pytest.raises(InputError, match="请写明为什么作废"):
        work.void(CLERK, wrong.id, "  ")
    struck = work.void(STATISTICIAN, wrong.id, "金额写错")

    assert (struck.voided_on, struck.voided_by, struck.void_reason) == (
        date(2026, 11, 28),
        "统计员",
        "金额写错",
    )
    assert numbers(work.listed(CLERK, WorkQuery())) == [wrong.id, kept.id]
    assert numbers(work.listed(CLERK, WorkQuery(voided=False))) == [kept.id]
    assert work.sums(CLERK, WorkQuery()).yuan == Decimal("0.00")
    with pytest.raises(InputError, match="在2026-11-28已经由统计员作废：金额写错"):
        work.void(CLERK, wrong.id, "又一次")
    with pytest.raises(InputError, match="没有第99条"):
        work.void(CLERK, 99, "没有的")


def test_lists_and_sums_go_by_kind_unit_and_last_day(work: WorkService) -> None:
    patrol = work.add(CLERK, PATROL)
    village = work.add(
        CLERK, replace(PATROL, unit="石桥村", first=date(2026, 10, 28), last=date(2026, 11, 1))
    )
    paid = work.add(CLERK, PAID)

    def listed(**query: object) -> list[int]:
        return numbers(work.listed(CLERK, WorkQuery(**query)))  # type: ignore[arg-type]

    assert listed() == [paid.id, patrol.id, village.id]
    assert listed(kind="patrol") == [patrol.id, village.id]
    assert listed(units=work.units_under("柳湾镇")) == [paid.id, village.id]
    assert listed(units=work.units_under("柳湾人调"), kind="patrol") == [village.id]
    assert listed(last=date(2026, 10, 31)) == []
    assert listed(first=date(2026, 11, 1), last=date(2026, 11, 1)) == [village.id]
    assert listed(limit=1) == [paid.id]
    sums = work.sums(CLERK, WorkQuery(limit=1))
    assert (sums.entries, sums.times, sums.disputes, sums.handed) == (3, 4, 10, 2)
    assert sums.yuan == Decimal("30000.05")
    with pytest.raises(InputError, match="截止日2026-01-01早于起始日2026-02-01"):
        work.listed(CLERK, WorkQuery(first=date(2026, 2, 1), last=date(2026, 1, 1)))


def test_nothing_entered_adds_up_to_nothing(work: WorkService) -> None:
    assert work.sums(CLERK, WorkQuery()) == work.sums(CLERK, WorkQuery(kind="patrol", units=("CA",)))


def test_who_may_not_keep_the_register_neither_writes_nor_reads_it(work: WorkService) -> None:
    entry = work.add(CLERK, PATROL)
    for deed in (
        lambda: work.add(ARCHIVIST, PAID),
        lambda: work.void(ARCHIVIST, entry.id, "为什么"),
        lambda: work.listed(ARCHIVIST, WorkQuery()),
        lambda: work.sums(ARCHIVIST, WorkQuery()),
        lambda: work.find(ARCHIVIST, entry.id),
        lambda: work.sheet(ARCHIVIST, WorkQuery()),
        lambda: work.keep_words(ARCHIVIST, {}),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_words_being_typed_are_kept_for_each_account(work: WorkService) -> None:
    work.keep_words(CLERK, {"note": "写到一半"})
    assert work.kept_words(STATISTICIAN) == {}
    assert work.kept_words(CLERK) == {"note": "写到一半"}
    work.drop_words(CLERK)
    assert work.kept_words(CLERK) == {}


def test_the_sample_centre_fills_every_group_of_the_table(storage: Storage) -> None:
    fill_sample(BulkCases(storage), lambda: NOW)
    made = organisations(storage, YEAR)

    assert unequal(made.table) == ()
    sums = {column.code: made.table.value(made.table.rows[-1], column.code) for column in made.table.columns}
    registered = {one.name for one in body_register().bodies if one.type.is_committee}
    assert len(registered) == 9
    assert registered < set(made.members(TOTAL, "committees")), "and the one of the shipped example"
    assert (sums["professional_medical"], sums["professional_traffic"], sums["professional_other"]) == (
        1,
        1,
        0,
    )
    assert sums["stations_court"] == 1
    for code in ("mediators", "full_time", "women", "party_members", "members", "trained", "guidance_wan"):
        assert sums[code], code
    with storage.read() as work:
        rows = work.organisations.mediators()
        known = {one.pool_no for one in work.pool.cards()}
    assert {one.pool_no for one in rows} < known, "agencies and courts are no people's mediators"
    assert set(made.members(TOTAL, "mediators")) <= {one.pool_no for one in rows}


def test_the_table_of_an_earlier_day_leaves_out_who_came_later_and_keeps_who_left(storage: Storage) -> None:
    with storage.write() as work:
        work.pool.add(
            [
                mediator("M1", "甲某", filed_on=date(2026, 8, 1)),
                mediator(
                    "M2",
                    "乙某",
                    filed_on=date(2020, 1, 1),
                    standing=Standing.LEFT,
                    standing_on=date(2026, 9, 1),
                    standing_reason="退休",
                ),
                mediator("M3", "丙某", tracks=(Track.JUDICIAL,)),
            ]
        )

    def engaged(day: date) -> tuple[str, ...]:
        made = organisations(storage, Period(first=date(2026, 1, 1), last=day))
        return made.members(TOTAL, "mediators")

    assert engaged(date(2026, 6, 30)) == ("M2",)
    assert engaged(date(2026, 8, 31)) == ("M1", "M2")
    assert engaged(date(2026, 9, 1)) == ("M1",)


def test_a_body_only_cases_know_stands_under_the_root(storage: Storage) -> None:
    writer = BulkCases(storage)
    writer.add_centre([BODY], [])
    made = organisations(storage, YEAR)
    assert made.members(BODY.name, "committees_township") == (BODY.name,)
    (row,) = (one for one in made.table.rows if one.key == BODY.name)
    assert "不在单位名册里" in row.remark


def test_an_empty_desk_has_a_table_of_noughts(storage: Storage) -> None:
    made = organisations(storage, YEAR)
    assert made.table.value(made.table.rows[-1], "mediators") == 0
    assert made.table.value(made.table.rows[-1], "committee_wan") == Decimal("0.00")
    assert unequal(made.table) == ()
