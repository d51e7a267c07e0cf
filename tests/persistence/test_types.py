"""Column types: what goes in comes out, exactly, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import pytest
from sqlalchemy import Column, Date, Integer, MetaData, Table, func, insert, select, text

from db.types import Amounts, Choice, Instant, Json, Ranking, Words, Yuan
from db.unit_of_work import Storage


class Side(StrEnum):
    APPLICANT = "申请人"
    RESPONDENT = "被申请人"


things = Table(
    "things",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("yuan", Yuan),
    Column("words", Words),
    Column("amounts", Amounts),
    Column("ranking", Ranking),
    Column("side", Choice(Side)),
    Column("on", Date),
    Column("at", Instant),
    Column("figures", Json),
)

VALUES: list[tuple[str, object]] = [
    ("yuan", Decimal("0.01")),
    ("yuan", Decimal("-179.04")),
    ("yuan", Decimal("9999999999999999.99")),
    ("yuan", None),
    ("words", ("邻里", "𬱖")),
    ("words", ()),
    ("amounts", (Decimal("0.10"), Decimal("5000.00"))),
    ("ranking", {"A1": ("M01", "M02"), "B1": ()}),
    ("ranking", {"B1": ("M02",), "A1": ("M01",)}),
    ("side", Side.RESPONDENT),
    ("side", None),
    ("on", date(2026, 3, 10)),
    ("at", datetime(2026, 3, 10, 1, 2, 3, 456789, UTC)),
    ("at", None),
    ("figures", {"z": [1, "二", None], "a": {"é": 2.5}}),
    ("figures", None),
]


@pytest.fixture
def desk(storage: Storage) -> Storage:
    with storage.write() as work:
        things.create(work.connection)
    return storage


def stored(desk: Storage, column: str, value: object) -> object:
    with desk.write() as work:
        work.connection.execute(insert(things).values({column: value}))
    with desk.read() as work:
        return work.connection.scalar(select(things.c[column]))


@pytest.mark.parametrize(("column", "value"), VALUES)
def test_what_goes_in_comes_out(desk: Storage, column: str, value: object) -> None:
    found = stored(desk, column, value)

    assert found == value
    assert str(found) == str(value)  # the two places of money, the order of rankings


def test_a_sum_of_money_is_exact(desk: Storage) -> None:
    with desk.write() as work:
        for _ in range(1000):
            work.connection.execute(insert(things).values(yuan=Decimal("0.10")))

        assert str(work.connection.scalar(select(func.sum(things.c.yuan)))) == "100.00"


@pytest.mark.parametrize("value", [Decimal("0.001"), Decimal("NaN"), 0.1])
def test_money_that_is_none_is_refused(desk: Storage, value: object) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011  # a bug of the caller: any loud failure will do
        stored(desk, "yuan", value)


def test_moments_become_utc(desk: Storage) -> None:
    beijing = datetime(2026, 3, 10, 9, 0, tzinfo=timezone(timedelta(hours=8)))

    assert str(stored(desk, "at", beijing)) == "2026-03-10 01:00:00+00:00"


def test_a_moment_without_zone_is_refused(desk: Storage) -> None:
    with pytest.raises(RuntimeError):
        stored(desk, "at", datetime(2026, 3, 10, 9, 0))  # noqa: DTZ001


def test_a_word_outside_the_vocabulary_is_refused(desk: Storage) -> None:
    with pytest.raises(RuntimeError):
        stored(desk, "side", "甲方")


def test_vocabularies_are_stored_as_on_paper(desk: Storage) -> None:
    stored(desk, "side", Side.APPLICANT)
    with desk.read() as work:
        assert work.connection.scalar(text("SELECT side FROM things")) == "申请人"


def test_chinese_in_json_can_be_searched(desk: Storage) -> None:
    stored(desk, "words", ("邻里",))
    with desk.read() as work:
        assert (
            work.connection.scalar(
                text("SELECT count(*) FROM things WHERE CAST(words AS TEXT) LIKE '%邻里%'")
            )
            == 1
        )
