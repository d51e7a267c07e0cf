"""Places to sign, computed from the lists of people; nothing is filled in, paper is signed by hand (LR-12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import DayLine, SealPlace, SignatureArea, SignaturePlace
from mediation_desk.documents.forms.people import (
    agent_title,
    guardian_title,
    head_title,
    mediator_title,
    representatives,
)
from mediation_desk.documents.house import house
from mediation_desk.parties.model import Authority, Party
from mediation_desk.shared.dates import cn_date_or_blank
from mediation_desk.shared.track import Track

SIGN_AND_PRINT = "签名并按指印"
SIGN_HERE = "签名、盖章或者按指印（各自注明日期）："


def refused(file: CaseFile) -> frozenset[str]:
    """Parties and members who would not sign and are bound by nothing."""
    unsigned = {member.ref for member in file.group_members if member.signed is False}
    return frozenset({entry.ref for entry in file.not_signed} | unsigned)


def agreement_places(file: CaseFile) -> SignatureArea:
    """Every party by whoever may bind it (LR-18, LR-19), every mediator, the recorder."""
    out = refused(file)
    parties = [place for party in file.parties if party.ref not in out for place in party_places(file, party)]
    return SignatureArea(places=(*parties, *office_places(file)))


def party_places(file: CaseFile, party: Party, *, settling: bool = True) -> list[SignaturePlace]:
    """Places of one party. ``settling``: only agents with 特别授权 may sign; else any agent may (a record)."""
    who = f"{party.side}：{party.name}"
    agents = [agent for agent in party.agents if not settling or agent.authority is Authority.SPECIAL]
    if party.is_group:
        return _group_places(file, party, who)
    acting = tuple(agent.name for agent in agents)
    if party.is_person:
        places = [_own_place(party, who)]
        return places + [
            SignaturePlace(
                by=f"{agent_title(agent)}{agent.name}",
                nested=True,
                either=True,
                ref=party.ref,
                hands=(agent.name,),
            )
            for agent in agents
        ]
    head = _head_name(party)
    heads = [f"{head_title(party)}{head}", *(f"{agent_title(agent)}{agent.name}" for agent in agents)]
    hands = (head, *acting) if head else acting
    return [SignaturePlace(party=f"{who}（盖章）", by="或".join(heads), ref=party.ref, hands=hands)]


def office_places(file: CaseFile) -> list[SignaturePlace]:
    """Every mediator and the recorder."""
    places = [
        SignaturePlace(by=f"{mediator_title(file, m)}{m.name}", ref=m.pool_no, hands=(m.name,))
        for m in file.mediators
    ]
    if file.recorder:
        name = file.recorder.name
        places.append(SignaturePlace(by=f"记录人{name}", ref=file.recorder.pool_no, hands=(name,)))
    return places


def by_hand(role: str, name: str = "", *, act: str = "签名", ref: str = "") -> SignaturePlace:
    """``登记人王某``: somebody in a role; whoever keeps the tray knows the same human by the bare name."""
    return SignaturePlace(by=f"{role}{name}", act=act, ref=ref, hands=(name,) if name else ())


def hands_of(file: CaseFile, ref: str) -> tuple[str, ...]:
    """Names any one of whom may sign for this party, member, mediator or recorder where nothing is settled."""
    party = file.party(ref)
    if party is None:
        return (file.name_of(ref),)
    places = party_places(file, party, settling=False)
    return tuple(dict.fromkeys(name for place in places for name in place.hands)) or (party.name,)


def acting(places: Iterable[SignaturePlace], act: str) -> tuple[SignaturePlace, ...]:
    """The places with what this centre asks of people in their own cause; agents and officials just sign."""
    return tuple(replace(place, act=act) if place.act == SIGN_AND_PRINT else place for place in places)


def called(places: Iterable[SignaturePlace], party: Party, word: str) -> tuple[SignaturePlace, ...]:
    """The party's places under another name than its side (委托人, 收款人)."""
    side = f"{party.side}："
    return tuple(replace(place, party=place.party.replace(side, f"{word}：", 1)) for place in places)


def closing(file: CaseFile, form: str) -> str:
    """What this centre says above the places to sign, for this body and track."""
    track = "调解" if file.track is Track.JUDICIAL else file.track.value
    words = {"{body}": file.organisation.name, "{kind}": body_word(file), "{track}": track}
    sentence = house(form).closing
    for placeholder, word in words.items():
        sentence = sentence.replace(placeholder, word)
    return sentence


def sealed(file: CaseFile, form: str, day: date | None) -> SealPlace | DayLine:
    """The end of a paper: body, seal and day where this centre seals ``form``, else the day alone."""
    return seal(file, day) if house(form).seal else DayLine(day=cn_date_or_blank(day))


def seal(file: CaseFile, day: date | None) -> SealPlace:
    """Where the body puts its seal, and the day of the paper."""
    return SealPlace(body=file.organisation.name, day=cn_date_or_blank(day))


def body_word(file: CaseFile) -> str:
    """人民调解委员会 or what else the body is in the sentences of a paper."""
    if file.organisation.type.is_committee:
        return "人民调解委员会"
    return "行政机关" if file.track is Track.ADMINISTRATIVE else "调解组织"


def _own_place(party: Party, who: str) -> SignaturePlace:
    if party.guardian is None:
        return SignaturePlace(party=who, act=SIGN_AND_PRINT, ref=party.ref, hands=(party.name,))
    guardian = party.guardian
    by = f"{guardian_title(guardian)}{guardian.name}"
    return SignaturePlace(party=who, by=by, act=SIGN_AND_PRINT, ref=party.ref, hands=(guardian.name,))


def _group_places(file: CaseFile, party: Party, who: str) -> list[SignaturePlace]:
    members = representatives(file, party)
    return [
        SignaturePlace(
            party="" if place else who,
            by=f"代表人{member.name}",
            act=SIGN_AND_PRINT,
            nested=place > 0,
            ref=member.ref,
            hands=(member.name,),
        )
        for place, member in enumerate(members)
    ] or [SignaturePlace(party=who, by="代表人", act=SIGN_AND_PRINT, ref=party.ref)]


def _head_name(party: Party) -> str:
    if party.operator:
        return party.operator.name
    return party.legal_representative.name if party.legal_representative else ""
