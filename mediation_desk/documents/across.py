"""What stands across every page: 演练·无效 on papers of the practice centre, who printed it when on working prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from mediation_desk.access.actor import Actor
from mediation_desk.cases.privacy.rules import privacy_rules
from mediation_desk.documents.content import Heading, Paper
from mediation_desk.shared.record import record

VOID = "演练·无效"


@record
class Printer:
    """By whose hand a paper comes about, and when; a ``draft`` shows words that nobody has stored."""

    actor: Actor
    at: datetime
    draft: bool = False

    def across(self, *kinds: str) -> str:
        """The words; "" on papers that are handed out, signed or sealed. One of ``kinds`` may be a working print."""
        if self.actor.practice:
            return VOID
        if self.draft or not privacy_rules().watermark.working.isdisjoint(kinds):
            return f"{self.actor.display_name}　{self.at.astimezone():%Y-%m-%d %H:%M}"
        return ""


def crossed(paper: Paper, printer: Printer) -> Paper:
    """The paper as ``printer`` makes it."""
    return replace(paper, across=printer.across(*_kinds(paper.heading)))


def all_crossed(papers: Iterable[Paper], printer: Printer) -> tuple[Paper, ...]:
    """Several of them."""
    return tuple(crossed(paper, printer) for paper in papers)


def _kinds(heading: Heading) -> tuple[str, str]:
    """``名册`` and ``名册 内部``: the rules name a form, or a part of it."""
    return heading.form, f"{heading.form} {heading.part}"
