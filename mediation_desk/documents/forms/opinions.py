"""The table in which each party says what it thinks, and signs: filled in where an answer is on file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Column, Table
from mediation_desk.documents.forms.people import agent_title, guardian_title, head_title, representatives
from mediation_desk.documents.forms.signing import hands_of
from mediation_desk.parties.model import Party
from mediation_desk.shared.dates import cn_date_or_blank
from mediation_desk.shared.record import record

KEPT = "以上意见由当事人本人或者其代表人、代理人填写，本书附卷。"
"""Stands with the seal, which must not come to a page of its own."""


@record
class Opinion:
    """``yes`` is None where the party has still to tick; ``reason`` is what it gave."""

    yes: bool | None = None
    reason: str = ""
    on: date | None = None


def opinion_table(
    file: CaseFile, yes: str, no: str, reason: str, opinion_of: Callable[[Party], Opinion]
) -> Table:
    """A row for each party: the two answers to tick, the reason, signature and day."""
    columns = (
        Column(title="当事人", weight=44, centred=False),
        Column(title=yes, weight=13.5),
        Column(title=no, weight=17.5),
        Column(title=reason, weight=28, centred=False),
        Column(title="签名、盖章", weight=30, centred=False),
        Column(title="日期", weight=30),
    )
    rows = tuple(_row(file, party, opinion_of(party)) for party in file.parties)
    parties = tuple(party.ref for party in file.parties)
    hands = tuple(hands_of(file, ref) for ref in parties)
    return Table(columns=columns, rows=rows, tall=True, refs=parties, hands=hands)


def _row(file: CaseFile, party: Party, opinion: Opinion) -> tuple[str, ...]:
    ticks = ("■" if opinion.yes is True else "□", "■" if opinion.yes is False else "□")
    # A word in every cell: readers of the PDF would take columns without any for something else.
    day = cn_date_or_blank(opinion.on)
    return (
        f"{party.side}{party.name}{_signer(file, party)}",
        *ticks,
        opinion.reason or "理由：",
        "签名：",
        day,
    )


def _signer(file: CaseFile, party: Party) -> str:
    """Who may sign for the party, where that is not the party alone."""
    agents = [f"{agent_title(agent)}{agent.name}" for agent in party.agents]
    if party.is_group:
        hands = [f"代表人{'、'.join(one.name for one in representatives(file, party))}", *agents]
    elif party.guardian:
        hands = [f"{guardian_title(party.guardian)}{party.guardian.name}", *agents]
    elif party.is_person:
        hands = ["本人", *agents] if agents else []
    else:
        head = party.operator or party.legal_representative
        hands = [f"{head_title(party)}{head.name if head else ''}", *agents]
    return f"（由{'或'.join(hands)}签）" if hands else ""
