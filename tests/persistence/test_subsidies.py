"""以案定补 on both engines: the list of a month, approval, payment, double claims, corrections, races."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import delete, event, select, text

from db.tables.subsidy import subsidy_waits
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.cases.beside import Beside, Binned
from mediation_desk.cases.model import CaseFile, Outcome, RelatedCase
from mediation_desk.cases.vocabulary import Result
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import ConflictError, InputError, PermissionDenied, RuleError
from mediation_desk.shared.track import Track
from mediation_desk.subsidy import listing
from mediation_desk.subsidy.model import BatchStatus, ClaimStatus
from mediation_desk.subsidy.service import SubsidyService
from tests.shared_cases import FILES, needs_cases
from tests.subsidised import MONTH, on_record, service, worth_paying

STATISTICIAN = Actor(account="stat", display_name="统计员甲", roles=(Role.STATISTICIAN,))
MANAGER = Actor(account="manager", display_name="值班长乙", roles=(Role.DUTY_MANAGER,))
MEDIATOR = Actor(account="m", display_name="调解员丙", roles=(Role.MEDIATOR,))
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
LATER = datetime(2026, 12, 31, 2, 0, tzinfo=UTC)


@pytest.fixture
def desk(storage: Storage) -> SubsidyService:
    """Two cases of October that may be claimed, and one whose volume is not filed."""
    unfiled = worth_paying("T03", "房雨", archive=None)
    on_record(storage, worth_paying("T01", "孟兰"), worth_paying("T02", "郝静"), unfiled)
    return service(storage)


def change(storage: Storage, key: str, edit: Callable[[CaseFile], CaseFile]) -> CaseFile:
    """Save a changed case as every step does."""
    with storage.write() as work:
        file = work.cases.find(key)
        assert file is not None
        return work.cases.save(file, edit(file))


def states(desk: SubsidyService, key: str) -> list[tuple[str, str]]:
    return [(claim.status.value, f"{claim.amount}") for claim in desk.worksheet(MANAGER, key).claims]


def with_helper(file: CaseFile) -> CaseFile:
    return replace(file, mediators=(replace(file.mediators[0], grade=None),))


# The list of a month


def test_the_list_of_a_month_shows_what_is_ready_and_why_the_rest_is_not(desk: SubsidyService) -> None:
    found = desk.month_list(STATISTICIAN, MONTH)
    assert [sheet.case_key for sheet in found.ready] == ["T01", "T02"]
    assert [(sheet.case_key, [one.text for one in sheet.refusals]) for sheet in found.refused] == [
        ("T03", ["案卷还没有归档"])
    ]
    assert found.total == Decimal("960.00")
    assert (found.on, found.left, found.batches) == (date(2026, 10, 31), 0, ())


def test_a_month_to_come_has_no_list_and_one_that_lasts_cannot_be_prepared(storage: Storage) -> None:
    early = service(storage, datetime(2026, 10, 30, 2, 0, tzinfo=UTC))
    with pytest.raises(InputError, match="2026年11月还没有开始"):
        early.month_list(STATISTICIAN, NOVEMBER)
    with pytest.raises(RuleError, match="2026年10月还没有结束"):
        early.prepare(STATISTICIAN, MONTH)
    with pytest.raises(RuleError, match="没有可以列入清单的案件"):
        service(storage).prepare(STATISTICIAN, MONTH)
    with pytest.raises(InputError, match="2026年10月还没有清单"):
        early.sheet(STATISTICIAN, MONTH)


def test_a_list_is_prepared_approved_and_paid(desk: SubsidyService) -> None:
    prepared = desk.prepare(STATISTICIAN, MONTH)
    assert (prepared.batch.name, prepared.batch.status) == ("2026年10月第1号", BatchStatus.WAITING)
    assert [(one.name, one.cases, one.amount) for one in prepared.payees] == [("周敬", 2, Decimal("960.00"))]
    assert desk.month_list(STATISTICIAN, MONTH).ready == ()
    assert desk.worksheet(MANAGER, "T01").state == "待审批"

    approved = desk.approve(MANAGER, MONTH, refuse={"T02": "材料不齐"})
    assert approved.batch.decided_by == "值班长乙"
    assert approved.total == Decimal("480.00")
    assert states(desk, "T02") == [("不予批准", "480.00")]

    paid = desk.paid(STATISTICIAN, MONTH, on=date(2026, 10, 31))
    assert (paid.batch.status, paid.batch.paid_on) == (BatchStatus.PAID, date(2026, 10, 31))
    assert states(desk, "T01") == [("已发放", "480.00")]
    assert desk.sheet(STATISTICIAN, MONTH) == paid


def test_a_list_decided_on_cannot_be_decided_on_again(desk: SubsidyService) -> None:
    desk.prepare(STATISTICIAN, MONTH)
    with pytest.raises(RuleError, match="不能登记发放"):
        desk.paid(STATISTICIAN, MONTH)
    desk.approve(MANAGER, MONTH)
    deeds: tuple[Callable[[], object], ...] = (
        lambda: desk.approve(MANAGER, MONTH),
        lambda: desk.withdraw(STATISTICIAN, MONTH, 1, "重做"),
    )
    for deed in deeds:
        with pytest.raises(RuleError, match="已批准"):
            deed()
    for day in (date(2026, 10, 30), date(2026, 11, 1)):
        with pytest.raises(InputError, match="批准之日到今天"):
            desk.paid(STATISTICIAN, MONTH, on=day)


def test_who_prepared_a_list_does_not_approve_it_unless_alone(desk: SubsidyService) -> None:
    desk.prepare(MANAGER, MONTH)
    with pytest.raises(RuleError, match="应由另一人审批"):
        desk.approve(MANAGER, MONTH)
    desk.withdraw(MANAGER, MONTH, 1, "换人编制")
    desk.prepare(COUNTER, MONTH)
    assert desk.approve(COUNTER, MONTH).batch.no == 2


def test_each_deed_asks_for_its_permission(desk: SubsidyService) -> None:
    deeds: tuple[Callable[[], object], ...] = (
        lambda: desk.month_list(MEDIATOR, MONTH),
        lambda: desk.prepare(MEDIATOR, MONTH),
        lambda: desk.approve(STATISTICIAN, MONTH),
        lambda: desk.void(STATISTICIAN, "T01", "错了"),
        lambda: desk.refuse(STATISTICIAN, "T01", "错了"),
        lambda: desk.paid(MEDIATOR, MONTH),
    )
    for deed in deeds:
        with pytest.raises(PermissionDenied):
            deed()
    assert desk.worksheet(MANAGER, "T01").worksheet.payable
    with pytest.raises(InputError, match="没有编号"):  # a mediator sees the worksheets of the own cases
        desk.worksheet(MEDIATOR, "T01")


def test_a_list_that_is_withdrawn_sets_its_cases_free(desk: SubsidyService) -> None:
    desk.prepare(STATISTICIAN, MONTH)
    with pytest.raises(InputError, match="请写明理由"):
        desk.withdraw(STATISTICIAN, MONTH, 1, " ")
    desk.withdraw(STATISTICIAN, MONTH, 1, "漏了一件")
    assert states(desk, "T01") == [("作废", "480.00")]
    again = desk.prepare(STATISTICIAN, MONTH)
    assert (again.batch.no, len(again.claims)) == (2, 2)
    assert [one.status for one in desk.batches(STATISTICIAN, MONTH)] == [
        BatchStatus.WAITING,
        BatchStatus.WITHDRAWN,
    ]


def test_cases_are_read_page_by_page_and_unfiled_ones_keep_nobody_from_being_paid(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    early, late = date(2026, 10, 2), date(2026, 10, 9)
    on_record(
        storage,
        *(worth_paying(f"T5{no}", f"没归档{no}", on=early, archive=None) for no in range(3)),
        *(worth_paying(f"T6{no}", f"归档了{no}", on=late) for no in range(5)),
    )
    for name, value in (("_PAGE", 2), ("MOST_UNFILED", 1), ("MOST", 3)):
        monkeypatch.setattr(listing, name, value)
    found = service(storage).month_list(STATISTICIAN, MONTH)
    assert [sheet.case_key for sheet in found.ready] == ["T60", "T61", "T62", "T63"], "whole pages"
    assert [sheet.case_key for sheet in found.refused] == ["T50"]
    assert found.left == 1 + 2
    monkeypatch.setattr(listing, "MOST", 100)
    whole = service(storage).month_list(STATISTICIAN, MONTH)
    assert [sheet.case_key for sheet in whole.ready] == [f"T6{no}" for no in range(5)]
    assert whole.left == 2


# Paid once


def test_a_dispute_mediated_again_is_refused_with_the_case_already_claimed(
    storage: Storage, desk: SubsidyService
) -> None:
    twin = worth_paying("T11", "孟兰")
    link = RelatedCase(case_key="T02", relation="同一纠纷", party="A1", same_as="A1")
    on_record(storage, twin, worth_paying("T12", "别人", related_cases=(link,)))
    found = desk.month_list(STATISTICIAN, MONTH)
    assert [sheet.case_key for sheet in found.ready] == ["T01", "T02"], "the first of both on one list"
    told = {sheet.case_key: sheet.refusals[0].text for sheet in found.refused}
    assert told["T11"].endswith("已计补于T01")
    assert told["T12"] == "同一纠纷只补一次：登记为“同一纠纷”，已计补于T02"

    desk.prepare(STATISTICIAN, MONTH)
    later = {sheet.case_key: sheet.refusals[0].text for sheet in desk.month_list(COUNTER, MONTH).refused}
    assert {key: told[key] for key in ("T11", "T12")} == {key: later[key] for key in ("T11", "T12")}
    assert desk.worksheet(MANAGER, "T11").state == "不计补"


def test_a_case_named_by_a_claimed_one_is_refused_too(storage: Storage) -> None:
    link = RelatedCase(case_key="T31", relation="重复调解", party="A1", same_as="A1")
    on_record(storage, worth_paying("T30", "甲方", related_cases=(link,)))
    desk = service(storage)
    desk.prepare(STATISTICIAN, MONTH)
    on_record(storage, worth_paying("T31", "乙方"))
    [sheet] = desk.month_list(STATISTICIAN, MONTH).refused
    assert sheet.refusals[0].text.endswith("已计补于T30")


def test_a_refusal_stays_until_it_is_voided(desk: SubsidyService) -> None:
    desk.refuse(MANAGER, "T03", "调解员放弃")
    assert desk.month_list(STATISTICIAN, MONTH).refused == ()
    with pytest.raises(ConflictError):
        desk.refuse(MANAGER, "T03", "再一次")
    desk.void(MANAGER, "T03", "改变主意")
    assert [sheet.case_key for sheet in desk.month_list(STATISTICIAN, MONTH).refused] == ["T03"]


def test_the_database_refuses_a_second_live_claim(storage: Storage, desk: SubsidyService) -> None:
    claim = desk.prepare(STATISTICIAN, MONTH).claims[0]
    with pytest.raises(ConflictError), storage.write() as work:
        work.subsidies.add([replace(claim, id=0)])
    assert len(desk.worksheet(MANAGER, claim.case_key).claims) == 1


def test_two_desks_that_prepare_at_once_claim_every_case_once(
    url: str, open_storage: Callable[[str], Storage], desk: SubsidyService
) -> None:
    start = Barrier(2)
    outcomes: list[object] = []

    def work(one: SubsidyService) -> None:
        start.wait()
        try:
            outcomes.append(len(one.prepare(STATISTICIAN, MONTH).claims))
        except RuleError as error:
            outcomes.append(type(error))

    threads = [Thread(target=work, args=(service(open_storage(url)),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert min(map(str, outcomes)) == "2"
    assert outcomes.count(2) == 1
    assert [len(desk.worksheet(MANAGER, key).claims) for key in ("T01", "T02")] == [1, 1]
    standing = desk.batches(STATISTICIAN, MONTH)
    assert sum(len(desk.sheet(STATISTICIAN, MONTH, one.no).claims) for one in standing) == 2


# Corrections


def test_an_approved_claim_is_taken_back_by_a_negative_line_on_the_next_list(storage: Storage) -> None:
    on_record(storage, worth_paying("T01", "孟兰"), worth_paying("T02", "郝静"))
    october = service(storage)
    october.prepare(STATISTICIAN, MONTH)
    october.approve(MANAGER, MONTH)
    before = october.paid(STATISTICIAN, MONTH)

    later = service(storage, LATER)
    later.void(MANAGER, "T01", "卷宗是补做的")
    assert states(later, "T01") == [("作废", "480.00"), ("待审批", "-480.00"), ("不予批准", "0.00")]
    after = later.sheet(STATISTICIAN, MONTH)
    assert (after.total, after.payees) == (before.total, before.payees), "an approved list never changes"

    wanted = later.month_list(STATISTICIAN, DECEMBER)
    assert (wanted.ready, wanted.total) == ((), Decimal("-480.00"))
    sheet = later.prepare(STATISTICIAN, DECEMBER)
    assert [(one.name, one.cases, one.amount) for one in sheet.payees] == [("周敬", 0, Decimal("-480.00"))]
    later.withdraw(STATISTICIAN, DECEMBER, 1, "再核")
    assert later.month_list(STATISTICIAN, DECEMBER).total == Decimal("-480.00")
    assert later.prepare(STATISTICIAN, DECEMBER).batch.no == 2
    assert later.approve(MANAGER, DECEMBER).total == Decimal("-480.00")
    assert later.month_list(STATISTICIAN, DECEMBER).to_take_back == ()
    with pytest.raises(InputError, match="请写明理由"):
        later.void(MANAGER, "T02", "")


def test_a_claim_voided_before_approval_needs_no_negative_line(desk: SubsidyService) -> None:
    desk.prepare(STATISTICIAN, MONTH)
    desk.void(MANAGER, "T01", "算错了", again=True)
    assert states(desk, "T01") == [("作废", "480.00")]
    assert desk.approve(MANAGER, MONTH).total == Decimal("480.00")
    assert [sheet.case_key for sheet in desk.month_list(STATISTICIAN, MONTH).ready] == ["T01"]
    desk.void(MANAGER, "T02", "作废")
    with pytest.raises(InputError, match="没有可以作废的"):
        desk.void(MANAGER, "T03", "没有")


def test_a_case_corrected_after_approval_is_shown_with_the_difference(
    storage: Storage, desk: SubsidyService
) -> None:
    desk.prepare(STATISTICIAN, MONTH)
    desk.approve(MANAGER, MONTH)
    change(storage, "T01", with_helper)
    change(storage, "T02", lambda file: replace(file, facts="补充了一句"))
    [found] = desk.month_list(STATISTICIAN, MONTH).differences
    assert (found.claim.case_key, found.amount, found.change) == (
        "T01",
        Decimal("400.00"),
        Decimal("-80.00"),
    )
    assert desk.worksheet(MANAGER, "T01").difference == found
    assert desk.sheet(STATISTICIAN, MONTH).total == Decimal("960.00")

    desk.void(MANAGER, "T01", "等级登记有误", again=True)
    assert desk.month_list(STATISTICIAN, MONTH).differences == ()
    second = desk.prepare(STATISTICIAN, MONTH)
    assert [claim.amount for claim in second.claims] == [Decimal("-480.00"), Decimal("400.00")]
    assert second.total == Decimal("-80.00")


def test_a_correction_taken_back_is_no_difference(storage: Storage, desk: SubsidyService) -> None:
    desk.prepare(STATISTICIAN, MONTH)
    changed = change(storage, "T01", with_helper)
    assert len(desk.month_list(STATISTICIAN, MONTH).differences) == 1
    change(storage, "T01", lambda file: replace(file, mediators=worth_paying().mediators))
    assert changed.mediators[0].grade is None
    assert desk.month_list(STATISTICIAN, MONTH).differences == ()


def test_a_binned_case_waits_no_longer_and_a_claimed_one_is_told(
    storage: Storage, desk: SubsidyService
) -> None:
    desk.prepare(STATISTICIAN, MONTH)
    binned = Binned(on=date(2026, 10, 31), by="窗口", reason="重复登记")
    for key in ("T01", "T03"):
        change(storage, key, lambda file: replace(file, beside=replace(file.beside, binned=binned)))
    found = desk.month_list(STATISTICIAN, MONTH)
    assert found.refused == ()
    assert [(one.claim.case_key, one.amount, one.why) for one in found.differences] == [
        ("T01", Decimal("0.00"), "案件在回收站里")
    ]


def test_a_decision_on_a_list_that_somebody_else_decided_is_refused(
    storage: Storage, desk: SubsidyService
) -> None:
    batch = desk.prepare(STATISTICIAN, MONTH).batch
    desk.approve(MANAGER, MONTH)
    with pytest.raises(ConflictError), storage.write() as work:
        work.subsidies.save(replace(batch, status=BatchStatus.WITHDRAWN))
    assert desk.sheet(MANAGER, MONTH).batch.status is BatchStatus.APPROVED


# Storage


def test_every_claim_comes_back_equal(storage: Storage, desk: SubsidyService) -> None:
    claims = desk.prepare(STATISTICIAN, MONTH).claims
    with storage.read() as work:
        assert work.subsidies.of_batch(claims[0].batch or 0) == claims
    assert {claim.scheme_version for claim in claims} == {
        desk.worksheet(COUNTER, "T03").worksheet.scheme_version
    }
    assert all(claim.status is ClaimStatus.WAITING for claim in claims)


def test_cases_that_wait_are_kept_with_each_save(storage: Storage) -> None:
    def waiting() -> list[tuple[str, date]]:
        with storage.read() as work:
            rows = work.connection.execute(select(subsidy_waits)).mappings()
            return [(row["track"], row["concluded_on"]) for row in rows]

    on_record(storage, worth_paying("T01", outcome=None))
    assert waiting() == []
    change(storage, "T01", lambda file: replace(file, outcome=worth_paying().outcome))
    assert waiting() == [(Track.PEOPLES, date(2026, 10, 8))]
    change(storage, "T01", lambda file: replace(file, track=Track.ADMINISTRATIVE))
    assert waiting() == [(Track.ADMINISTRATIVE, date(2026, 10, 8))]
    assert service(storage).month_list(STATISTICIAN, MONTH).refused == (), "never on a list of 人民调解"
    change(storage, "T01", lambda file: replace(file, outcome=None))
    assert waiting() == []


def test_a_list_asks_the_index_of_what_waits_and_never_the_archive(
    storage: Storage, desk: SubsidyService
) -> None:
    """On SQLite the plan is fixed by the schema; on PostgreSQL it depends on how full the tables are."""
    if storage.engine.dialect.name != "sqlite":
        pytest.skip("its planner reads small tables whole")
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        asked.append((statement, parameters))

    event.listen(storage.engine, "before_cursor_execute", note)
    desk.month_list(STATISTICIAN, MONTH)
    event.remove(storage.engine, "before_cursor_execute", note)
    wanted = [(words, given) for words, given in asked if "subsidy_" in words]
    assert len(wanted) >= 6
    with storage.read() as work:
        for words, given in wanted:
            plan = work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", given).all()
            scans = [row[3] for row in plan if row[3].startswith("SCAN") and "INDEX" not in row[3]]
            assert [one for one in scans if one != "SCAN subsidy_batches"] == [], words


def test_without_the_rule_one_person_may_do_both(desk: SubsidyService, tmp_path_factory: object) -> None:
    from tests.unit.test_subsidy_worksheets import TOML

    folder = tmp_path_factory.mktemp("rules")  # type: ignore[attr-defined]
    (folder / "subsidy.toml").write_text(TOML.replace("four_eyes = true", "four_eyes = false"), "utf-8")
    use_rules_in(folder)
    try:
        desk.prepare(MANAGER, MONTH)
        assert desk.approve(MANAGER, MONTH).batch.status is BatchStatus.APPROVED
    finally:
        use_rules_in(folder / "none")


@needs_cases
def test_the_acceptance_cases_make_one_list(storage: Storage) -> None:
    on_record(storage, *(read_case(path.read_bytes()) for path in FILES))
    desk = service(storage)
    sheet = desk.prepare(STATISTICIAN, MONTH)
    assert (len(sheet.claims), sheet.total) == (7, Decimal("12960.00"))
    assert sum(one.amount for one in sheet.payees) == sheet.total
    assert desk.month_list(STATISTICIAN, MONTH).refused == ()


def test_an_upgrade_lets_the_same_cases_wait_as_a_save_does(storage: Storage) -> None:
    step = import_module("db.migrations.versions.m0029_subsidies")
    files = [
        worth_paying("T01"),
        worth_paying("T02", "二", track=Track.JUDICIAL),
        worth_paying("T03", "三", outcome=None),
        worth_paying(
            "T04", "四", beside=Beside(binned=Binned(on=date(2026, 10, 9), by="窗口", reason="重复"))
        ),
        worth_paying("T05", "五", outcome=Outcome(result=Result.FAILED, concluded_on=date(2026, 10, 8))),
        worth_paying("T06", "六", outcome=replace(worth_paying().outcome, result=Result.PARTLY)),  # type: ignore[type-var]
    ]
    on_record(storage, *files)
    with storage.write() as work:
        rows = work.connection.execute(select(subsidy_waits).order_by(subsidy_waits.c.case_id)).all()
        work.connection.execute(delete(subsidy_waits))
        work.connection.execute(text(step._WAITING))
        again = work.connection.execute(select(subsidy_waits).order_by(subsidy_waits.c.case_id)).all()
    assert again == rows
    assert len(rows) == 3
