"""共同申请: who has said so and who has not (LR-15)."""

from __future__ import annotations

from datetime import date

from mediation_desk.agreements.court import Will
from mediation_desk.agreements.signing import Signer
from mediation_desk.cases.court.rules import article
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.signing.places import is_minor
from mediation_desk.parties.model import Authority, Party
from mediation_desk.shared.errors import InputError, RuleError


def bound_parties(file: CaseFile) -> tuple[Party, ...]:
    """The parties of the agreement: whoever refused to sign is not asked."""
    out = {entry.ref for entry in file.not_signed}
    return tuple(party for party in file.parties if party.ref not in out)


def will_of(file: CaseFile, ref: str) -> Will | None:
    """The last word of this party."""
    return next((one for one in reversed(file.beside.wills) if one.ref == ref), None)


def lacking_wills(file: CaseFile, on: date | None = None) -> str:
    """Why an application is not a joint one yet; "" when all parties want it (by ``on``)."""
    silent, against = [], []
    for party in bound_parties(file):
        will = will_of(file, party.ref)
        if will is None or (on is not None and will.on > on):
            silent.append(party.name)
        elif not will.agrees:
            against.append(party.name)
    told = [f"{'、'.join(against)}不同意申请"] if against else []
    if silent:
        told.append(f"还没有记下{'、'.join(silent)}的申请意愿")
    return "，".join(told)


def may_speak(file: CaseFile, party: Party, on: date) -> tuple[tuple[Signer, str], ...]:
    """Who may say it for this party, the usual one first."""
    if party.is_group:
        chosen = [one for one in file.members_of(party.ref) if one.is_representative]
        people = [(Signer.REPRESENTATIVES, member.name) for member in chosen]
        people = people or [(Signer.REPRESENTATIVES, "")]
    elif party.is_person and party.guardian is not None and is_minor(party, on):
        statutory = party.guardian.statutory_agent
        people = [(Signer.STATUTORY if statutory else Signer.GUARDIAN, party.guardian.name)]
    elif party.is_person:
        people = [(Signer.OWN, party.name)]
    elif party.operator is not None:
        people = [(Signer.OPERATOR, party.operator.name)]
    else:
        head = party.legal_representative
        people = [(Signer.LEGAL, head.name if head is not None else "")]
    return (*people, *((Signer.AGENT, agent.name) for agent in party.agents))


def demand_speaker(file: CaseFile, will: Will) -> None:
    """An agent needs a letter for it. Raises ``RuleError`` (LR-18) or ``InputError``."""
    party = file.party(will.ref)
    if party is None:
        raise InputError(f"“{will.ref[:20]}”不是本案的当事人。", field="ref")
    if party not in bound_parties(file):
        raise RuleError(f"{party.name}没有签署协议，不用征求申请的意愿。", rule="LR-15")
    if will.by is not Signer.AGENT:
        return
    agent = next((one for one in party.agents if will.name in ("", one.name)), None)
    if agent is None:
        raise RuleError(f"{will.name or '代理人'}不是{party.name}的委托代理人。", rule="LR-18")
    if agent.authority is not Authority.SPECIAL and will.authority_on is None:
        raise RuleError(
            f"{agent.name}没有{party.name}的特别授权；请写明载有“代为申请司法确认”的委托书日期（{article('agent')}）。",
            rule="LR-18",
        )
    if will.authority_on is not None and will.authority_on > will.on:
        raise InputError("委托书的日期晚于表示意愿的日期。", field="authority_on")
