"""A registration back into the words the intake sheet shows: the inverse of `assemble`."""

from __future__ import annotations

from decimal import Decimal

from mediation_desk.cases.model import Claim, CourtReferral
from mediation_desk.cases.registering import Register
from mediation_desk.parties.model import (
    Agent,
    GroupMember,
    Guardian,
    LegalRepresentative,
    Operator,
    Party,
    Side,
)
from mediation_desk.shared.money import figures
from ui.fields.date_field import show_day
from ui.screens.intake.assemble import claim_sides

WordsOf = dict[str, object]


def words_of(registered: Register) -> WordsOf:
    """Everything the sheet can show of ``registered``; nothing on it is to be suggested anew."""
    return {
        "track": registered.track.value,
        "body": registered.organisation.name,
        "channel": registered.channel,
        "source_org": registered.source_org or "",
        "referral_no": registered.referral_no or "",
        "received_on": show_day(registered.received_on),
        "court": _court(registered.court_referral),
        "title": registered.title,
        "category": registered.category.value,
        "category_zz": registered.category_zz.code,
        "difficulty": registered.difficulty.value,
        "occurred_on": show_day(registered.occurred_on),
        "place": registered.place,
        "facts": registered.facts,
        "own_title": True,
        "own_category": True,
        "own_code": True,
        "parties": [_party(party, _members_of(registered, party.ref)) for party in registered.parties],
        "claims": [_claim(claim, registered.parties) for claim in registered.claims],
    }


def _members_of(registered: Register, ref: str) -> tuple[GroupMember, ...]:
    return tuple(member for member in registered.group_members if member.party_ref == ref)


def _court(court: CourtReferral | None) -> WordsOf:
    if court is None:
        return {}
    return {
        "filed_on": show_day(court.filed_on),
        "referred_on": show_day(court.referred_on),
        "received_signed_on": show_day(court.received_signed_on),
        "court_case_no": court.court_case_no or "",
        "procedure": court.procedure or "",
        "parties_consent": court.parties_consent,
    }


def _party(party: Party, members: tuple[GroupMember, ...]) -> WordsOf:
    return {
        "side": party.side.value,
        "kind": party.kind.value,
        "kind_chosen": True,
        "name": party.name,
        "id_no": party.id_no or party.uscc or "",
        "id_type": party.id_type.name if party.id_type else "",
        "phone": party.phone,
        "address": party.address,
        "gender": party.gender.value if party.gender else "",
        "birth_date": show_day(party.birth_date),
        "ethnicity": party.ethnicity or "",
        "occupation": party.occupation or "",
        "headcount": "" if members or party.headcount is None else str(party.headcount),
        "letter_on": show_day(party.representative_letter_on),
        "guardian": _guardian(party.guardian),
        "legal": _legal(party.legal_representative),
        "operator": _operator(party.operator),
        "members": [_member(member) for member in members],
        "agents": [_agent(agent) for agent in party.agents],
    }


def _guardian(guardian: Guardian | None) -> WordsOf:
    if guardian is None:
        return {}
    return {
        "name": guardian.name,
        "relation": guardian.relation,
        "id_no": guardian.id_no,
        "phone": guardian.phone,
        "consent_on": show_day(guardian.consent_on),
        "statutory_agent": guardian.statutory_agent,
    }


def _legal(legal: LegalRepresentative | None) -> WordsOf:
    return {} if legal is None else {"name": legal.name, "position": legal.position}


def _operator(operator: Operator | None) -> WordsOf:
    return (
        {} if operator is None else {"name": operator.name, "id_no": operator.id_no, "phone": operator.phone}
    )


def _agent(agent: Agent) -> WordsOf:
    return {
        "name": agent.name,
        "gender": agent.gender.value,
        "phone": agent.phone,
        "kind": agent.kind,
        "position": agent.position,
        "authority": agent.authority.value,
        "poa_on": show_day(agent.poa_on),
    }


def _member(member: GroupMember) -> WordsOf:
    return {
        "name": member.name,
        "id_no": member.id_no,
        "phone": member.phone,
        "amount": _yuan(member.gross),
        "representative": member.is_representative,
    }


def _claim(claim: Claim, parties: tuple[Party, ...]) -> WordsOf:
    """Who and against whom is written only where the sheet would not find them by itself."""
    named = {party.ref: party.name for party in parties}
    first = next((party.ref for party in parties if party.side is Side.APPLICANT), parties[0].ref)
    everybody = claim.against == claim_sides(parties, claim.by)
    return {
        "item": claim.item,
        "amount": _yuan(claim.amount),
        "by": "" if claim.by == first else named.get(claim.by, ""),
        "against": "" if everybody or len(claim.against) != 1 else named.get(claim.against[0], ""),
    }


def _yuan(amount: Decimal | None) -> str:
    return "" if amount is None else figures(amount)
