"""People and organisations the centre has met before, as the counter is told of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.vocabulary import Category
from mediation_desk.parties.model import Gender, PartyKind, Side
from mediation_desk.parties.standing import Capacity
from mediation_desk.shared.record import record

MOST = 99
"""Visits counted at most: more is told as 99 and costs no more."""


class By(StrEnum):
    """What the words typed are looked up as."""

    ANY = "姓名、拼音、证件或者电话"
    ID_NO = "证件号码"
    PHONE = "电话"


@record
class EarlierCase:
    """A case on file, as much of it as a line shows."""

    case_key: str
    number: str | None
    title: str
    state: State
    category: Category
    received_on: date


@record
class Acquaintance:
    """Somebody met before: what is known of this person, how many cases, and the newest of them."""

    name: str
    kind: PartyKind
    gender: Gender | None = None
    birth_date: date | None = None
    id_no: str = ""
    phone: str = ""
    address: str = ""
    times: int
    capacity: Capacity
    side: Side | None = None
    case: EarlierCase


@record
class Named:
    """Somebody on the sheet or on file: compared by number first, then by name and telephone."""

    name: str
    side: Side | None = None
    id_no: str = ""
    phone: str = ""
    capacity: Capacity = Capacity.PARTY
    ref: str = ""


@record
class Known:
    """An earlier case with everybody in it and the beginning of its story, to compare with."""

    case: EarlierCase
    people: tuple[Named, ...]
    facts: str = ""
