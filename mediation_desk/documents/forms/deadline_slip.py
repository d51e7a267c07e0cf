"""期限提示单: what falls due and why then, for one case or for a span of days; no person is named on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mediation_desk.cases.deadlines.lights import signal_of
from mediation_desk.cases.deadlines.model import DueLine
from mediation_desk.documents.content import (
    Column,
    DayLine,
    Heading,
    Paper,
    Profile,
    Table,
    Title,
    paragraph,
)
from mediation_desk.shared.dates import cn_date, weekday

TITLE = "期限提示单"
_WHAT = (
    Column(title="事项", weight=26),
    Column(title="到期", weight=40),
    Column(title="远近", weight=32),
    Column(title="谁办", weight=14),
    Column(title="为什么是这天；期满怎么办", weight=78, centred=False),
)
_NUMBERED = (Column(title="序号", weight=11), Column(title="案件", weight=44))


def of_case(lines: Sequence[DueLine], name: str, on: date) -> Paper:
    """The open deadlines of one case, called by its number or code."""
    count = (
        f"截至{cn_date(on)}，没有办完的期限共{len(lines)}项。"
        if lines
        else f"截至{cn_date(on)}，没有未办的期限。"
    )
    blocks = (
        Title(text=TITLE),
        paragraph(f"案件：{name}。{count}", indent=False, keep=True),
        *((_table(_WHAT, [_row(line, on) for line in lines]),) if lines else ()),
        DayLine(day=cn_date(on)),
    )
    heading = Heading(form="提示单", title=TITLE, dated=on, part=name)
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE)


def of_days(lines: Sequence[DueLine], first: date | None, last: date, on: date, body: str) -> Paper:
    """Everything due in these days, across all cases, by number or code."""
    begins = f"{cn_date(first)}至" if first else "过期未办的和至"
    rows = [
        (str(place), line.number or line.case_key, *_row(line, on))
        for place, line in enumerate(lines, start=1)
    ]
    blocks = (
        Title(text=TITLE),
        paragraph(f"{body}，{begins}{cn_date(last)}到期的，共{len(lines)}项。", indent=False, keep=True),
        *((_table((*_NUMBERED, *_WHAT), rows),) if rows else ()),
        DayLine(day=cn_date(on)),
    )
    heading = Heading(form="提示单", title=TITLE, dated=on, part=f"至{last.isoformat()}")
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE, landscape=True)


def _table(columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    return Table(columns=columns, rows=tuple(rows), fine=True)


def _row(line: DueLine, on: date) -> tuple[str, ...]:
    light = signal_of(line, on)
    mark = "（暂定）" if line.provisional else ""
    due = f"{cn_date(line.due_on)}{mark}，{weekday(line.due_on).replace('星期', '周')}"
    overrun = f"。期满：{line.overrun}。" if line.overrun else "。"
    return line.what, due, light.text, line.whose, f"{line.why}{overrun}"
