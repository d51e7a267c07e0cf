"""Rows the approval and register tables of offices share: parties, opinions with a place to sign."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.form_grid import GridRow, caption, row, signed, value
from mediation_desk.documents.forms.people import agent_title, guardian_title, representatives
from mediation_desk.parties.model import Party, Side

COLUMNS = (24, 20, 44, 24, 44)
"""Side, caption, value, caption, value."""
_ONE_LINE = 4  # characters of a caption
SIGNED = "签名：　　　　　　　　　　年　　月　　日"


def party_rows(file: CaseFile, side: Side) -> tuple[GridRow, ...]:
    """Name, phone, agent and its phone of every party on the side; one empty block where there is none."""
    found = tuple(party for party in file.parties if party.side is side)
    if not found:
        return (row(caption(side), value("无", span=4)),)
    return tuple(line for party in found for line in _party(file, party))


def opinion(
    title: str, said: str = "", *, height: float = 30, foot: str = SIGNED, hands: tuple[str, ...] = ()
) -> GridRow:
    """A tall box for an opinion, signed and dated at its foot by one of ``hands``, where names are on file."""
    two_lines = f"{title[:-2]}\n{title[-2:]}" if len(title) > _ONE_LINE else title
    who = hands or (title.removesuffix("意见"),)
    return row(caption(two_lines), signed(*who, text=said, span=4, foot=foot), height=height)


def remark(text: str = "") -> GridRow:
    """备注."""
    return row(caption("备注"), value(text, span=4), height=14)


def long(title: str, text: str, *, height: float = 40) -> GridRow:
    """A row for running text."""
    return row(caption(title), value(text, span=4), height=height)


def short_party(file: CaseFile, side: Side) -> GridRow:
    """All parties of a side in one cell, each a line with its phone and who acts for it."""
    lines = []
    for party in file.parties:
        if party.side is side:
            who, _phone = acting(file, party)
            lines.append("，".join(part for part in (party.name, who, party.phone) if part))
    return row(caption(side), value("\n".join(lines) or "无", span=4))


def acting(file: CaseFile, party: Party) -> tuple[str, str]:
    """Who acts for the party, and that person's phone; empty where nobody does."""
    if party.is_group and not party.agents:
        members = representatives(file, party)
        phone = next((one.phone for one in members if one.phone), "")
        return f"代表人{'、'.join(one.name for one in members)}" if members else "", phone
    if party.guardian is not None:
        return f"{guardian_title(party.guardian)}{party.guardian.name}", party.guardian.phone
    agents = [f"{agent_title(agent)}{agent.name}" for agent in party.agents]
    phones = [agent.phone for agent in party.agents if agent.phone]
    return "、".join(agents), "、".join(phones)


def _party(file: CaseFile, party: Party) -> tuple[GridRow, ...]:
    name = "姓名" if party.is_person else "名称"
    who, phone = acting(file, party)
    return (
        row(
            caption(party.side, deep=2), caption(name), value(party.name), caption("电话"), value(party.phone)
        ),
        row(caption("代理人"), value(who), caption("电话"), value(phone)),
    )
