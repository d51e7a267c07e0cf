"""A draft of an agreement as the checklist judges it, and the annex of a group as the file keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mediation_desk.agreements.lawful.model import Claimed, Matter
from mediation_desk.agreements.model import Clause, Unresolved
from mediation_desk.agreements.terms import MemberParts, Term
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Difficulty
from mediation_desk.parties.model import GroupMember
from mediation_desk.shared.errors import InputError


def settled_on(file: CaseFile) -> date:
    """Day the parties agreed: the last session held; nobody can sign earlier."""
    held = [session.date for session in file.sessions if session.held]
    return held[-1] if held else file.intake.accepted_on or file.intake.received_on


def matter_of(
    file: CaseFile,
    clauses: Sequence[Clause],
    terms: Sequence[Term] = (),
    *,
    annex: Sequence[MemberParts] | None = None,
    unresolved: Iterable[Unresolved] = (),
    oral: bool = False,
) -> Matter:
    """What the checklist needs of ``file`` for this draft; without ``annex`` the members' parts on file count."""
    out = {entry.ref for entry in file.not_signed}
    members = [member for member in file.group_members if member.ref not in out]
    if annex is None:
        annex = [MemberParts(ref=member.ref, parts=member.instalments) for member in members]
    groups = [
        (party.ref, tuple(member.ref for member in members if member.party_ref == party.ref))
        for party in file.parties
        if party.is_group
    ]
    return Matter(
        clauses=tuple(clauses),
        terms=tuple(terms),
        annex=tuple(annex),
        unresolved=tuple(entry.claim for entry in unresolved),
        oral=oral,
        parties=file.parties,
        groups=tuple(groups),
        others=tuple(person.name for person in file.related_persons),
        claims=tuple(
            Claimed(ref=one.ref, by=one.by, against=one.against, item=one.item, amount=one.amount)
            for one in file.claims
        ),
        track=file.track,
        category=file.dispute.category.value,
        category_zz=file.dispute.category_zz.code,
        difficult=file.dispute.difficulty is Difficulty.DIFFICULT,
        occurred_on=file.dispute.occurred_on,
        settled_on=settled_on(file),
    )


def whole_of(member: GroupMember) -> Decimal:
    """What a member gets or owes as things stand: what is agreed, else what is owed, else what was asked for."""
    return next((one for one in (member.net, member.owed) if one is not None), member.gross)


def with_annex(file: CaseFile, annex: Sequence[MemberParts]) -> tuple[GroupMember, ...]:
    """The members with what each gets or pays; a sum other than the one owed becomes ``net``.

    Raises ``InputError`` for somebody who is no member.
    """
    known = {member.ref for member in file.group_members}
    stranger = next((one.ref for one in annex if one.ref not in known), None)
    if stranger is not None:
        raise InputError(f"附表里的“{stranger[:20]}”不是本案的群体成员。", field="annex")
    parts = {one.ref: one.parts for one in annex}
    return tuple(
        _shared(member, parts[member.ref]) if member.ref in parts else member for member in file.group_members
    )


def _shared(member: GroupMember, parts: tuple[Decimal, ...]) -> GroupMember:
    total = sum(parts, Decimal("0.00"))
    if not parts or total == whole_of(member):
        return replace(member, instalments=parts)
    discount = member.gross - total if member.discount is not None else None
    return replace(member, instalments=parts, net=total, discount=discount)
