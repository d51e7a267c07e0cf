"""What the rate tables ask about a case, read off its file once; no name of a party is among it."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.counted import succeeded
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Category, Difficulty
from mediation_desk.experts.model import CaseMediator, Role
from mediation_desk.shared.record import record
from mediation_desk.shared.text import fold_width, folded
from mediation_desk.shared.track import Track


@record
class Matter:
    """``people`` as 表二 counts them, money in yuan, ``sessions`` those held; ``mediators`` the presiding one first."""

    track: Track
    accepted: bool
    success: bool
    concluded_on: date | None
    category: Category
    difficulty: Difficulty
    people: int
    group: bool
    agreed: Decimal
    claimed: Decimal
    sessions: int
    form: AgreementForm | None
    prevented: bool
    mediators: tuple[CaseMediator, ...]


def matter_of(file: CaseFile) -> Matter:
    """Read the file."""
    agreement = file.agreement if succeeded(file) else None
    dangers = file.prevented
    counts = (dangers.suicide, dangers.criminal, dangers.mass_petition, dangers.mass_fight)
    return Matter(
        track=file.track,
        accepted=file.intake.accepted_on is not None,
        success=agreement is not None,
        concluded_on=file.outcome.concluded_on if file.outcome else None,
        category=file.dispute.category,
        difficulty=file.dispute.difficulty,
        people=file.people_involved,
        group=any(party.is_group for party in file.parties),
        agreed=agreement.total_payable if agreement else Decimal("0.00"),
        claimed=file.claims_total or Decimal("0.00"),
        sessions=sum(session.held for session in file.sessions),
        form=agreement.form if agreement else None,
        prevented=any(cases for cases, _persons in counts),
        mediators=tuple(sorted(file.mediators, key=lambda one: one.role is not Role.PRESIDING)),
    )


def basis_of(file: CaseFile) -> str:
    """A fingerprint of everything a worksheet rests on, performance and filing left out: they only grow."""
    matter = matter_of(file)
    serving = [(one.pool_no, one.role, one.grade, one.employment, one.occupation) for one in matter.mediators]
    rest = (
        matter.track, matter.accepted, matter.success, matter.concluded_on, matter.category, matter.difficulty,
        matter.people, matter.group, matter.agreed, matter.claimed, matter.sessions, matter.form, matter.prevented,
    )  # fmt: skip
    words = "|".join(map(str, (*rest, *serving, file.beside.binned is not None)))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def parties_print(file: CaseFile) -> str:
    """A fingerprint of who quarrels with whom about what kind of thing: sides may be exchanged, order does not count.

    Names alone: an identity number may be known in one case and not in the other. Whether two cases with the same
    print are the same dispute, `sameness.same_dispute` decides.
    """
    sides: dict[str, list[str]] = {}
    for party in file.parties:
        sides.setdefault(party.side, []).append(folded(fold_width(party.name)))
    members = sorted(folded(fold_width(member.name)) for member in file.group_members)
    words = sorted("+".join(sorted(names)) for names in sides.values())
    return hashlib.sha256("|".join((file.dispute.category, *words, "#", *members)).encode()).hexdigest()[:32]
