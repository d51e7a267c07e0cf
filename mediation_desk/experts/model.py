"""Mediators, their appointment to a case, and the parties' choice (domain.md §5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from mediation_desk.parties.model import Gender
from mediation_desk.shared.record import omitted, record


class Employment(StrEnum):
    """How a mediator serves."""

    FULL_TIME = "专职"
    PART_TIME = "兼职"
    INVITED = "特邀"
    OFFICIAL = "行政调解工作人员"


class Role(StrEnum):
    """Exactly one mediator of a case presides (LR-6)."""

    PRESIDING = "主持"
    ASSISTING = "协助"


class Selection(StrEnum):
    """How a mediator came to the case (LR-6)."""

    CHOSEN = "当事人共同选择"
    DESIGNATED = "指派"
    ACCEPTED = "当事人接受指派"
    AGENCY = "机关指定"
    INVITED = "邀请参与"


class SelectionMode(StrEnum):
    """How a round of choosing was held."""

    PARTIES = "当事人共同选择"
    DESIGNATION = "指派（当事人接受）"
    AGENCY = "机关指定"
    COURT_ROSTER = "在特邀调解员名册中共同选定"


class RecusalGround(StrEnum):
    """Grounds of 特邀调解规定 art. 15."""

    KIN = "近亲属"
    INTEREST = "利害关系"
    OTHER = "其他可能影响公正的关系"


class RecusalResult(StrEnum):
    """Ruling on a request for recusal."""

    GRANTED = "准许"
    DENIED = "驳回"


@record
class MediatorCard:
    """What the pool knows of a mediator. Identity number, phone and birth date never go on a public card (§5.1)."""

    pool_no: str
    name: str
    gender: Gender
    ethnicity: str | None = omitted(default=None)
    birth_date: date | None = omitted(default=None)
    id_no: str | None = omitted(default=None)
    phone: str | None = omitted(default=None)
    education: str | None = omitted(default=None)
    political_status: str | None = omitted(default=None)
    occupation: str | None = omitted(default=None)
    organisation: str
    employment: Employment
    grade: str | None = None
    specialties: tuple[str, ...] = ()
    languages: tuple[str, ...] = omitted(default=())
    years_mediating: int | None = omitted(default=None)
    certificate_no: str | None = omitted(default=None)


@record
class CaseMediator(MediatorCard):
    """A mediator as appointed to one case; the card is kept as it read on that day, because papers quote it."""

    role: Role
    selection: Selection
    selected_by: tuple[str, ...] = ()
    selected_on: date
    disclosure: str = ""


@record
class Recorder:
    """记录员 of a case."""

    pool_no: str
    name: str
    organisation: str


@record
class Choice:
    """The last round of choosing: who was shown, what each party ranked, who won (§5.4)."""

    mode: SelectionMode
    candidates: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]]
    result: tuple[str, ...] = ()


@record
class ChoiceRound(Choice):
    """An earlier round that was overtaken, and by what."""

    round: int
    on: date
    ended_on: date
    ended_by: str


@record
class Recusal:
    """A request that a mediator step down, and the ruling (§1.6)."""

    by: str
    on: date
    mediator: str
    ground: RecusalGround
    detail: str
    decided_by: str
    decided_on: date
    result: RecusalResult
    replaced_by: str | None = None
