"""The pool as a service on both databases: changing, standing, photos, duplicates, the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from db.tables.centre import audit
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.cases.service import CaseService
from mediation_desk.experts.booking import Purpose
from mediation_desk.experts.mediator import (
    BodyKind,
    Credential,
    Discipline,
    Duty,
    Fault,
    Grade,
    Honour,
    Layer,
    Leave,
    Measure,
    Mediator,
    Post,
    PostSource,
    Slot,
    Standing,
    Tie,
    TieKind,
    Training,
)
from mediation_desk.experts.service import ExpertService
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.assets import read_text
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.errors import ConflictError, InputError, PermissionDenied, RuleError
from mediation_desk.shared.track import Track
from tests.unit.pool_of import BORN, ID_NO, identity, mediator

NOW = datetime(2026, 7, 1, 1, tzinfo=UTC)
ON = date(2026, 7, 1)
CLERK = Actor(account="c", display_name="登记员", roles=(Role.CLERK,))

WHOLE = mediator(
    **identity(BORN, 11),
    ethnicity="汉族",
    phone="13800001234",
    grade="二级人民调解员",
    standing=Standing.SUSPENDED,
    standing_on=date(2026, 6, 1),
    standing_reason="调查中",
    body_kind=BodyKind.STUDIO,
    tracks=(Track.PEOPLES, Track.JUDICIAL),
    layer=Layer.TOWNSHIP,
    major="法学",
    professional_title="二级律师",
    address="某路1号",
    household="某村",
    post=Post.MEMBER,
    post_source=PostSource.ELECTED,
    term_from=date(2025, 1, 1),
    term_to=date(2027, 12, 31),
    started_on=date(2010, 1, 1),
    filed_on=date(2025, 1, 5),
    court_roster_on=date(2025, 2, 1),
    studio="钱和调解工作室",
    case_limit=12,
    introduction="耐心\n细致",
    grades=(Grade(scheme="national", level="二级人民调解员", body="协会", on=date(2024, 1, 1)),),
    credentials=(Credential(kind="律师执业证", number="A1", body="司法厅", on=date(2012, 1, 1)),),
    trainings=(Training(on=date(2026, 3, 1), hours=Decimal("7.5"), topic="民法典"),),
    honours=(Honour(title="金牌调解员", body="市司法局", on=date(2023, 1, 1)),),
    duties=(Duty(weekday=1, start=time(9), end=time(12)),),
    slots=(Slot(on=date(2026, 7, 8), start=time(14), end=time(16, 30)),),
    leaves=(Leave(from_on=date(2026, 8, 1), to=date(2026, 8, 5), reason="年休假"),),
    disciplines=(
        Discipline(fault=Fault.INSULT, on=date(2026, 5, 30), measure=Measure.CRITICISM, detail="见卷"),
    ),
    ties=(Tie(kind=TieKind.KIN, name="钱多", id_no=ID_NO, relation="兄弟"),),
)


@pytest.fixture
def experts(storage: Storage) -> ExpertService:
    return ExpertService(storage, lambda: NOW)


def noted(storage: Storage) -> list[tuple[str, dict[str, Any]]]:
    with storage.read() as work:
        rows = work.connection.execute(select(audit).order_by(audit.c.seq))
        return [(row.action, row.details) for row in rows]


def test_every_field_comes_back(experts: ExpertService) -> None:
    experts.engage(COUNTER, WHOLE)
    assert experts.mediator(COUNTER, "M01") == replace(WHOLE, version=1)
    assert experts.register(COUNTER)[0].mediator == replace(WHOLE, version=1)


def test_a_change_of_any_field_is_kept(experts: ExpertService) -> None:
    before = experts.engage(COUNTER, mediator())
    after = replace(WHOLE, version=before.version)
    saved = experts.change(COUNTER, after)
    assert saved == replace(WHOLE, version=2)
    assert experts.mediator(COUNTER, "M01") == saved
    emptied = replace(mediator(disciplines=WHOLE.disciplines), version=2)
    assert experts.change(COUNTER, replace(emptied, standing_on=ON, standing_reason="澄清")).version == 3
    assert experts.mediator(COUNTER, "M01").duties == ()


def test_the_second_of_two_savers_is_told(experts: ExpertService) -> None:
    read = experts.engage(COUNTER, mediator())
    experts.change(COUNTER, replace(read, major="法学"))
    with pytest.raises(ConflictError, match="另一位工作人员"):
        experts.change(COUNTER, replace(read, major="医学"))
    assert experts.mediator(COUNTER, "M01").major == "法学"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"term_from": date(2026, 1, 2), "term_to": date(2026, 1, 1)}, "term_to"),
        ({"disciplines": ()}, "disciplines"),
        ({"standing": Standing.SUSPENDED}, "standing_on"),
        (
            {"disciplines": (*WHOLE.disciplines, replace(WHOLE.disciplines[0], measure=Measure.DISMISSAL))},
            "standing",
        ),
    ],
)
def test_a_faulty_change_is_refused_by_field(
    experts: ExpertService, storage: Storage, change: dict[str, Any], field: str
) -> None:
    before = experts.engage(COUNTER, mediator(disciplines=WHOLE.disciplines))
    with pytest.raises(InputError) as refused:
        experts.change(COUNTER, replace(before, **change))
    assert refused.value.field == field
    assert experts.mediator(COUNTER, "M01") == before
    assert len(noted(storage)) == 1


def test_an_unknown_number_is_named(experts: ExpertService) -> None:
    for act in (
        lambda: experts.mediator(COUNTER, "M77"),
        lambda: experts.change(COUNTER, mediator("M77")),
        lambda: experts.set_photo(COUNTER, "M77", None),
        lambda: experts.merge(COUNTER, "M77", "M01"),
    ):
        with pytest.raises(InputError, match="M77"):
            act()


def test_one_identity_number_has_one_record(experts: ExpertService) -> None:
    experts.engage(COUNTER, mediator(id_no=ID_NO))
    with pytest.raises(InputError, match="M01") as refused:
        experts.engage(COUNTER, mediator("M02", "钱河", id_no=ID_NO))
    assert refused.value.field == "id_no"
    other = experts.engage(COUNTER, mediator("M02", "钱河"))
    with pytest.raises(InputError, match="M01"):
        experts.change(COUNTER, replace(other, card=replace(other.card, id_no=ID_NO)))
    experts.set_standing(COUNTER, "M01", Standing.LEFT, ON, "调离")
    experts.engage(COUNTER, mediator("M03", id_no=ID_NO))


def test_a_number_is_never_given_twice(experts: ExpertService) -> None:
    experts.engage(COUNTER, mediator())
    experts.set_standing(COUNTER, "M01", Standing.LEFT, ON, "调离")
    with pytest.raises(InputError, match="已有人使用"):
        experts.engage(COUNTER, mediator(name="孙平"))


def test_life_of_a_record(experts: ExpertService) -> None:
    experts.engage(COUNTER, mediator())
    suspended = experts.set_standing(COUNTER, "M01", Standing.SUSPENDED, ON, "调查")
    assert (suspended.standing, suspended.standing_reason) == (Standing.SUSPENDED, "调查")
    (entry,) = experts.register(COUNTER)
    assert entry.next_free is None
    assert entry.notices[0] == "自2026年7月1日起暂停调解工作"
    with pytest.raises(InputError) as refused:
        experts.set_standing(COUNTER, "M01", Standing.ENGAGED, ON, " ")
    assert refused.value.field == "standing_reason"
    experts.set_standing(COUNTER, "M01", Standing.LEFT, ON, "调离")
    assert experts.register(COUNTER) == ()
    assert experts.pool(COUNTER) == ()
    assert [entry.mediator.pool_no for entry in experts.register(COUNTER, left=True)] == ["M01"]


def test_a_reason_may_be_given_with_the_change(experts: ExpertService) -> None:
    before = experts.engage(COUNTER, mediator())
    after = replace(before, standing=Standing.SUSPENDED, standing_on=ON)
    assert experts.change(COUNTER, after, reason="调查").standing_reason == "调查"


def test_the_card_follows_the_grade(experts: ExpertService) -> None:
    before = experts.engage(COUNTER, mediator())
    grade = Grade(scheme="national", level="一级", on=date(2026, 1, 1), expires_on=date(2026, 12, 31))
    assert experts.change(COUNTER, replace(before, grades=(grade,))).card.grade == "一级人民调解员"
    assert experts.pool(COUNTER)[0].card.grade == "一级人民调解员"


def test_what_is_done_is_noted_without_names(experts: ExpertService, storage: Storage) -> None:
    before = experts.engage(COUNTER, WHOLE)
    experts.change(COUNTER, replace(before, major="医学"))
    experts.set_standing(COUNTER, "M01", Standing.LEFT, ON, "钱和调离")
    experts.set_photo(COUNTER, "M01", photo())
    entries = noted(storage)
    assert [action for action, _ in entries] == [
        "expert.engage",
        "expert.change",
        "expert.standing",
        "expert.photo",
    ]
    assert entries[1][1] == {"pool_no": "M01", "fields": ["major"]}
    assert all("钱" not in str(details) for _, details in entries)


@pytest.mark.parametrize(
    "act",
    [
        lambda experts: experts.engage(CLERK, mediator("M02")),
        lambda experts: experts.change(CLERK, mediator()),
        lambda experts: experts.set_standing(CLERK, "M01", Standing.LEFT, ON, "调离"),
        lambda experts: experts.set_photo(CLERK, "M01", None),
        lambda experts: experts.merge(CLERK, "M01", "M02"),
    ],
)
def test_a_clerk_may_look_but_not_change(
    experts: ExpertService, act: Callable[[ExpertService], object]
) -> None:
    experts.engage(COUNTER, mediator())
    with pytest.raises(PermissionDenied):
        act(experts)
    assert experts.mediator(CLERK, "M01").name == "钱和"
    statistician = Actor(account="s", display_name="统计员", roles=(Role.STATISTICIAN,))
    with pytest.raises(PermissionDenied):
        experts.register(statistician)


def photo(colour: str = "red") -> bytes:
    out = BytesIO()
    Image.new("RGB", (1200, 1600), colour).save(out, "PNG")
    return out.getvalue()


def test_a_photo_is_kept_shrunk_replaced_and_taken_away(experts: ExpertService) -> None:
    before = experts.engage(COUNTER, mediator())
    experts.set_photo(COUNTER, "M01", photo())
    kept = experts.photo(COUNTER, "M01")
    assert kept is not None
    with Image.open(BytesIO(kept)) as shown:
        assert (shown.format, shown.size) == ("JPEG", (480, 640))
    assert experts.mediator(COUNTER, "M01").has_photo
    # Somebody who has the record open meanwhile saves without losing the photo.
    assert experts.change(COUNTER, replace(before, major="法学")).has_photo
    with pytest.raises(InputError, match="照片"):
        experts.set_photo(COUNTER, "M01", b"no picture")
    assert experts.photo(COUNTER, "M01") == kept
    experts.set_photo(COUNTER, "M01", None)
    assert experts.photo(COUNTER, "M01") is None
    assert not experts.mediator(COUNTER, "M01").has_photo


def test_the_register_tells_the_next_free_time(experts: ExpertService, storage: Storage) -> None:
    away = Leave(from_on=ON, to=date(2026, 7, 3))
    experts.engage(COUNTER, mediator("M01", leaves=(away,), term_to=date(2026, 8, 1)))
    experts.engage(COUNTER, mediator("M02", "孙平"))
    first, second = experts.register(COUNTER)
    assert first.next_free is not None
    assert local_day(first.next_free) == date(2026, 7, 6)
    assert "聘期还有31天到期" in first.notices
    assert [booking.purpose for booking in first.bookings] == [Purpose.LEAVE]
    assert second.next_free is not None
    assert local_day(second.next_free) == ON


def test_the_register_sees_what_another_counter_changed(
    storage: Storage, url: str, open_storage: Callable[[str], Storage]
) -> None:
    here = ExpertService(storage, lambda: NOW)
    there = ExpertService(open_storage(url), lambda: NOW)
    before = here.engage(COUNTER, mediator())
    assert there.register(COUNTER)[0].mediator == before
    here.change(COUNTER, replace(before, major="法学"))
    assert there.register(COUNTER)[0].mediator.major == "法学"
    here.set_photo(COUNTER, "M01", photo())
    assert there.register(COUNTER)[0].mediator.has_photo
    here.engage(COUNTER, mediator("M02", "孙平"))
    assert len(there.register(COUNTER)) == 2


def test_duplicates_are_found_and_merged(experts: ExpertService, storage: Storage) -> None:
    experts.engage(COUNTER, mediator(phone="13800001234"))
    experts.engage(
        COUNTER,
        mediator("M02", phone="13800001234", birth_date=BORN, leaves=WHOLE.leaves, honours=WHOLE.honours),
    )
    experts.set_photo(COUNTER, "M02", photo())
    kept = experts.photo(COUNTER, "M02")
    (pair,) = experts.duplicates(COUNTER)
    assert (pair.first.pool_no, pair.second.pool_no) == ("M01", "M02")
    one = experts.merge(COUNTER, "M01", "M02")
    assert (one.card.birth_date, one.leaves, one.honours, one.has_photo) == (
        BORN,
        WHOLE.leaves,
        WHOLE.honours,
        True,
    )
    assert experts.photo(COUNTER, "M01") == kept
    assert [entry.mediator.pool_no for entry in experts.register(COUNTER, left=True)] == ["M01"]
    assert experts.duplicates(COUNTER) == ()
    assert noted(storage)[-1] == (
        "expert.merge",
        {
            "pool_no": "M01",
            "fields": ["birth_date", "honours", "leaves"],
            "drop": "M02",
            "removed": True,
        },
    )


def test_who_is_in_a_case_leaves_instead_of_vanishing(experts: ExpertService, storage: Storage) -> None:
    file = read_case(read_text("examples/leak.json"))
    CaseService(storage, lambda: NOW).take_over(COUNTER, file)
    used = file.mediators[0]
    same = Mediator(
        card=replace(mediator("M777", used.name, gender=used.gender).card, organisation=used.organisation)
    )
    experts.engage(COUNTER, same)
    experts.merge(COUNTER, "M777", used.pool_no)
    gone = experts.mediator(COUNTER, used.pool_no)
    assert (gone.standing, gone.standing_on, gone.standing_reason) == (Standing.LEFT, ON, "并入M777")
    assert experts.mediator(COUNTER, "M777").card.id_no == used.id_no
    assert used.pool_no not in [pair.second.pool_no for pair in experts.duplicates(COUNTER)]
    with pytest.raises(RuleError, match="已离任"):
        experts.merge(COUNTER, used.pool_no, "M777")


def test_two_people_are_not_merged(experts: ExpertService) -> None:
    experts.engage(COUNTER, mediator(**identity(BORN, 11)))
    experts.engage(COUNTER, mediator("M02", **identity(BORN, 13)))
    with pytest.raises(RuleError, match="不是同一人"):
        experts.merge(COUNTER, "M01", "M02")
    with pytest.raises(InputError, match="两条不同"):
        experts.merge(COUNTER, "M01", "M01")
    assert len(experts.register(COUNTER)) == 2


def test_a_merge_that_would_not_be_in_order_changes_nothing(experts: ExpertService) -> None:
    experts.engage(COUNTER, mediator())
    dismissal = replace(WHOLE.disciplines[0], measure=Measure.DISMISSAL)
    left: dict[str, Any] = {"standing": Standing.LEFT, "standing_on": ON, "standing_reason": "解聘"}
    experts.engage(COUNTER, mediator("M02", disciplines=(dismissal,), **left))
    with pytest.raises(InputError, match="离任"):
        experts.merge(COUNTER, "M01", "M02")
    assert experts.mediator(COUNTER, "M02").disciplines == (dismissal,)


def test_composition_is_read_from_the_pool(experts: ExpertService) -> None:
    experts.engage(COUNTER, mediator())
    (notice,) = experts.composition(COUNTER)
    assert (notice.rule, notice.article) == ("LR-3", "人民调解法第八条")
