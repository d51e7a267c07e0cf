"""The trail as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mediation_desk.audit.trail import Result
from mediation_desk.audit.wording import Kind, act_title, kind_of, paper_title
from mediation_desk.shared.record import record

MOST = 500
"""Lines read at once."""


@record
class EntryQuery:
    """Which entries are wanted; empty fields ask for nothing. ``before`` pages on behind an entry already read.

    ``person`` is a name or an identity number: what was done in the cases in which this person is a party.
    """

    first: datetime | None = None
    last: datetime | None = None
    account: str = ""
    kind: Kind | None = None
    case_key: str = ""
    person: str = ""
    flagged: bool = False
    before: int | None = None
    limit: int = MOST


@record
class Line:
    """One entry. ``words`` are empty where the reader may not see them or they have been destroyed."""

    seq: int
    at: datetime
    account: str
    action: str
    case_key: str | None
    person: str | None
    result: Result
    clock: int
    details: Mapping[str, Any]
    words: Mapping[str, Any]
    flagged: bool

    @property
    def title(self) -> str:
        """The act in the words of the desk."""
        return act_title(self.action)

    @property
    def kind(self) -> Kind:
        """The group the act belongs to."""
        return kind_of(self.action)

    @property
    def sentence(self) -> str:
        """What a list says: the act, what it was about, and whether it was refused."""
        parts = [self.title]
        if fields := self.details.get("fields"):
            parts.append(f"改动{len(fields)}处")
        if paper := self.details.get("title") or paper_title(str(self.details.get("form", ""))):
            parts.append(str(paper))
        if (count := self.details.get("count")) is not None:
            parts.append(f"{count}条")
        if reason := self.words.get("reason"):
            parts.append(f"理由：{reason}")
        if words := self.words.get("words"):
            parts.append(f"“{words}”")
        if self.clock:
            parts.append(f"时钟{'倒退' if self.clock < 0 else '快进'}{abs(self.clock)}秒")
        if self.result is Result.REFUSED:
            parts.append("被拒绝")
        return "，".join(parts)


_OWN_WORDS = ("reason", "words")


def of_the_act(words: Mapping[str, Any]) -> dict[str, Any]:
    """What an auditor sees: why somebody acted and what he searched for, never what a case says."""
    return {name: words[name] for name in _OWN_WORDS if name in words}
