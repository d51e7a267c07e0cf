"""Reads a registration (``case new``): the part of ``mediation-case/1`` that a counter fills before there is a case."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from mediation_desk.cases.beside import Risk
from mediation_desk.cases.centre import Centre
from mediation_desk.cases.counter.screening import dangers
from mediation_desk.cases.model import Body, Claim, Coded, CourtReferral, Evidence, RelatedCase
from mediation_desk.cases.reception import Channel, channels, guess, title_of, zz_of
from mediation_desk.cases.registering import Register
from mediation_desk.cases.vocabulary import Category, Difficulty
from mediation_desk.interchange.derived import SCHEMA, without_derived
from mediation_desk.interchange.parse import parse
from mediation_desk.interchange.place import pointer, refusal
from mediation_desk.interchange.wording import reason
from mediation_desk.parties.model import GroupMember, Party, Side
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@record
class NewDispute:
    """What the quarrel is about; the 综治 entry follows from the kind, the kind from the facts, where not given."""

    occurred_on: date
    category: Category | None = None
    category_zz: Coded | None = None
    event_scale: Coded | None = None
    place: str = ""
    difficulty: Difficulty = Difficulty.ORDINARY


@record
class NewIntake:
    """How it came; received today unless another day is given."""

    channel: str = "窗口来访"
    received_on: date | None = None
    source_org: str | None = None
    referral_no: str | None = None


@record
class NewRisk:
    """A danger seen (LR-9) and to whom it was reported."""

    kind: str
    note: str = ""
    reported_to: str = ""
    reported_on: date | None = None


@record
class Registration:
    """The keys of the file; names are those of ``mediation-case/1``."""

    title: str = ""
    track: Track = Track.PEOPLES
    organisation: Body | None = None
    dispute: NewDispute
    intake: NewIntake = NewIntake()
    court_referral: CourtReferral | None = None
    parties: tuple[Party, ...]
    group_members: tuple[GroupMember, ...] = ()
    facts: str
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    related_cases: tuple[RelatedCase, ...] = ()
    risks: tuple[NewRisk, ...] = ()
    visit: int | None = None
    fictitious: bool = False


def read_registration(text: str | bytes, centre: Centre, today: date) -> Register:
    """The command ``text`` holds, for ``CaseService.register``.

    Raises ``InputError`` with the JSON pointer of the first place that is unknown, missing or of a wrong type.
    What the rules of a case say is found by the service.
    """
    data = parse(text)
    if data.pop("schema", SCHEMA) != SCHEMA:
        raise refusal("/schema", f"应为“{SCHEMA}”，别的格式读不了")
    given = _validated(without_derived(data))
    channel = _channel(given.intake)
    category, zz = _kind(given)
    return Register(
        title=given.title or _title(given, category),
        track=given.track,
        centre=centre.name,
        organisation=given.organisation or _body(centre, given.track),
        category=category,
        category_zz=zz,
        occurred_on=given.dispute.occurred_on,
        place=given.dispute.place,
        difficulty=given.dispute.difficulty,
        received_on=given.intake.received_on or today,
        channel=channel.name,
        source_stat=channel.source_for(given.track),
        source_org=given.intake.source_org,
        referral_no=given.intake.referral_no,
        court_referral=given.court_referral,
        parties=given.parties,
        group_members=given.group_members,
        facts=given.facts,
        claims=given.claims,
        evidence=given.evidence,
        risks=tuple(_risk(number, one, today) for number, one in enumerate(given.risks)),
        related_cases=given.related_cases,
        visit=given.visit,
        fictitious=given.fictitious,
    )


def _validated(data: dict[str, object]) -> Registration:
    from pydantic import ValidationError  # loaded late: only an import needs it

    try:
        return _adapter().validate_json(json.dumps(data))
    except ValidationError as trouble:
        first: Any = trouble.errors(include_url=False, include_input=False)[0]
        raise refusal(pointer(step for step in first["loc"] if step != "[key]"), reason(first)) from None


@cache
def _adapter() -> TypeAdapter[Registration]:
    from pydantic import TypeAdapter

    return TypeAdapter(Registration)


def _channel(intake: NewIntake) -> Channel:
    found = next((one for one in channels() if one.name == intake.channel), None)
    if found is None:
        known = "、".join(one.name for one in channels())
        raise refusal("/intake/channel", f"不在允许的取值之内，只能是{known}")
    if found.needs_sender and not intake.source_org:
        raise refusal("/intake/source_org", "请写明是哪个单位移送、委派或转办的")
    return found


def _kind(given: Registration) -> tuple[Category, Coded]:
    category, zz = given.dispute.category, given.dispute.category_zz
    if category is None:
        found = guess(given.facts)
        if found is None:
            raise refusal("/dispute/category", "从经过里看不出纠纷类型，请写明")
        return found.category, zz or found.zz
    return category, zz or zz_of(category)


def _title(given: Registration, category: Category) -> str:
    first = tuple(party.name for party in given.parties if party.side is Side.APPLICANT)
    second = tuple(party.name for party in given.parties if party.side is not Side.APPLICANT)
    title = title_of(first, second, category)
    if not title:
        raise refusal("/parties", "至少要有一名申请人和一名对方当事人")
    return title


def _body(centre: Centre, track: Track) -> Body:
    found = next((body for kind, body in centre.bodies if kind is track), None)
    if found is None:
        raise refusal("/organisation", f"本中心没有做{track}的单位，请写明")
    return found


def _risk(number: int, one: NewRisk, today: date) -> Risk:
    kinds = tuple(danger.kind for danger in dangers())
    if one.kind not in kinds:
        raise refusal(f"/risks/{number}/kind", f"不在允许的取值之内，只能是{'、'.join(kinds)}")
    return Risk(
        kind=one.kind,
        noted_on=today,
        noted_by="",
        note=one.note,
        reported_to=one.reported_to,
        reported_on=one.reported_on,
    )
