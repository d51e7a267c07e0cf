"""What is read of a mediator's cases, and what a figure made of them looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal

from mediation_desk.agreements.model import AgreementForm, Satisfaction
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.vocabulary import Category, Result
from mediation_desk.experts.model import Role
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


@record
class Obligation:
    """One payment or act; ``moved_on`` is the earlier day an acceleration clause made it due.

    ``waived_on`` is the day the creditor forgave it, or the part of it this stands for.
    """

    clause: int
    due_on: date
    done_on: date | None = None
    moved_on: date | None = None
    waived_on: date | None = None


@record
class Promise:
    """A day the text of a clause names; rows of performance may reach less far than the clause."""

    clause: int
    due_on: date


@record
class Pause:
    """A suspension; both days stand still."""

    first: date
    last: date


@record
class Visit:
    """A follow-up visit and the evaluation it brought."""

    on: date
    satisfaction: Satisfaction


@record
class Handled:
    """One case as far as figures of a mediator need it.

    ``counted`` says whether the case counts as a concluded one where it ended (§3.3 column 1). The parts below
    the agreement are read for cases that ended in the period only. ``pressed_on`` is the first day somebody was
    urged or the court was asked to enforce.
    """

    case_key: str
    category: Category
    role: Role
    selected_on: date
    counted: bool
    accepted_on: date | None
    due_on: date | None
    concluded_on: date | None
    result: Result | None
    form: AgreementForm | None
    effective_on: date | None
    performed_on: date | None
    confirm_applied_on: date | None
    confirm_valid_on: date | None
    obligations: tuple[Obligation, ...] = ()
    promises: tuple[Promise, ...] = ()
    pauses: tuple[Pause, ...] = ()
    visits: tuple[Visit, ...] = ()
    pressed_on: date | None = None


@record
class MediatorFigure:
    """One figure of one mediator.

    ``numerator`` and ``denominator`` are the keys of the cases behind it; a plain count has no denominator, an
    average counts the same cases in both. ``part`` and ``whole`` are what was divided: cases, evaluations or days.
    ``few`` marks a rate or an average of fewer than the threshold: it shows counts and has no ``value``, so that
    nobody is ranked by it. ``notes`` says per case what it brought, e.g. ``15 天``.
    """

    code: str
    group: str
    name: str
    definition: str
    text: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    value: Decimal | None
    unit: str
    part: int
    whole: int
    few: bool = False
    counts: str = ""
    numerator_name: str = ""
    denominator_name: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def cases(self) -> tuple[str, ...]:
        """Keys of every case behind the figure."""
        return self.denominator or self.numerator


@record
class LeftOut:
    """An indicator of the assessment rules that the files give no ground for, and why."""

    name: str
    reason: str


@record
class CaseLine:
    """A case behind a figure, as a list shows it."""

    case_key: str
    number: str | None
    title: str
    track: Track
    category: Category
    state: State
    result: Result | None
    concluded_on: date | None
