"""归档时限: by when a volume has to be filed, counted from performance or from the end and the visit (§2.4)."""

from __future__ import annotations

from datetime import date, timedelta

from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.deadlines.model import Deadline, Group
from mediation_desk.cases.kept import owed, settled_on
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Result
from mediation_desk.shared.dates import cn_date

FILING_CODE = "filing"
_UNVISITED = (Result.NOT_ACCEPTED, Result.WITHDRAWN)


def filing_deadline(file: CaseFile) -> Deadline | None:
    """By when the volume is to be filed; None while there is still something to perform or to visit."""
    began = _began(file)
    if began is None:
        return None
    what, on = began
    rules = archive_rules().filing
    due = quarter_end(on, rules.quarters)
    name = (
        "当季末"
        if not rules.quarters
        else "下一个季度末"
        if rules.quarters == 1
        else f"往后第{rules.quarters}个季度末"
    )
    return Deadline(
        code=FILING_CODE,
        what="归档",
        group=Group.FILING,
        start=what,
        start_on=on,
        due_on=due,
        sum=(f"{cn_date(on)}{what}，最迟在{name}（{cn_date(due)}）归档",),
        article=rules.article,
        overrun=rules.overrun,
        source=f"rules/archiving.toml#{FILING_CODE}",
        place="papers",
        done_on=file.archive.archived_on if file.archive else None,
    )


def quarter_end(on: date, later: int) -> date:
    """Last day of the quarter ``later`` quarters after the one of ``on``."""
    quarter = on.year * 4 + (on.month - 1) // 3 + later + 1
    return date(quarter // 4, quarter % 4 * 3 + 1, 1) - timedelta(days=1)


def _began(file: CaseFile) -> tuple[str, date] | None:
    if file.outcome is None and file.beside.closing is None:
        return None
    closing = file.beside.closing
    done = settled_on(file)
    if done is not None:
        return "履行完毕", done
    if owed(file):
        # A case may be closed and filed while promises still run: they stay on the list of reminders (§4.2).
        return ("结案", closing.on) if closing is not None else None
    ended = file.outcome.concluded_on if file.outcome else None
    visited = min((visit.on for visit in file.followups), default=None)
    if visited is not None:
        return "调解结束并回访", max(day for day in (ended, visited) if day is not None)
    if file.ending is not None and file.ending.kind in _UNVISITED:
        return "调解结束", file.ending.on
    return ("结案", closing.on) if closing is not None else None
