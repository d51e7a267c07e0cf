"""What may stand in the pool, what is announced, and that the sample pool is sound."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mediation_desk.experts.checking import change_problems, problems
from mediation_desk.experts.duplicates import duplicates
from mediation_desk.experts.engaging import faults_of_change, from_card, settled, with_grade
from mediation_desk.experts.mediator import (
    BodyKind,
    Credential,
    Discipline,
    Duty,
    Fault,
    Grade,
    Layer,
    Leave,
    Measure,
    Mediator,
    Slot,
    Standing,
    Tie,
    TieKind,
    Training,
)
from mediation_desk.experts.rules import pool_rules
from mediation_desk.experts.watch import notices
from mediation_desk.parties.model import Gender
from mediation_desk.practice.pool import sample_pool
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track
from tests.unit.pool_of import BORN, ID_NO, ON, identity, mediator

TALK = Discipline(fault=Fault.INSULT, on=date(2026, 3, 1), measure=Measure.CRITICISM)
DISMISSED = Discipline(fault=Fault.BENEFIT, on=date(2026, 3, 1), measure=Measure.DISMISSAL)
LEFT: dict[str, Any] = {
    "standing": Standing.LEFT,
    "standing_on": date(2026, 3, 2),
    "standing_reason": "解聘",
}


def leave(first: int, last: int) -> Leave:
    return Leave(from_on=date(2026, 8, first), to=date(2026, 8, last))


def test_a_sound_record_has_no_problem() -> None:
    whole = mediator(
        **identity(BORN, 11),
        phone="13800001234",
        term_from=date(2026, 1, 1),
        term_to=date(2028, 12, 31),
        grades=(Grade(scheme="national", level="二级人民调解员", on=date(2025, 1, 1)),),
        credentials=(Credential(kind="律师执业证", on=date(2020, 1, 1), expires_on=date(2030, 1, 1)),),
        trainings=(Training(on=date(2026, 5, 1), hours=Decimal("7.5")),),
        duties=(Duty(weekday=1, start=time(9), end=time(12)), Duty(weekday=1, start=time(14), end=time(17))),
        leaves=(leave(1, 3), leave(4, 9)),
        disciplines=(TALK,),
        ties=(Tie(kind=TieKind.KIN, name="钱多", id_no=ID_NO),),
        case_limit=10,
    )
    assert problems(whole, ON) == ()


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"pool_no": "X01"}, "pool_no"),
        ({"pool_no": "M1"}, "pool_no"),
        ({"name": "钱"}, "name"),
        ({"name": "钱\u202e和"}, "name"),
        ({"introduction": "善于\u200b倾听"}, "introduction"),
        ({"ties": (Tie(kind=TieKind.OTHER, name="钱\x00"),)}, "ties"),
        ({"organisation": " "}, "organisation"),
        ({"specialties": ()}, "specialties"),
        ({"tracks": ()}, "tracks"),
        ({"phone": "12345"}, "phone"),
        ({"id_no": ID_NO[:-1] + ("0" if ID_NO[-1] != "0" else "1")}, "id_no"),
        ({"id_no": "110101199002300014"}, "id_no"),
        ({"id_no": ID_NO, "birth_date": date(1970, 5, 5)}, "birth_date"),
        ({"id_no": ID_NO, "gender": Gender.FEMALE}, "gender"),
        ({"birth_date": date(2026, 7, 2)}, "birth_date"),
        ({"birth_date": date(2008, 7, 2)}, "birth_date"),
        ({"birth_date": date(2000, 1, 2), "term_from": date(2018, 1, 1)}, "birth_date"),
        ({"birth_date": date(2000, 1, 2), "started_on": date(2018, 1, 1)}, "birth_date"),
        ({"id_no": ID_NO, "started_on": date(1988, 5, 3)}, "birth_date"),
        ({"term_from": date(2026, 2, 1), "term_to": date(2026, 1, 31)}, "term_to"),
        ({"filed_on": date(1026, 2, 1)}, "filed_on"),
        ({"leaves": (leave(5, 4),)}, "leaves"),
        ({"leaves": (leave(4, 9), leave(1, 4))}, "leaves"),
        ({"duties": (Duty(weekday=8, start=time(9), end=time(12)),)}, "duties"),
        ({"duties": (Duty(weekday=1, start=time(12), end=time(12)),)}, "duties"),
        ({"duties": (Duty(weekday=1, start=time(9), end=time(12)),) * 2}, "duties"),
        ({"slots": (Slot(on=ON, start=time(12), end=time(9)),)}, "slots"),
        ({"slots": (Slot(on=ON, start=time(9), end=time(12)),) * 2}, "slots"),
        ({"grades": (Grade(scheme="nowhere", level="一级人民调解员"),)}, "grades"),
        ({"grades": (Grade(scheme="national", level="特级人民调解员"),)}, "grades"),
        (
            {"grades": (Grade(scheme="yaan", level="首席人民调解员", on=ON, expires_on=date(2026, 6, 30)),)},
            "grades",
        ),
        ({"credentials": (Credential(kind=" "),)}, "credentials"),
        ({"credentials": (Credential(kind="医师", on=ON, expires_on=date(2026, 6, 30)),)}, "credentials"),
        ({"trainings": (Training(on=ON, hours=Decimal(0)),)}, "trainings"),
        ({"trainings": (Training(on=ON, hours=Decimal("NaN")),)}, "trainings"),
        ({"trainings": (Training(on=date(2026, 7, 2), hours=Decimal(2)),)}, "trainings"),
        ({"ties": (Tie(kind=TieKind.EMPLOYER, name="某厂", id_no="91110101MA02C3D48X"),)}, "ties"),
        ({"ties": (Tie(kind=TieKind.KIN, name="某人", id_no="91110101MA02C3D48K"),)}, "ties"),
        ({"disciplines": (DISMISSED,)}, "standing"),
        ({"standing": Standing.SUSPENDED, "standing_on": ON}, "standing_reason"),
        ({"standing": Standing.SUSPENDED, "standing_reason": "调查"}, "standing_on"),
        ({"case_limit": 0}, "case_limit"),
        ({"case_limit": 201}, "case_limit"),
        ({"introduction": "好" * 501}, "introduction"),
        ({"years_mediating": -1}, "years_mediating"),
    ],
)
def test_a_fault_is_named_by_field(known: dict[str, Any], field: str) -> None:
    found = problems(mediator(**known), ON)
    assert [name for name, _ in found] == [field]
    assert found[0][1].endswith("。")


@pytest.mark.parametrize(
    "known",
    [
        {"birth_date": date(2008, 7, 1)},
        {"birth_date": date(2000, 1, 1), "term_from": date(2018, 1, 1)},
        {"ties": (Tie(kind=TieKind.EMPLOYER, name="某厂", id_no="91110101MA02C3D48K"),)},
        {"disciplines": (DISMISSED,), **LEFT},
        {"case_limit": 200},
        {"introduction": "第一行\n第二行"},
    ],
)
def test_what_lies_on_the_border_is_in_order(known: dict[str, Any]) -> None:
    assert problems(mediator(**known), ON) == ()


def test_the_register_of_discipline_only_grows() -> None:
    before = mediator(disciplines=(TALK,))
    more = replace(before, disciplines=(TALK, replace(TALK, on=ON)))
    assert change_problems(before, more) == ()
    assert [field for field, _ in change_problems(more, before)] == ["disciplines"]
    milder = replace(before, disciplines=(replace(TALK, detail="无"),))
    assert [field for field, _ in change_problems(before, milder)] == ["disciplines"]


def test_coming_back_needs_a_day_and_a_reason_too() -> None:
    gone = mediator(**LEFT)
    back = replace(gone, standing=Standing.ENGAGED, standing_on=None, standing_reason="")
    assert [field for field, _ in change_problems(gone, back)] == ["standing_on", "standing_reason"]
    assert [field for field, _ in change_problems(gone, mediator("M02", **LEFT))] == ["pool_no"]


def test_an_old_fault_does_not_stop_other_work_but_is_not_repeated() -> None:
    before = mediator(phone="12345")
    assert faults_of_change(before, replace(before, introduction="耐心"), ON) == ()
    still_wrong = replace(before, card=replace(before.card, phone="123456"))
    assert [field for field, _ in faults_of_change(before, still_wrong, ON)] == ["phone"]


def test_texts_are_kept_in_one_form() -> None:
    tidy = settled(
        mediator("ｍ０１", " 钱和 ", specialties=("邻里 ", ""), phone="１３８００００１２３４"), ON
    )
    assert (tidy.pool_no, tidy.name, tidy.card.phone) == ("M01", "钱和", "13800001234")
    assert tidy.card.specialties == ("邻里",)
    assert settled(mediator(name="e\u0301a"), ON).name == "\u00e9a"


def test_the_card_quotes_the_newest_grade_in_force() -> None:
    old = Grade(scheme="national", level="三级", on=date(2020, 1, 1))
    new = Grade(scheme="全国（中华全国人民调解员协会意见）", level="二级", on=date(2024, 1, 1), expires_on=ON)
    graded = settled(mediator(grades=(new, old), grade="随手写的"), ON)
    assert graded.card.grade == "二级人民调解员"
    assert graded.grades[0].scheme == "national"
    assert with_grade(graded, date(2026, 7, 2)).card.grade == "三级人民调解员"
    assert with_grade(replace(graded, grades=(new,)), date(2026, 7, 2)).card.grade is None
    assert settled(mediator(grade="四级人民调解员"), ON).card.grade == "四级人民调解员"


def test_track_and_body_follow_from_the_letter() -> None:
    official = from_card(mediator("G01").card)
    assert (official.tracks, official.body_kind) == ((Track.ADMINISTRATIVE,), BodyKind.AGENCY)
    assert from_card(mediator("J01").card).tracks == (Track.JUDICIAL,)
    assert from_card(mediator("M01").card).tracks == (Track.PEOPLES,)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"term_to": date(2026, 8, 31)}, ()),
        ({"term_to": date(2026, 8, 30)}, ("聘期还有60天到期",)),
        ({"term_to": ON}, ("聘期今天到期",)),
        ({"term_to": date(2026, 6, 30)}, ("聘期已于2026年6月30日到期",)),
        ({"term_from": date(2026, 7, 2)}, ("聘期自2026年7月2日起，尚未开始",)),
        ({"standing": Standing.SUSPENDED, "standing_on": ON}, ("自2026年7月1日起暂停调解工作",)),
        ({"leaves": (Leave(from_on=ON, to=date(2026, 7, 5)),)}, ("请假至2026年7月5日",)),
        ({"case_limit": 3}, ("在办3件，已到上限3件",)),
        ({"case_limit": 4}, ()),
        (
            {"credentials": (Credential(kind="律师执业证", expires_on=date(2026, 7, 11)),)},
            ("律师执业证还有10天到期",),
        ),
        (
            {
                "credentials": (
                    Credential(kind="律师执业证", expires_on=date(2026, 7, 11)),
                    Credential(kind="律师执业证", expires_on=date(2029, 7, 11)),
                )
            },
            (),
        ),
        (
            {"grades": (Grade(scheme="national", level="一级人民调解员", expires_on=date(2026, 6, 1)),)},
            ("等级“一级人民调解员”已于2026年6月1日到期",),
        ),
        ({"slots": (Slot(on=date(2026, 6, 1), start=time(9), end=time(12)),)}, ("可预约时段都已过去",)),
        (LEFT, ("已离任，仍有3件在办",)),
    ],
)
def test_what_is_announced(known: dict[str, Any], said: tuple[str, ...]) -> None:
    assert notices(trained(**known), ON, running=3) == said


def trained(**known: Any) -> Mediator:
    return mediator(**known, trainings=(Training(on=date(2026, 2, 1), hours=Decimal(20)),))


def test_missing_class_hours_are_announced_from_july() -> None:
    some = mediator(trainings=(Training(on=date(2026, 2, 1), hours=Decimal("7.5")),))
    assert notices(some, date(2026, 6, 30)) == ()
    assert notices(some, ON) == ("今年培训7.5学时，还差12.5学时",)
    assert notices(replace(some, tracks=(Track.JUDICIAL,)), ON) == ()
    fresh = trained(started_on=date(2026, 1, 1))
    assert notices(fresh, ON) == ("岗前培训0学时，应有10学时",)


def test_a_centre_sets_its_own_numbers(tmp_path: Path) -> None:
    own = read_text("rules/pool.toml").replace("term = 60", "term = 10").replace("yearly = 20", "yearly = 0")
    (tmp_path / "pool.toml").write_text(own, "utf-8")
    use_rules_in(tmp_path)
    try:
        assert notices(mediator(term_to=date(2026, 7, 20)), ON) == ()
        (tmp_path / "pool.toml").write_text(own.replace("term = 10", ""), "utf-8")
        use_rules_in(tmp_path)
        with pytest.raises(InputError, match=r"pool\.toml"):
            pool_rules()
    finally:
        use_rules_in(Path("/nonexistent"))


@pytest.mark.parametrize("on", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 11, 22), date(2027, 12, 31)])
def test_the_sample_pool_is_sound_on_any_day(on: date) -> None:
    pool = sample_pool(on)
    assert {one.pool_no: problems(one, on) for one in pool if problems(one, on)} == {}
    assert all(settled(one, on) == one for one in pool)
    assert duplicates(pool) == ()
    assert any(one.on_leave(on) for one in pool)
    assert any("聘期还有" in notice for one in pool for notice in notices(one, on))
    assert {one.layer for one in pool} >= {Layer.DISTRICT, Layer.TOWNSHIP, Layer.VILLAGE}
    assert {track for one in pool for track in one.tracks} == set(Track)
    assert all(one.introduction and one.tracks for one in pool)
