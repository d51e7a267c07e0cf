"""What lists show of a case, and how a list is asked for."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from mediation_desk.cases.ink.place import InkPlace
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.vocabulary import Category, Difficulty
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

MOST_COUNTED = 999
"""Where counting stops: a list of more is long, and how long says nothing."""


@record
class Place:
    """A line of a list, as the line from which the list goes on; ``due_on`` where the list goes by due days."""

    case_key: str
    received_on: date
    due_on: date | None = None


@record
class CaseQuery:
    """What a list shows; an empty condition fits every case.

    ``search`` is what was typed (``cases.finding.query``), ``near`` takes names one character off or sounding
    alike as well. ``due_within`` counts days from ``on``, which the service fills in; both due conditions speak
    of open cases and put the most urgent first, every other list has the newest first. ``after`` or ``before``
    name the line at which a page begins or ends.
    """

    search: str = ""
    near: bool = False
    states: tuple[State, ...] = ()
    track: Track | None = None
    body: str = ""
    category: Category | None = None
    mediator: str = ""
    difficulty: Difficulty | None = None
    received_from: date | None = None
    received_to: date | None = None
    due_within: int | None = None
    overdue: bool = False
    people_from: int = 0
    on: date | None = None
    limit: int = 200
    after: Place | None = None
    before: Place | None = None

    @property
    def by_due_day(self) -> bool:
        """Whether the most urgent come first. A search always has the newest first."""
        return (self.overdue or self.due_within is not None) and not self.search.strip()


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
    locked_on: date | None = None
    own: bool = False
    open_at: str = ""

    @property
    def place(self) -> Place:
        """This line as a place in its list."""
        return Place(case_key=self.case_key, received_on=self.received_on, due_on=self.due_on)


@record
class BinnedCase:
    """A case in the bin: what it was, who put it there, and why."""

    case_key: str
    number: str | None
    title: str
    party_names: str
    state: State
    on: date
    by: str
    reason: str


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
class OpenPromise:
    """A payment or act still owed, as lists across cases show it; ``amount`` is what is left of it, in yuan.

    ``payer`` and ``payee`` are names; ``due_on`` is the day that counts, an acceleration included.
    """

    case_key: str
    number: str | None
    title: str
    clause: int
    instalment: int | None
    payer: str
    payee: str
    amount: Decimal | None
    due_on: date
    why: str


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
    """A paper printed from a case, with the fingerprint of the file written.

    It is the ``no``-th paper of its form (from 1); ``version`` is the hash of its words, also in the code at its
    foot; ``template`` the version of the clerk's template it was made with, None for the built-in one. ``copies``
    is how many of it wait for ink, ``places`` where, as it was printed (decision 27).
    """

    at: datetime
    account: str
    form: str
    title: str
    file_name: str
    pages: int | None
    sha256: str
    no: int = 1
    version: str = ""
    template: int | None = None
    copies: int = 1
    places: tuple[InkPlace, ...] = ()


LEFT = "left:"
"""Begins the key of what one account left at one desk (see `mediation_desk.cases.left`): nobody else's to read."""


@record
class Draft:
    """Words not yet saved as a case: an intake or a record in the making."""

    key: str
    account: str
    content: dict[str, object]
    saved_at: datetime
