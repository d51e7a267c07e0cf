"""Who the parties are, as papers introduce them (§2.2: order of the fields)."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import PartyBlock
from mediation_desk.experts.model import CaseMediator, Employment
from mediation_desk.parties.model import Agent, GroupMember, Guardian, Party, PartyKind, Side, age_on
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.track import Track

Row = tuple[tuple[str, str], ...]


def party_blocks(file: CaseFile, *sides: Side) -> tuple[PartyBlock, ...]:
    """A block for every party, or for those on ``sides`` only."""
    parties = (party for party in file.parties if not sides or party.side in sides)
    return tuple(party_block(file, party) for party in parties)


def party_block(
    file: CaseFile, party: Party, called: str = "", *, agents: bool = True, roll: str = "附表"
) -> PartyBlock:
    """Side, name and particulars of one party, its guardian, representatives and agents.

    ``called`` is written instead of the side (委托人); ``roll`` is where the members of a group are listed.
    """
    rows: list[Row] = []
    if party.is_person:
        rows += _person(party, file.intake.received_on)
    elif party.is_group:
        rows += _group(file, party, roll)
    else:
        rows += _organisation(party)
    if party.guardian:
        rows.append(_guardian(party.guardian))
    if agents:
        rows += [_agent(agent) for agent in party.agents]
    if called and rows:
        (_side, name), *others = rows[0]
        rows[0] = ((called, name), *others)
    return PartyBlock(rows=tuple(row for row in rows if row))


def names(file: CaseFile, *sides: Side) -> str:
    """Names of the parties on ``sides`` (all without), joined: ``甲、乙``."""
    return "、".join(party.name for party in file.parties if not sides or party.side in sides)


def mediator_title(file: CaseFile, mediator: CaseMediator) -> str:
    """What a mediator is called beside the place to sign; depends on the track and on who employs them."""
    if mediator.employment is Employment.OFFICIAL:
        return "行政调解人员"
    if file.track is Track.JUDICIAL:
        return "特邀调解员"
    return "人民调解员" if file.track is Track.PEOPLES else "调解员"


def _person(party: Party, on: date) -> list[Row]:
    age = f"{age_on(party.birth_date, on)}岁" if party.birth_date else ""
    ident = f"{party.id_type.name if party.id_type else '身份证件'}号码"
    return [
        _filled(
            (party.side, party.name),
            ("", party.gender or ""),
            ("", party.ethnicity or ""),
            ("", age),
            ("", party.occupation or ""),
            ("联系方式", party.phone),
            ("住址", party.address),
            (ident, party.id_no or ""),
        )
    ]


def _organisation(party: Party) -> list[Row]:
    rows = [
        _filled(
            (party.side, party.name),
            ("地址", party.address),
            ("统一社会信用代码", party.uscc or ""),
            ("联系方式", party.phone),
        )
    ]
    head, person = party.legal_representative, party.operator
    if person:
        rows.append(
            _filled(
                ("经营者", person.name),
                ("", person.gender),
                ("联系方式", person.phone),
                ("居民身份证号码", person.id_no),
            )
        )
    elif head:
        rows.append(_filled((head_title(party), head.name), ("", head.position)))
    return rows


def head_title(party: Party) -> str:
    """What the person at the head of an organisation is called."""
    return {PartyKind.SOLE_TRADER: "经营者", PartyKind.UNINCORPORATED: "负责人"}.get(party.kind, "法定代表人")


def _group(file: CaseFile, party: Party, roll: str) -> list[Row]:
    day = party.representative_letter_on
    chosen = f"{cn_date(day)}推选" if day else ""
    rows = [
        _filled(
            (party.side, f"{party.name}（名单见{roll}）"), ("住址", party.address), ("联系方式", party.phone)
        )
    ]
    return rows + [
        _filled(
            ("代表人", member.name),
            ("", member.gender),
            ("", chosen),
            ("联系方式", member.phone),
            ("居民身份证号码", member.id_no),
        )
        for member in representatives(file, party)
    ]


def representatives(file: CaseFile, party: Party) -> tuple[GroupMember, ...]:
    """The members who act for the group."""
    return tuple(member for member in file.members_of(party.ref) if member.ref in party.representatives)


def _guardian(guardian: Guardian) -> Row:
    return _filled(
        (guardian_title(guardian), guardian.name),
        ("", guardian.gender),
        ("与当事人关系", guardian.relation),
        ("联系方式", guardian.phone),
        ("居民身份证号码", guardian.id_no),
    )


def guardian_title(guardian: Guardian) -> str:
    """法定代理人 if the guardian is one by law, else 监护人."""
    return "法定代理人" if guardian.statutory_agent else "监护人"


def _agent(agent: Agent) -> Row:
    return _filled(
        (agent_title(agent), agent.name),
        ("", agent.gender),
        ("", agent.position),
        ("", agent.authority),
        ("联系方式", agent.phone),
    )


def agent_title(agent: Agent) -> str:
    """``agent.kind`` without the remark in brackets."""
    return agent.kind.split("（")[0]


def _filled(*fields: tuple[str, str]) -> Row:
    """Captions with a value; an unknown one leaves no empty caption behind."""
    return tuple((caption, value) for caption, value in fields if value)
