"""How the case page writes days, names and sums."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.signing.places import usual_method
from mediation_desk.cases.steps.step import Step
from mediation_desk.parties.model import Party, Side
from mediation_desk.shared.money import figures
from ui.widgets.facts import FactGrid
from ui.widgets.plain import PlainLabel

_REF = re.compile(r"[A-Z]\d+(?:-\d+)?")
_WEEKDAYS = "一二三四五六日"
BETWEEN_SIDES = "　⟷　"


def day(on: date | None) -> str:
    """``2026-03-24 周二``; a dash for none."""
    return f"{on.isoformat()} 周{_WEEKDAYS[on.weekday()]}" if on else "—"


def short(on: date) -> str:
    """``3月24日``."""
    return f"{on.month}月{on.day}日"


def money(amount: Decimal | None) -> str:
    """``12,150.00`` or a dash."""
    return "—" if amount is None else figures(amount)


def names(refs: Iterable[str], name_of: Callable[[str], str]) -> str:
    """Names joined the Chinese way; a dash for nobody."""
    return "、".join(name_of(ref) for ref in refs) or "—"


def joined(refs: str | None, name_of: Callable[[str], str]) -> str:
    """Names behind refs joined by ``+``; "" for none."""
    return "、".join(name_of(ref) for ref in refs.split("+")) if refs else ""


def clauses(sentences: Iterable[str]) -> str:
    """Sentences as one, without a full stop before a semicolon or at the end."""
    return "；".join(one.rstrip("。") for one in sentences)


def with_names(sentence: str, name_of: Callable[[str], str]) -> str:
    """The sentence with every reference in it replaced by the name behind it."""
    return _REF.sub(lambda found: name_of(found[0]), sentence)


def told_by(steps: Sequence[Step]) -> Callable[[CaseFile], str]:
    """What the last of ``steps`` says was done, with names."""
    return lambda file: with_names(steps[-1].sentence(file), file.name_of)


def who(party: Party) -> str:
    """Name with the agent beside it, as the head of the page shows a party."""
    agents = "、".join(agent.name for agent in party.agents)
    if party.is_group and str(party.persons) not in party.name:
        return f"{party.name}（{party.persons}人）"
    return f"{party.name}（代理人 {agents}）" if agents else party.name


def sides(file: CaseFile) -> str:
    """All parties by side: ``孟庆兰　⟷　田志远 · 云川安居物业（代理人 卢倩）``."""
    groups = []
    for side in (Side.APPLICANT, Side.RESPONDENT, Side.THIRD):
        found = " · ".join(who(party) for party in file.parties if party.side is side)
        if found:
            groups.append(f"第三人 {found}" if side is Side.THIRD else found)
    return BETWEEN_SIDES.join(groups)


def cut(name: str, longest: int = 8) -> str:
    """A long name short enough for a button or the head of a column."""
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def tops_aligned(facts: FactGrid) -> FactGrid:
    """Facts of several lines begin on the line of their word."""
    for label in facts.findChildren(PlainLabel):
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return facts


def method(file: CaseFile, ref: str) -> str:
    """How this place on the agreement is usually signed."""
    concluded = file.outcome.concluded_on if file.outcome is not None else file.intake.received_on
    return usual_method(file, ref, concluded)
