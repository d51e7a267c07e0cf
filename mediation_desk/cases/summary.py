"""What lists show of a case, and how a list is asked for."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.vocabulary import Category
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


@record
class CaseQuery:
    """``search`` matches number, title, names and key; the newest cases come first."""

    search: str = ""
    states: tuple[State, ...] = ()
    track: Track | None = None
    limit: int = 200
    offset: int = 0


@record
class CaseSummary:
    """One line of a list."""

    case_key: str
    number: str | None
    title: str
    track: Track
    category: Category
    state: State
    party_names: str
    presiding_name: str | None
    body_name: str
    received_on: date
    due_on: date | None
    people_involved: int
    agreed_yuan: Decimal


@record
class PlannedSession:
    """A session of the days ahead."""

    case_key: str
    title: str
    no: int
    date: date
    start: time
    place: str
    mode: str


@record
class OpenItem:
    """A payment or act not yet done."""

    case_key: str
    title: str
    clause: int
    instalment: int | None
    due_on: date
    amount: Decimal | None


@record
class Today:
    """The desk of a day: what is to be done, each list already cut to what a screen shows."""

    on: date
    sessions: tuple[PlannedSession, ...]
    deadlines: tuple[CaseSummary, ...]
    to_sign: tuple[CaseSummary, ...]
    due_items: tuple[OpenItem, ...]
    to_accept: tuple[CaseSummary, ...]
    open_cases: int


@record
class HistoryEntry:
    """One line of a case's diary."""

    at: datetime
    account: str
    step: str
    on: date
    state: State
    sentence: str


@record
class PrintedPaper:
    """A paper printed from a case, with the fingerprint of the file written."""

    at: datetime
    account: str
    form: str
    title: str
    file_name: str
    pages: int | None
    sha256: str


@record
class Draft:
    """Words not yet saved as a case: an intake or a record in the making."""

    key: str
    account: str
    content: dict[str, object]
    saved_at: datetime
