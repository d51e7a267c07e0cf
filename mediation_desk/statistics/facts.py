"""``Facts``: what one case is to every statistic, worked out from its file at each save.

Whatever is counted is a question to these facts and to nothing else: a figure and the list of its cases cannot
disagree, and a submitted period is kept by keeping the facts behind it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mediation_desk.agreements.model import CONFIRMED
from mediation_desk.cases.beside import Order
from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.counted import days_taken, performed_on, source_of, succeeded
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.routing.units import UnitKind
from mediation_desk.shared.assets import remembered
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

_REFUSALS = ("裁定驳回", "裁定不予受理")
_REFERRED = "接受委托移送（"
_OFFICES = ("法院", "检察院", "公安机关", "信访部门")
_OTHERS = "其他部门"
SOURCES = ("主动", "依申请", *_OFFICES, _OTHERS)
"""Every word ``Facts.source`` may be, in the order of the sheet (§3.3 columns 12-19)."""

_COURT_MODES = ("委派", "委托")
_COURT_ENDS = ("撤诉", "调解书")
_PLACES = (UnitKind.TOWNSHIP, UnitKind.VILLAGE)


@record
class Facts:
    """Days, words and numbers of one case. Money in yuan; words as the vocabularies write them.

    ``due_on`` is the last day of the mediation period as it stands in the end; ``handed_on`` the day the case was
    first given to another unit for good; ``ended_on`` the day it left the desk: concluded, closed after another unit
    dealt with it, or over as an old register says; ``source`` one of 主动, 依申请, 法院, 检察院, 公安机关, 信访部门,
    其他部门; ``area`` the code of the township or village the dispute is in; ``days`` counts from acceptance to the
    end without suspensions; ``opened`` is 1 once a session was held. ``court_mode`` is 委派 or 委托 for a case from a
    court, and ``court_end`` 调解书 or 撤诉 where the papers sent back to the court say so. ``prevented`` is 1 where
    any danger was.
    """

    received_on: date
    accepted_on: date | None
    handed_on: date | None
    concluded_on: date | None
    ended_on: date | None
    due_on: date | None
    effective_on: date | None
    performed_on: date | None
    applied_on: date | None
    valid_on: date | None
    refused_on: date | None
    track: str
    body: str
    body_type: str
    category: str
    zz: str
    source: str
    channel: str
    area: str
    difficulty: str
    result: str | None
    form: str | None
    presiding: str | None
    people: int
    claimed_yuan: Decimal
    agreed_yuan: Decimal
    days: int | None
    sessions: int
    opened: int
    court_mode: str
    court_end: str
    prevented: int
    prevented_suicide_cases: int
    prevented_suicide_persons: int
    prevented_criminal_cases: int
    prevented_criminal_persons: int
    prevented_mass_petition_cases: int
    prevented_mass_petition_persons: int
    prevented_mass_fight_cases: int
    prevented_mass_fight_persons: int


def facts(file: CaseFile) -> Facts | None:
    """The facts of ``file``; None for a case in the bin, which counts nowhere."""
    if file.beside.binned is not None:
        return None
    court, outcome, agreed = file.judicial_confirmation, file.outcome, succeeded(file)
    held = sum(session.result is not None for session in file.sessions)
    concluded_on = outcome.concluded_on if outcome else None
    prevented = file.prevented
    dangers = (prevented.suicide, prevented.criminal, prevented.mass_petition, prevented.mass_fight)
    return Facts(
        received_on=file.intake.received_on,
        accepted_on=file.intake.accepted_on,
        handed_on=min((one.given_on for one in file.beside.orders if _gone(one)), default=None),
        concluded_on=concluded_on,
        ended_on=_ended_on(file),
        due_on=last_due_on(file),
        effective_on=file.effective_on,
        performed_on=performed_on(file),
        applied_on=court.applied_on,
        valid_on=court.decided_on if court.result == CONFIRMED else None,
        refused_on=court.decided_on if court.result.startswith(_REFUSALS) else None,
        track=file.track.value,
        body=file.organisation.name,
        body_type=file.organisation.type.value,
        category=file.dispute.category.value,
        zz=file.dispute.category_zz.code[:2],
        source=_source(source_of(file.intake)),
        channel=file.intake.channel,
        area=area_of(file.dispute.place),
        difficulty=file.dispute.difficulty.value,
        result=outcome.result.value if outcome else None,
        form=outcome.form.value if outcome and outcome.form and agreed else None,
        presiding=file.presiding.pool_no if file.presiding else None,
        people=file.people_involved,
        claimed_yuan=file.claims_total or Decimal("0.00"),
        agreed_yuan=file.agreement.total_payable if file.agreement and agreed else Decimal("0.00"),
        days=days_taken(
            file.intake.accepted_on, concluded_on, ((one.from_on, one.to) for one in file.suspensions)
        ),
        sessions=held,
        opened=int(held > 0),
        court_mode=_court_mode(file),
        court_end=_court_end(file),
        prevented=int(any(pair[0] for pair in dangers)),
        prevented_suicide_cases=prevented.suicide[0],
        prevented_suicide_persons=prevented.suicide[1],
        prevented_criminal_cases=prevented.criminal[0],
        prevented_criminal_persons=prevented.criminal[1],
        prevented_mass_petition_cases=prevented.mass_petition[0],
        prevented_mass_petition_persons=prevented.mass_petition[1],
        prevented_mass_fight_cases=prevented.mass_fight[0],
        prevented_mass_fight_persons=prevented.mass_fight[1],
    )


def area_of(place: str) -> str:
    """Code of the village, else township, whose name stands in ``place``; empty where none does."""
    return max(((len(word), code) for word, code in _place_names() if word in place), default=(0, ""))[1]


@remembered
def _place_names() -> tuple[tuple[str, str], ...]:
    """Names of townships and villages with the code of each; none while the register of units is faulty.

    A case must be kept even then; the fault is told where the register is used.
    """
    try:
        units = unit_tree().units
    except InputError:
        return ()
    places = (unit for unit in units if unit.kind in _PLACES)
    return tuple((word, unit.code) for unit in places for word in (unit.name, unit.short) if word)


def _ended_on(file: CaseFile) -> date | None:
    """The day work on the case was over; an old register says only that it is."""
    if file.outcome is not None:
        return file.outcome.concluded_on
    if file.beside.closing is not None:
        return file.beside.closing.on
    return file.intake.received_on if state_of(file) is State.ON_LEDGER else None


def _court_mode(file: CaseFile) -> str:
    words = file.court_referral.mode.value if file.court_referral else ""
    if not words and "法院" in file.intake.channel:
        words = file.intake.channel
    return next((mode for mode in _COURT_MODES if mode in words), "")


def _court_end(file: CaseFile) -> str:
    papers = "".join(file.court_referral.returned_papers) if file.court_referral else ""
    return next((end for end in _COURT_ENDS if end in papers), "")


def _gone(order: Order) -> bool:
    """Given to another unit and not come back."""
    return order.kind.moves and order.refused_on is None and order.voided_on is None


def _source(words: str) -> str:
    """The short word of a source; an office the form does not name is one of the others."""
    if not words.startswith(_REFERRED):
        return words
    office = words.removeprefix(_REFERRED).removesuffix("）")
    return office if office in _OFFICES else _OTHERS
