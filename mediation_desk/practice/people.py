"""Invented people and firms: every number has a right check digit, none belongs to anybody (division 110101)."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from typing import Any

from stdnum.cn import ric, uscc

from mediation_desk.parties.model import Gender
from mediation_desk.shared.assets import read_text
from mediation_desk.shared.record import record

DIVISION = "110101"
_ELDEST = date(1945, 1, 1)
_DAYS = 21_900  # sixty years: everybody is of age
_STEP = 7_919  # prime to _DAYS: neighbours in the register do not share a birthday
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@record
class Person:
    """Somebody who may become a party."""

    name: str
    gender: Gender
    birth_date: date
    id_no: str
    phone: str
    address: str
    occupation: str


@record
class Firm:
    """A company or shop."""

    name: str
    uscc: str
    phone: str
    address: str
    head: str
    position: str


@record
class Words:
    """The stock of names and places; names of people are put together letter by letter."""

    surnames: str
    male_first: str
    male_second: str
    female_first: str
    female_second: str
    rare: tuple[str, ...]
    communities: tuple[str, ...]
    quarters: tuple[str, ...]
    villages: tuple[str, ...]
    roads: tuple[str, ...]
    brands: tuple[str, ...]
    positions: tuple[str, ...]
    occupations: tuple[str, ...]
    trades: tuple[str, ...]


@cache
def words() -> Words:
    """The stock, read once."""
    data = tomllib.loads(read_text("practice/words.toml"))
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in data.items()
    }
    return Words(**plain)


def person(index: int) -> Person:
    """The person with this place in the register; always the same, and nobody else has the number."""
    stock = words()
    mixed = (index * 2_654_435_761) & 0xFFFFFFFF
    sequence = index // _DAYS * 2 + (mixed >> 7 & 1)
    born = _ELDEST + timedelta(days=index * _STEP % _DAYS)
    gender = gender_of(sequence)
    road = stock.roads[(mixed >> 5) % len(stock.roads)]
    return Person(
        name=_name(mixed, gender),
        gender=gender,
        birth_date=born,
        id_no=resident_id(born, sequence),
        phone=f"1380000{mixed % 10_000:04d}",
        address=f"临江市清平区{road}{mixed % 180 + 1}号{mixed % 30 + 101}室",
        occupation=stock.occupations[(mixed >> 9) % len(stock.occupations)],
    )


@cache
def firm(name: str, index: int, *, trader: bool = False) -> Firm:
    """The firm with this name and place in the register."""
    stock = words()
    mixed = (index * 2_246_822_519 + 77) & 0xFFFFFFFF
    return Firm(
        name=name,
        uscc=_credit_code(index, "92" if trader else "91"),
        phone=f"1380000{mixed % 10_000:04d}",
        address=f"临江市清平区{stock.roads[(mixed >> 3) % len(stock.roads)]}{mixed % 300 + 1}号",
        head=_name(mixed, Gender.MALE if mixed & 64 else Gender.FEMALE),
        position=stock.positions[(mixed >> 11) % len(stock.positions)],
    )


def resident_id(born: date, sequence: int) -> str:
    """A resident identity number of 18 places; the sequence number tells the gender."""
    head = f"{DIVISION}{born.isoformat().replace('-', '')}{sequence:03d}"
    return f"{head}{ric.calc_check_digit(head + '0')}"


def gender_of(sequence: int) -> Gender:
    """Odd sequence numbers are men's."""
    return Gender.MALE if sequence % 2 else Gender.FEMALE


def _credit_code(index: int, kind: str) -> str:
    digits = ""
    for _ in range(7):
        index, place = divmod(index, len(_USCC))
        digits = _USCC[place] + digits
    head = f"{kind}{DIVISION}MA{digits}"
    return f"{head}{uscc.calc_check_digit(head)}"


def _name(mixed: int, gender: Gender) -> str:
    stock = words()
    if gender is Gender.MALE:
        firsts, seconds = stock.male_first, stock.male_second
    else:
        firsts, seconds = stock.female_first, stock.female_second
    first = firsts[(mixed >> 12) % len(firsts)] if mixed % 5 else ""
    second = seconds[(mixed >> 17) % len(seconds)]
    if mixed % 97 == 0:
        second = stock.rare[(mixed >> 13) % len(stock.rare)]
    return f"{stock.surnames[(mixed >> 4) % len(stock.surnames)]}{first}{second}"
