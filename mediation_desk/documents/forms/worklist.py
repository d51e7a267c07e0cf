"""部门任务清单: what one unit (or all) has open and has done in a period, to hang up or to hand over (清单化)."""

from __future__ import annotations

from mediation_desk.cases.routing.worklist import OrderLine, Worklist
from mediation_desk.documents.content import Block, Column, Heading, Paper, Profile, Table, Title, paragraph
from mediation_desk.shared.dates import cn_date

TITLE = "任务清单"
_COLUMNS = (
    Column(title="序号", weight=9),
    Column(title="单号", weight=30),
    Column(title="种类", weight=12),
    Column(title="案件", weight=52, centred=False),
    Column(title="任务", weight=60, centred=False),
    Column(title="承办", weight=34),
    Column(title="交出", weight=22),
    Column(title="期限", weight=22),
    Column(title="情况", weight=24),
)


def compose(centre: str, found: Worklist) -> tuple[Paper, ...]:
    """One landscape table in the order of the list on screen."""
    unit = found.unit or "全部单位"
    period = (
        cn_date(found.first)
        if found.first == found.last
        else f"{cn_date(found.first)}至{cn_date(found.last)}"
    )
    counts = found.counts
    cut = len(found.lines) < counts.open + counts.done
    more = f"清单只列前{len(found.lines)}件。" if cut else ""
    who = f"责任人{found.person}，" if found.person else ""
    blocks: tuple[Block, ...] = (
        Title(text=f"{unit}{TITLE}"),
        paragraph(
            f"{found.span}（{period}），{who}没有办完{counts.open}件，其中逾期{counts.overdue}件，"
            f"办完{counts.done}件。{more}",
            indent=False,
            keep=True,
        ),
        Table(
            columns=_COLUMNS,
            rows=tuple(_row(place, line, found) for place, line in enumerate(found.lines, start=1)),
        ),
        paragraph(f"{centre}　{cn_date(found.on)}", indent=False),
    )
    heading = Heading(form="清单", title=TITLE, dated=found.on, part=f"{unit}-{found.span}")
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL, landscape=True),)


def _row(place: int, line: OrderLine, found: Worklist) -> tuple[str, ...]:
    who = line.person if found.unit else "，".join(part for part in (line.to, line.person) if part)
    return (
        str(place),
        f"{line.case_key}-{line.no}",
        line.kind,
        line.title,
        f"{line.task}（结果：{line.reply}）" if line.reply else line.task,
        who or "—",
        cn_date(line.given_on),
        cn_date(line.due_on) if line.due_on else "—",
        _standing(line, found),
    )


def _standing(line: OrderLine, found: Worklist) -> str:
    if not line.is_open:
        return f"{line.replied_on} 办完"
    seen = line.signal(found.on)
    return f"{line.status}，{seen.words}" if seen is not None else line.status.value
