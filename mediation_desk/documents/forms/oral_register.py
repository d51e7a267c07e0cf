"""口头协议登记卷: the list in front of the oral agreements a body reached in a month or quarter."""

from __future__ import annotations

from mediation_desk.cases.archiving.lists import OralLine, OralRegister
from mediation_desk.documents.content import (
    Block,
    Column,
    DayLine,
    Heading,
    Number,
    Paper,
    Profile,
    Table,
    Title,
    paragraph,
)
from mediation_desk.shared.dates import cn_date, cn_period

TITLE = "口头协议登记卷"
_COLUMNS = (
    Column(title="序号", weight=12),
    Column(title="编号", weight=58),
    Column(title="纠纷种类", weight=34),
    Column(title="案由", weight=70, centred=False),
    Column(title="当事人", weight=56, centred=False),
    Column(title="达成", weight=32),
)


def compose(register: OralRegister) -> Paper:
    """One landscape table; the register sheets (F-12) of its lines follow in the same order."""
    counted = (
        f"{register.body}，{cn_period(register.first, register.last)}，口头协议共{len(register.lines)}件。"
    )
    blocks: tuple[Block, ...] = (
        Title(text=TITLE),
        Number(text=register.name),
        paragraph(counted, indent=False, keep=True),
        *((Table(columns=_COLUMNS, rows=tuple(map(_row, register.lines))),) if register.lines else ()),
        paragraph("立卷人：　　　　　　　　审核人：　　　　　　　　", indent=False, keep=True),
        DayLine(day=cn_date(register.last)),
    )
    heading = Heading(form="登记卷", title=TITLE, dated=register.last, part=register.name)
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE, landscape=True)


def _row(line: OralLine) -> tuple[str, ...]:
    return (
        str(line.no),
        line.number or line.case_key,
        line.category,
        line.title,
        line.party_names,
        cn_date(line.concluded_on),
    )
