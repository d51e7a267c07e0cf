"""Case numbers: no gap and no double, whoever else is at it and whatever is rolled back (reliability C3)."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Column, Connection, Integer, MetaData, Table, insert, select

from db.repositories.numbers import next_number, reserve_up_to
from db.unit_of_work import Storage
from mediation_desk.shared.errors import DeskError

WRITERS, EACH = 4, 25
SERIES = ("安和区人民调解委员会", "case", 2026)

taken = Table("taken", MetaData(), Column("number", Integer))


class Clumsy(Exception):
    """Raised by a tenth of the units after they have drawn their number."""


def draw(storage: Storage, number: Callable[[Connection], int], seed: int) -> None:
    """Draw ``EACH`` numbers, each with the row that uses it; one unit in ten fails after drawing."""
    chance = random.Random(seed)
    done = 0
    while done < EACH:
        try:
            with storage.write() as work:
                work.connection.execute(insert(taken).values(number=number(work.connection)))
                if chance.random() < 0.1:
                    raise Clumsy
        except (Clumsy, DeskError):
            continue
        done += 1


def drawn_by_many(storage: Storage, number: Callable[[Connection], int]) -> list[int]:
    """The numbers used when several threads draw at once."""
    with storage.write() as work:
        taken.create(work.connection)
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda seed: draw(storage, number, seed), range(WRITERS)))
    with storage.read() as work:
        return sorted(work.connection.scalars(select(taken.c.number)))


def test_many_writers_leave_neither_gaps_nor_doubles(storage: Storage) -> None:
    found = drawn_by_many(storage, lambda connection: next_number(connection, *SERIES))

    assert found == list(range(1, WRITERS * EACH + 1))


def test_a_number_drawn_outside_the_unit_leaves_gaps(storage: Storage) -> None:
    """The control: what a database sequence does."""
    numbers = iter(range(1, 10_000))
    found = drawn_by_many(storage, lambda connection: next(numbers))

    assert found != list(range(1, WRITERS * EACH + 1))


def test_an_imported_number_moves_the_series_on(storage: Storage) -> None:
    with storage.write() as work:
        assert reserve_up_to(work.connection, *SERIES, 31) == 31
        assert next_number(work.connection, *SERIES) == 32
        assert reserve_up_to(work.connection, *SERIES, 7) == 32
        assert next_number(work.connection, *SERIES) == 33


def test_each_body_kind_and_year_counts_for_itself(storage: Storage) -> None:
    with storage.write() as work:
        others = [("另一调委会", "case", 2026), (SERIES[0], "letter", 2026), (SERIES[0], "case", 2027)]
        next_number(work.connection, *SERIES)

        assert [next_number(work.connection, *series) for series in others] == [1, 1, 1]


def test_a_rolled_back_unit_gives_its_number_back(storage: Storage) -> None:
    try:
        with storage.write() as work:
            next_number(work.connection, *SERIES)
            raise Clumsy
    except Clumsy:
        pass
    with storage.write() as work:
        assert next_number(work.connection, *SERIES) == 1
