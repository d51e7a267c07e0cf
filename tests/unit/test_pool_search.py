"""Finding mediators by characters, pinyin and initials, and narrowing the register."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, time
from time import perf_counter
from typing import Any

import pytest

from mediation_desk.experts.availability import next_free
from mediation_desk.experts.booking import Booking, Purpose
from mediation_desk.experts.mediator import Duty, Layer, Mediator
from mediation_desk.experts.searching import Entry, PoolFilter, narrow
from mediation_desk.parties.model import Gender
from mediation_desk.parties.sounds import pinyin_of
from mediation_desk.practice.people import person
from mediation_desk.shared.track import Track
from tests.unit.pool_of import mediator

POOL = tuple(
    Entry(mediator=one)
    for one in (
        mediator("M01", "张三丰", languages=("普通话", "粤语")),
        mediator("M02", "单国华", gender=Gender.FEMALE, specialties=("医疗",)),
        mediator("M03", "仇英", layer=Layer.VILLAGE, organisation="石桥村人民调解委员会"),
        mediator("M04", "吕布", grade="一级人民调解员"),
        mediator("M05", "阿不都·热西提", languages=("维吾尔语",)),
        mediator("G06", "盖叫天", tracks=(Track.ADMINISTRATIVE,)),
    )
)


def found(words: str = "", **wanted: Any) -> list[str]:
    return [entry.mediator.pool_no for entry in narrow(POOL, PoolFilter(words=words, **wanted))]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("", ["M01", "M02", "M03", "M04", "M05", "G06"]),
        ("张", ["M01"]),
        ("三丰", ["M01"]),
        ("石桥", ["M03"]),
        ("医疗", ["M02"]),
        ("粤语", ["M01"]),
        ("m04", ["M04"]),
        ("Ｍ０４", ["M04"]),
        ("zhangsanfeng", ["M01"]),
        ("ZhangSan", ["M01"]),
        ("zhang san", ["M01"]),
        ("sanfeng", ["M01"]),
        ("zsf", ["M01"]),
        ("zs", ["M01"]),
        ("sf", ["M01"]),
        ("anfeng", []),
        ("shanguohua", ["M02"]),
        ("danguohua", ["M02"]),
        ("sgh", ["M02"]),
        ("dgh", ["M02"]),
        ("qiuying", ["M03"]),
        ("chouying", ["M03"]),
        ("lvbu", ["M04"]),
        ("lubu", ["M04"]),
        ("lyubu", ["M04"]),
        ("lü", ["M04"]),
        ("gejiaotian", ["G06"]),
        ("gaijiaotian", ["G06"]),
        ("阿不都热西提", ["M05"]),
        ("abudurexiti", ["M05"]),
        ("石桥 仇", ["M03"]),
        ("石桥 张", []),
        ("zs 粤语", ["M01"]),
        ("无此人", []),
        ("%", []),
    ],
)
def test_words(words: str, numbers: list[str]) -> None:
    assert found(words) == numbers


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({"field": "医疗"}, ["M02"]),
        ({"field": "医"}, []),
        ({"language": "维吾尔语"}, ["M05"]),
        ({"language": "普通话"}, ["M01", "M02", "M03", "M04", "G06"]),
        ({"grade": "一级人民调解员"}, ["M04"]),
        ({"layer": Layer.VILLAGE}, ["M03"]),
        ({"track": Track.ADMINISTRATIVE}, ["G06"]),
        ({"gender": Gender.FEMALE}, ["M02"]),
        ({"gender": Gender.FEMALE, "field": "邻里"}, []),
    ],
)
def test_conditions(wanted: dict[str, Any], numbers: list[str]) -> None:
    assert found(**wanted) == numbers


def test_the_order_given_is_kept() -> None:
    backwards = POOL[::-1]
    assert narrow(backwards, PoolFilter()) == backwards


def test_who_is_free_on_a_day() -> None:
    now = datetime(2026, 7, 1, 8).astimezone()
    taken = Booking(
        pool_no="M01",
        starts=datetime(2026, 7, 2, 8).astimezone(),
        ends=datetime(2026, 7, 2, 18).astimezone(),
        purpose=Purpose.SESSION,
    )
    duty = Duty(weekday=5, start=time(9), end=time(12))
    staff: tuple[tuple[Mediator, tuple[Booking, ...]], ...] = (
        (mediator("M01"), (taken,)),
        (mediator("M02", duties=(duty,)), ()),
    )
    entries = tuple(
        Entry(mediator=one, bookings=booked, next_free=next_free(one, booked, now)) for one, booked in staff
    )

    def free(day: int) -> list[str]:
        return [entry.mediator.pool_no for entry in narrow(entries, PoolFilter(free_on=date(2026, 7, day)))]

    assert free(1) == ["M01"]
    assert free(2) == []
    assert free(3) == ["M01", "M02"]
    assert free(4) == []


def test_the_usual_reading() -> None:
    assert pinyin_of("张三") == "zhangsan"


def test_pinyin_is_loaded_only_when_somebody_types_latin_letters() -> None:
    script = (
        "import sys\n"
        "from mediation_desk.experts.searching import Entry, PoolFilter, narrow\n"
        "from tests.unit.pool_of import mediator\n"
        "pool = (Entry(mediator=mediator()),)\n"
        "assert narrow(pool, PoolFilter(words='钱'))\n"
        "assert 'pypinyin' not in sys.modules\n"
        "assert narrow(pool, PoolFilter(words='qh'))\n"
        "assert 'pypinyin' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_five_thousand_records_are_narrowed_at_typing_speed() -> None:
    many = tuple(Entry(mediator=mediator(f"M{place:04}", person(place).name)) for place in range(5_000))
    narrow(many, PoolFilter(words="zh"))
    spent = []
    for words in ("z", "zh", "zha", "zhang", "zhangs", "张", "张小", "调解 z", "m04", "邻里"):
        begun = perf_counter()
        narrow(many, PoolFilter(words=words))
        spent.append(perf_counter() - begun)
    # A key press may take 30 ms; the bound leaves room for a busy machine.
    assert sorted(spent)[len(spent) // 2] < 0.1
