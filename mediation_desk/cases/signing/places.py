"""Each place of the agreement: whose hand may sign it, in which ways, and what stands against it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from mediation_desk.agreements.signing import Signer, Signing, SignWay, group_method, method_text
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.signing.annex import annex_gap, group_count
from mediation_desk.parties.model import Authority, Party, PartyKind, age_on
from mediation_desk.shared.assets import built
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

_ADULT = 18
_BY_AGENT = re.compile(r"(?<!法定)代理人")
_BY_GUARDIAN = re.compile("法定代理人|监护人")
_ELECTRONIC = "电子"
_SEALS = "章"
_HEADS = {PartyKind.COMPANY: Signer.LEGAL, PartyKind.UNINCORPORATED: Signer.HEAD}


@record
class Hand:
    """Somebody who may sign at a place, and what is usual there."""

    by: Signer
    name: str
    ways: tuple[SignWay, ...]
    seal: str = ""

    @property
    def words(self) -> str:
        """``代理人 卢倩``."""
        return f"{self.by} {self.name}".strip()

    def signing(self, ref: str) -> Signing:
        """The usual signature of this hand."""
        return Signing(ref=ref, by=self.by, name=self.name, ways=self.ways, seal=self.seal)


def hands(file: CaseFile, ref: str, on: date) -> tuple[Hand, ...]:
    """Who may sign at ``ref`` on that day, the usual one first; an agent without 特别授权 is not among them."""
    party = file.party(ref)
    if party is None:
        return (_office(file, ref),)
    agents = tuple(agent for agent in party.agents if agent.authority is Authority.SPECIAL)
    if party.is_group:
        return (_group_hand(file, party),)
    if party.is_person:
        both = (SignWay.SIGNATURE, SignWay.FINGERPRINT)
        if (guardian := party.guardian) is not None and is_minor(party, on):
            by = Signer.STATUTORY if guardian.statutory_agent else Signer.GUARDIAN
            own = Hand(by=by, name=guardian.name, ways=both)
        else:
            own = Hand(by=Signer.OWN, name=party.name, ways=both)
        return (own, *(Hand(by=Signer.AGENT, name=agent.name, ways=both) for agent in agents))
    ways = (SignWay.SIGNATURE, SignWay.SEAL)
    if party.operator is not None:
        head = Hand(by=Signer.OPERATOR, name=party.operator.name, ways=ways, seal="印章")
    else:
        legal = party.legal_representative
        by = _HEADS.get(party.kind, Signer.OPERATOR)
        head = Hand(by=by, name=legal.name if legal else "", ways=ways, seal="公章")
    acting = tuple(Hand(by=Signer.AGENT, name=agent.name, ways=ways, seal="公章") for agent in agents)
    return (*acting, head)


def usual_method(file: CaseFile, ref: str, on: date) -> str:
    """The words for this place when everything is as usual."""
    party = file.party(ref)
    if party is not None and party.is_group:
        count = group_count(file, ref)
        if count.whole:
            return group_method(count)
        return f"代表人{len(party.representatives)}人签名并按指印"
    return method_text(hands(file, ref, on)[0].signing(ref))


def ways_for(file: CaseFile, hand: Hand) -> tuple[tuple[SignWay, ...], ...]:
    """What this hand may put on the paper, the usual one first; an e-signature only where the law allows it."""
    if hand.by in (Signer.REPRESENTATIVES, Signer.MEMBERS) or hand.ways == (SignWay.SEAL,):
        return (hand.ways,)
    known = [hand.ways]
    if len(hand.ways) > 1:  # a party; the office only signs
        known += [(SignWay.SIGNATURE,), (SignWay.SEAL if SignWay.SEAL in hand.ways else SignWay.FINGERPRINT,)]
    if not no_electronic(file):
        known.append((SignWay.ELECTRONIC,))
    return tuple(dict.fromkeys(known))


def no_electronic(file: CaseFile) -> str:
    """Why this agreement may not be signed electronically; "" when it may (电子签名法 art. 3)."""
    return built("signing", lambda data: _no_electronic(data, file))


def _no_electronic(data: Mapping[str, Any], file: CaseFile) -> str:
    clauses = file.agreement.clauses if file.agreement is not None else ()
    said = "".join((file.title, *(clause.text for clause in clauses)))
    for entry in data["no_electronic"]:
        word = next((word for word in entry["words"] if word in said), "")
        by_kind = file.dispute.category.value in entry["categories"]
        if by_kind or word:
            why = file.dispute.category.value if by_kind else f"协议里有“{word}”"
            return f"{why}，涉及{entry['about']}，不能用电子签名（{entry['basis']}）"
    return ""


def is_minor(party: Party, on: date) -> bool:
    """Whether the party is under 18 on that day (民法典 art. 17 to 20)."""
    return party.birth_date is not None and age_on(party.birth_date, on) < _ADULT


def demand_signable(file: CaseFile, ref: str, method: str, on: date, signing: Signing | None) -> None:
    """Refuse a signature the law does not let stand. Raises ``RuleError`` with its rule, or ``InputError``."""
    if _ELECTRONIC in method and (reason := no_electronic(file)):
        raise RuleError(f"{reason}，请在纸上签名。", rule="电子签名法第三条")
    if signing is not None and signing.instead:
        _demand_witnessed(file, signing)
    party = file.party(ref)
    if party is None:
        return
    if party.is_group:
        gap = annex_gap(file, ref)
        if gap:
            raise RuleError(f"{gap}附表齐全，这一方才算签署（民事诉讼法第五十六条）。", rule="LR-19")
        return
    _demand_power(party, method, signing)
    if party.is_person and is_minor(party, on) and not _BY_GUARDIAN.search(method):
        raise RuleError(
            f"{party.name}签署之日未满十八周岁，由法定代理人或者监护人签署（民法典第十九条、第二十条）。",
            rule="民法典第十九条",
        )
    if party.kind in _HEADS and _SEALS not in method and _ELECTRONIC not in method:
        basis = built("signing", _seal_rule)
        if basis:
            raise RuleError(f"{party.name}是{party.kind}，要加盖印章（{basis}）。", rule="LR-12")


def _demand_power(party: Party, method: str, signing: Signing | None) -> None:
    by_agent = signing.by is Signer.AGENT if signing is not None else bool(_BY_AGENT.search(method))
    if not by_agent:
        return
    special = {agent.name for agent in party.agents if agent.authority is Authority.SPECIAL}
    if not special:
        raise RuleError(
            f"{party.name}的代理人没有特别授权，不能代签协议（民事诉讼法第六十二条）。", rule="LR-18"
        )
    if signing is not None and signing.name and signing.name not in special:
        raise RuleError(
            f"{signing.name}没有{party.name}的特别授权，不能代签协议（民事诉讼法第六十二条）。", rule="LR-18"
        )


def _demand_witnessed(file: CaseFile, signing: Signing) -> None:
    who = file.name_of(signing.ref)
    if not signing.reason.strip():
        raise InputError(f"{who}以按指印代替签名，请写明原因，例如不会写字。", field="reason")
    if not (signing.scribe.strip() or signing.witness.strip()):
        raise InputError(f"{who}以按指印代替签名，请写明由谁代书或者由谁见证。", field="scribe")


def _seal_rule(data: Mapping[str, Any]) -> str:
    rule = data["company_seal"]
    return str(rule["basis"]) if rule["required"] else ""


def _group_hand(file: CaseFile, party: Party) -> Hand:
    count = group_count(file, party.ref)
    by = Signer.REPRESENTATIVES if count.mandated or not count.signed else Signer.MEMBERS
    return Hand(by=by, name="", ways=(SignWay.SIGNATURE, SignWay.FINGERPRINT))


def _office(file: CaseFile, ref: str) -> Hand:
    if ref != "ORG":
        return Hand(by=Signer.OWN, name=file.name_of(ref), ways=(SignWay.SIGNATURE,))
    if file.organisation.type.is_committee:
        seal = "人民调解委员会印章"
    else:
        seal = "行政机关印章" if file.track is Track.ADMINISTRATIVE else "调解组织印章"
    return Hand(by=Signer.OWN, name="", ways=(SignWay.SEAL,), seal=seal)
