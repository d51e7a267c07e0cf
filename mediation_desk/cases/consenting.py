"""What the parties agreed to about a session: who may join it (LR-7), and whether it may be open (LR-8)."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.openness import closed_because, openness
from mediation_desk.hearings.arrangement import Subject, said
from mediation_desk.shared.errors import RuleError

GUEST_RULE = "LR-7"
GUEST_BASIS = "人民调解法第二十条"


def missing(file: CaseFile, about: Subject, guest: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Refs of the parties that refused, and of those that have not said anything on record."""
    words = said(file.beside.consents, about, guest)
    refused = tuple(p.ref for p in file.parties if p.ref in words and not words[p.ref].agreed)
    return refused, tuple(p.ref for p in file.parties if p.ref not in words)


def demand_guest(file: CaseFile, guest: str) -> None:
    """Refuse somebody invited whom not every party on record agreed to. Raises ``RuleError`` (LR-7)."""
    refused, silent = missing(file, Subject.GUEST, guest)
    if refused:
        sentence = f"{_names(file, refused)}不同意{guest}参加调解，不能邀请（{GUEST_BASIS}）。"
        raise RuleError(sentence, rule=GUEST_RULE)
    if silent:
        sentence = f"邀请{guest}参加调解要有每一方的同意记录（{GUEST_BASIS}），还缺{_names(file, silent)}。"
        raise RuleError(sentence, rule=GUEST_RULE)


def demand_open(file: CaseFile, on: date) -> None:
    """Refuse an open session that a party objects to, or that is closed by default and not everybody wants open.

    Raises ``RuleError`` (LR-8) with the ground and its article.
    """
    refused, silent = missing(file, Subject.OPEN)
    rule = openness()
    if refused:
        raise RuleError(f"{_names(file, refused)}反对公开进行，不能公开（{rule.basis}）。", rule=rule.rule)
    grounds = closed_because(file, on)
    if grounds and silent:
        first = grounds[0]
        sentence = f"{first.why}，默认不公开（{first.basis}）；公开须有每一方的同意记录，还缺{_names(file, silent)}。"
        raise RuleError(sentence, rule=rule.rule)


def _names(file: CaseFile, refs: tuple[str, ...]) -> str:
    return "、".join(file.name_of(ref) for ref in refs)
