"""The archive room: places, loans, the clock of retention, appraisal, filing in time, and its lists on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.archiving.lists import VolumeLine, VolumeList, VolumeQuery
from mediation_desk.cases.archiving.model import Verdict
from mediation_desk.cases.archiving.service import ArchiveService, thresholds
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.agreeing import AgreeOrally
from mediation_desk.cases.steps.archiving import (
    Appraise,
    LendVolume,
    PutOnShelf,
    RecordDestruction,
    ReturnVolume,
)
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.cases.steps.closing import PutAway
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.reviewing import ReviewQuality
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import Retention
from mediation_desk.shared.errors import ConflictError, InputError, RuleError
from tests.persistence import lifecycle_stories as told
from tests.persistence.lifecycle_stories import HELD_AND_AGREED, brought, registered
from tests.persistence.test_case_steps import BODY, CLAUSES, cases

__all__ = ["cases"]

FILED = date(2026, 6, 2)
SHELVED = PutOnShelf(on=date(2026, 6, 3), place="a2-03-4-12")
LENT = LendVolume(
    on=date(2026, 6, 3), who="顾凡", unit="自然资源所", why="核对边界", due_on=date(2026, 6, 20)
)
BACK = ReturnVolume(on=date(2026, 6, 18), condition="封面破损")
LONG_AFTER = datetime(2057, 3, 1, 1, 0, tzinfo=UTC)
AFTER = date(2057, 2, 1)
KEPT_ON = Appraise(
    on=AFTER, verdict=Verdict.KEEP, reason="仍在使用", decided_by="张一", second="李二", years=10
)
TO_GO = replace(KEPT_ON, verdict=Verdict.DESTROY, reason="没有保存价值", years=0)
GONE = RecordDestruction(on=date(2057, 2, 10), by="张一", witness="王三")


@pytest.fixture
def later(cases: CaseService, storage: Storage) -> CaseService:
    """The same desk, thirty years on."""
    return CaseService(storage, lambda: LONG_AFTER)


def archived(cases: CaseService, *steps: Step, access: str = "") -> CaseFile:
    way = told.WAYS[State.ARCHIVED]
    put_away = replace(told.PUT_AWAY, access=access)
    side_by_side = tuple(
        replace(step, override_reason="同一时间另有一案") if isinstance(step, PlanSession) else step
        for step in (*way[:-1], put_away, *steps)
    )
    return brought(cases, side_by_side)


def taken(cases: CaseService, file: CaseFile, step: Step) -> CaseFile:
    return cases.perform(COUNTER, file.case_key, step, version=file.version)


def room(storage: Storage, moment: datetime = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)) -> ArchiveService:
    return ArchiveService(storage, lambda: moment)


def keys(lines: tuple[VolumeLine, ...]) -> list[str]:
    return [line.case_key for line in lines]


# Places


def test_a_volume_is_put_on_a_shelf_and_found_by_its_place(cases: CaseService, storage: Storage) -> None:
    file = archived(cases, SHELVED)

    assert file.beside.shelf is not None
    assert file.beside.shelf.place == "A2-03-4-12"
    assert keys(room(storage).find(COUNTER, "a2-03-4-12")) == [file.case_key]
    assert file.archive is not None
    assert keys(room(storage).find(COUNTER, file.archive.volume_no)) == [file.case_key]


def test_no_two_volumes_stand_in_one_place(cases: CaseService, storage: Storage) -> None:
    first, second = archived(cases, SHELVED), archived(cases)
    with pytest.raises(RuleError, match=first.case_key):
        taken(cases, second, SHELVED)
    moved = taken(cases, first, replace(SHELVED, place="A2-03-4-13"))
    second = taken(cases, second, SHELVED)

    assert moved.beside.shelf != second.beside.shelf
    with pytest.raises(ConflictError):  # what was taken back meanwhile belongs to somebody else
        cases.take_back(COUNTER, moved.case_key, version=moved.version)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_place_is_written_as_the_centre_writes_places(cases: CaseService) -> None:
    file = archived(cases)
    for wrong in ("", "A2", "A2-03-4-12-9", "甲-1-1-1", "../x"):
        with pytest.raises(InputError) as refused:
            taken(cases, file, replace(SHELVED, place=wrong))
        assert refused.value.field == "place"
        assert not wrong or "架-柜-格-盒" in refused.value.message


def test_a_place_may_be_given_at_once_when_filing(cases: CaseService) -> None:
    way = told.WAYS[State.CLOSED]
    file = brought(cases, (*way, replace(told.PUT_AWAY, place="b-1-1-1")))
    assert file.beside.shelf is not None
    assert (file.beside.shelf.place, file.beside.shelf.on) == ("B-1-1-1", FILED)


# Loans


def test_every_loan_stays_on_record(cases: CaseService) -> None:
    file = archived(cases, LENT, BACK, replace(LENT, on=date(2026, 6, 19), due_on=None, who="贾明"))
    first, second = file.beside.loans

    assert (first.who, first.returned_on, first.condition) == ("顾凡", BACK.on, "封面破损")
    assert (second.who, second.is_out, second.due_on) == ("贾明", True, date(2026, 7, 4))
    assert cases.file(COUNTER, file.case_key) == file


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_volume_that_is_out_is_not_lent_again(cases: CaseService) -> None:
    file = archived(cases, LENT)
    with pytest.raises(RuleError, match="顾凡，还没有归还"):
        taken(cases, file, LENT)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_restricted_volume_asks_who_allowed_it(cases: CaseService) -> None:
    file = archived(cases, access="涉及隐私，查阅须经批准")
    with pytest.raises(InputError) as refused:
        taken(cases, file, LENT)
    assert refused.value.field == "approved_by"
    lent = taken(cases, file, replace(LENT, approved_by="主任"))
    assert lent.beside.loans[0].approved_by == "主任"


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("step", "field"),
    [
        (replace(LENT, who=" "), "who"),
        (replace(LENT, why=""), "why"),
        (replace(LENT, due_on=date(2026, 6, 2)), "due_on"),
        (replace(LENT, due_on=date(2027, 6, 2)), "due_on"),
        (replace(LENT, on=date(2026, 6, 1)), "on"),
        (replace(LENT, on=date(2026, 7, 2)), "on"),
        (replace(SHELVED, on=date(2026, 6, 1)), "on"),
    ],
)
def test_a_slip_filled_wrongly_names_the_field(cases: CaseService, step: Step, field: str) -> None:
    file = archived(cases)
    with pytest.raises(InputError) as refused:
        taken(cases, file, step)
    assert refused.value.field == field
    assert cases.file(COUNTER, file.case_key) == file


# Lists


def test_the_lists_of_the_room(cases: CaseService, storage: Storage) -> None:
    shelved, late, out = archived(cases, SHELVED), archived(cases, LENT), archived(cases)
    out = taken(cases, out, replace(LENT, due_on=date(2026, 7, 20)))
    binned = archived(cases, LENT)
    cases.perform(COUNTER, binned.case_key, PutInBin(reason="重复登记"))
    here = room(storage)

    def listed(which: VolumeList) -> list[str]:
        return keys(here.lines(COUNTER, VolumeQuery(which=which)))

    assert listed(VolumeList.SHELVED) == [shelved.case_key]
    assert listed(VolumeList.UNSHELVED) == [out.case_key, late.case_key], "the newest first, the bin left out"
    assert listed(VolumeList.LENT) == [late.case_key, out.case_key], "the first to come back first"
    assert listed(VolumeList.OVERDUE) == [late.case_key]
    assert here.counts(COUNTER)[VolumeList.LENT] == 2
    [line] = here.lines(COUNTER, VolumeQuery(which=VolumeList.OVERDUE))
    assert (line.borrower, line.borrower_unit, line.day) == ("顾凡", "自然资源所", date(2026, 6, 20))


@pytest.mark.parametrize("which", [VolumeList.UNSHELVED, VolumeList.LENT, VolumeList.ENDED])
def test_pages_follow_each_other_without_gap_or_double(
    cases: CaseService, storage: Storage, which: VolumeList
) -> None:
    made = {archived(cases, LENT).case_key for _ in range(5)}
    here = room(storage, LONG_AFTER)
    seen: list[str] = []
    query = VolumeQuery(which=which, limit=2)
    while page := here.lines(COUNTER, query):
        seen += keys(page)
        query = replace(query, after=page[-1].place)
    assert len(seen) == len(made)
    assert set(seen) == made


def test_what_has_to_be_filed_is_listed_with_its_day_and_rule(cases: CaseService, storage: Storage) -> None:
    performed = brought(cases, told.WAYS[State.PERFORMED])
    [line] = room(storage).lines(COUNTER, VolumeQuery(which=VolumeList.TO_FILE))

    assert (line.case_key, line.day) == (performed.case_key, date(2026, 9, 30)), "performed on 9 May"
    assert "2026年5月9日履行完毕" in line.filing_why
    assert "下一个季度末" in line.filing_why


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("state", [State.PERFORMING, State.BREACHED, State.MEDIATING, State.ARCHIVED])
def test_nothing_has_to_be_filed_while_work_goes_on_or_when_it_is_filed(
    cases: CaseService, storage: Storage, state: State
) -> None:
    brought(cases, told.WAYS[state])
    assert room(storage).lines(COUNTER, VolumeQuery(which=VolumeList.TO_FILE)) == ()


# Retention and appraisal


def test_a_period_that_ended_is_listed_and_prolonged(
    cases: CaseService, later: CaseService, storage: Storage
) -> None:
    file = archived(cases)
    here = room(storage, LONG_AFTER)
    [line] = here.lines(COUNTER, VolumeQuery(which=VolumeList.ENDED))
    assert (line.case_key, line.ends_on) == (file.case_key, date(2056, 12, 31)), "from 2027, thirty years"
    last_day = room(storage, datetime(2056, 12, 31, 1, 0, tzinfo=UTC))
    assert last_day.lines(COUNTER, VolumeQuery(which=VolumeList.ENDED)) == (), "not before it is over"

    file = taken(later, file, KEPT_ON)
    assert here.lines(COUNTER, VolumeQuery(which=VolumeList.ENDED)) == ()
    much_later = room(storage, datetime(2068, 1, 1, 1, 0, tzinfo=UTC))
    [again] = much_later.lines(COUNTER, VolumeQuery(which=VolumeList.ENDED))
    assert again.ends_on == date(2067, 12, 31)


def test_destruction_is_recorded_and_deletes_nothing(
    cases: CaseService, later: CaseService, storage: Storage
) -> None:
    file = archived(cases, SHELVED)
    file = taken(later, file, TO_GO)
    here = room(storage, LONG_AFTER)
    assert keys(here.lines(COUNTER, VolumeQuery(which=VolumeList.TO_DESTROY))) == [file.case_key]
    assert here.lines(COUNTER, VolumeQuery(which=VolumeList.ENDED)) == ()

    gone = taken(later, file, GONE)
    assert not any(count for which, count in here.counts(COUNTER).items() if which is not VolumeList.TO_FILE)
    assert (gone.facts, gone.parties, gone.archive) == (file.facts, file.parties, file.archive)
    assert gone.beside.shelf is None
    with pytest.raises(RuleError, match="销毁"):
        taken(later, gone, replace(LENT, on=AFTER, due_on=None))


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_two_persons_decide_and_two_are_there(cases: CaseService, later: CaseService) -> None:
    file = archived(cases)
    with pytest.raises(InputError) as alone:
        taken(later, file, replace(TO_GO, second="张一"))
    assert alone.value.field == "second"
    file = taken(later, file, TO_GO)
    with pytest.raises(InputError) as unseen:
        taken(later, file, replace(GONE, witness="张一"))
    assert unseen.value.field == "witness"


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_what_is_lent_is_not_appraised_for_destruction(cases: CaseService, later: CaseService) -> None:
    file = archived(cases, LENT)
    with pytest.raises(RuleError, match="还借在外面"):
        taken(later, file, TO_GO)
    file = taken(cases, archived(cases), replace(LENT, due_on=None))
    assert taken(later, file, KEPT_ON).beside.open_loan is not None


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_for_ever_is_never_appraised(cases: CaseService, later: CaseService) -> None:
    way = told.WAYS[State.CLOSED]
    put_away = PutAway(on=FILED, retention=Retention.PERMANENT, pages=9, documents=("卷宗封面",))
    file = brought(cases, (*way, put_away))
    with pytest.raises(RuleError, match="永久"):
        taken(later, file, KEPT_ON)


# Oral agreements


def test_oral_agreements_of_a_body_and_a_quarter_make_a_volume(cases: CaseService, storage: Storage) -> None:
    oral = AgreeOrally(clauses=CLAUSES, confirmed_by=("A1", "B1"), reason="各方要求口头")
    file = brought(cases, (*HELD_AND_AGREED, oral))
    registered(cases)
    here = room(storage)
    found = here.oral_register(COUNTER, BODY.name, date(2026, 2, 1))

    assert (found.first, found.last) == (date(2026, 1, 1), date(2026, 3, 31))
    assert [(line.no, line.case_key) for line in found.lines] == [(1, file.case_key)]
    assert here.oral_register(COUNTER, BODY.name, date(2026, 4, 1)).lines == ()
    assert here.oral_register(COUNTER, "别的调委会", date(2026, 2, 1)).lines == ()


# Quality


def test_a_review_is_kept_with_every_mark(cases: CaseService) -> None:
    file = brought(cases, told.WAYS[State.FOLLOWED_UP])
    first = taken(cases, file, ReviewQuality(on=FILED, by="张一", ticked=("binding.bound",), note="装订松"))
    both = taken(cases, first, ReviewQuality(on=FILED, by="李二"))
    kept = cases.file(COUNTER, file.case_key).beside.reviews

    assert kept == both.beside.reviews
    assert [review.no for review in kept] == [1, 2]
    assert kept[0].score == kept[1].score - 4
    assert [mark.item for mark in kept[0].marks if not mark.automatic] == ["装订不牢、次序不对、有金属物"]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_tick_that_is_not_on_the_sheet_is_refused(cases: CaseService) -> None:
    file = brought(cases, told.WAYS[State.FOLLOWED_UP])
    with pytest.raises(InputError) as refused:
        taken(cases, file, ReviewQuality(on=FILED, ticked=("completeness.papers",)))
    assert refused.value.field == "ticked"


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("which", VolumeList)
def test_no_list_reads_the_whole_archive(cases: CaseService, storage: Storage, which: VolumeList) -> None:
    """Every table is searched by an index, or it is a partial index that holds no more than the list."""
    on = date(2057, 3, 1)
    with storage.read() as work:
        page = work.volumes.page(VolumeQuery(which=which), on, thresholds(on))
        words = str(page.compile(dialect=work.connection.dialect, compile_kwargs={"literal_binds": True}))
        plan = [row[-1] for row in work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}")]

    partial = ("SCAN loans USING INDEX ix_loans_out", "SCAN appraisals USING INDEX ix_appraisals_to_destroy")
    assert not [
        step for step in plan if step.startswith("SCAN ") and "anon" not in step and step not in partial
    ]
    if which is VolumeList.ENDED:
        assert not any("standing" in step for step in plan)
        assert any("ix_archives_decided_until" in step for step in plan)
