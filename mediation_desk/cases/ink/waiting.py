"""Papers of all cases that wait for a hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mediation_desk.cases.ink.tray import open_trays, tasks
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.shared.record import record

_MOST_NAMED = 3


@record
class InkWait:
    """One paper that waits: whose hands (``hands``, three at most by name), how many, since when."""

    form: str
    paper_no: int
    title: str
    printed_at: datetime
    hands: str
    people: int


@record
class InkLine:
    """The same as a list across cases shows it; ``case_title`` names the dispute."""

    case_key: str
    number: str | None
    case_title: str
    form: str
    paper_no: int
    title: str
    printed_at: datetime
    hands: str
    people: int


def waits(file: CaseFile, papers: Sequence[PrintedPaper]) -> tuple[InkWait, ...]:
    """What the list of waiting papers says of one case, oldest first."""
    found = []
    for tray in open_trays(file, papers):
        still = [task.hand for task in tasks(tray) if task.done < task.whole]
        more = f"等{len(still)}人" if len(still) > _MOST_NAMED else ""
        found.append(
            InkWait(
                form=tray.form,
                paper_no=tray.paper_no,
                title=tray.title,
                printed_at=tray.printed_at,
                hands="、".join(still[:_MOST_NAMED]) + more,
                people=len(still),
            )
        )
    return tuple(found)
