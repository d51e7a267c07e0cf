"""``Register``: what a counter asks for before there is a case (T-2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mediation_desk.cases.beside import Beside, Risk
from mediation_desk.cases.model import (
    Body,
    CaseFile,
    Claim,
    Coded,
    CourtReferral,
    Dispute,
    Evidence,
    Intake,
    LoopEntry,
    RelatedCase,
)
from mediation_desk.cases.vocabulary import Category, Difficulty, SourceStat
from mediation_desk.parties.model import GroupMember, Party
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

SCALES = (
    (10, Coded(code="01", name="个体性事件")),
    (100, Coded(code="02", name="一般群体性事件")),
)
LARGE = Coded(code="03", name="重大群体性事件")


@record
class Register:
    """One intake screen, filled; ``visit`` is the consultation it began with."""

    title: str
    track: Track
    centre: str
    organisation: Body
    category: Category
    category_zz: Coded
    occurred_on: date
    place: str = ""
    difficulty: Difficulty = Difficulty.ORDINARY
    received_on: date
    channel: str
    source_stat: SourceStat
    source_org: str | None = None
    referral_no: str | None = None
    court_referral: CourtReferral | None = None
    parties: tuple[Party, ...]
    group_members: tuple[GroupMember, ...] = ()
    facts: str
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    risks: tuple[Risk, ...] = ()
    related_cases: tuple[RelatedCase, ...] = ()
    visit: int | None = None
    fictitious: bool = False


def open_file(command: Register, *, case_key: str, registrar: str) -> CaseFile:
    """The case file that begins with this registration."""
    return CaseFile(
        case_key=case_key,
        fictitious=command.fictitious,
        title=command.title,
        track=command.track,
        centre=command.centre,
        organisation=command.organisation,
        dispute=Dispute(
            category=command.category,
            category_zz=command.category_zz,
            event_scale=scale_of(sum(party.persons for party in command.parties)),
            occurred_on=command.occurred_on,
            place=command.place,
            difficulty=command.difficulty,
        ),
        intake=Intake(
            received_on=command.received_on,
            channel=command.channel,
            source_stat=command.source_stat,
            source_org=command.source_org,
            referral_no=command.referral_no,
            registrar=registrar,
        ),
        court_referral=command.court_referral,
        related_cases=command.related_cases,
        parties=command.parties,
        group_members=command.group_members,
        facts=command.facts,
        claims=command.claims,
        claims_total=claims_total(command.claims),
        evidence=command.evidence,
        closed_loop=(LoopEntry(on=command.received_on, stage="登记", actor=registrar, note=command.channel),),
        beside=Beside(risks=command.risks),
    )


def registration_of(file: CaseFile) -> Register:
    """What the counter registered of this case, as it stands now: the inverse of :func:`open_file`."""
    return Register(
        title=file.title,
        track=file.track,
        centre=file.centre,
        organisation=file.organisation,
        category=file.dispute.category,
        category_zz=file.dispute.category_zz,
        occurred_on=file.dispute.occurred_on,
        place=file.dispute.place,
        difficulty=file.dispute.difficulty,
        received_on=file.intake.received_on,
        channel=file.intake.channel,
        source_stat=file.intake.source_stat,
        source_org=file.intake.source_org,
        referral_no=file.intake.referral_no,
        court_referral=file.court_referral,
        parties=file.parties,
        group_members=file.group_members,
        facts=file.facts,
        claims=file.claims,
        evidence=file.evidence,
        risks=file.beside.risks,
        related_cases=file.related_cases,
        fictitious=file.fictitious,
    )


def claims_total(claims: tuple[Claim, ...]) -> Decimal | None:
    """Sum of the claims that are money, in yuan; None where none is, or where parties claim against each other."""
    money = [claim for claim in claims if claim.amount is not None]
    against = {ref for claim in money for ref in claim.against}
    if not money or any(claim.by in against for claim in money):
        return None
    return sum((claim.amount for claim in money if claim.amount is not None), Decimal("0.00"))


def scale_of(persons: int) -> Coded:
    """事件规模 by the number of people; the bounds are [K] and belong to the centre."""
    return next((scale for bound, scale in SCALES if persons < bound), LARGE)
