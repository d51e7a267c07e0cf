"""咨询登记表: who asked what at the counter and what was answered (T-1); it belongs to no case."""

from __future__ import annotations

from mediation_desk.cases.counter.visits import Visit
from mediation_desk.documents.content import (
    Block,
    Heading,
    Number,
    Paper,
    Profile,
    SealPlace,
    SignatureArea,
    Title,
    paragraph,
)
from mediation_desk.documents.form_grid import FormGrid, caption, row, value
from mediation_desk.documents.forms.signing import by_hand
from mediation_desk.documents.house import house
from mediation_desk.shared.dates import cn_date, cn_time

TITLE = "咨询登记表"


def compose(centre: str, visit: Visit) -> tuple[Paper, ...]:
    """One sheet for one visit."""
    practice = house("咨询登记")
    moment = f"{cn_date(visit.on)}{cn_time(visit.at.astimezone().time())}"
    became = f"已转为案件{visit.case_key}。" if visit.case_key else "没有转为案件。"
    grid = FormGrid(
        columns=(28, 50, 28, 50),
        rows=(
            row(caption("咨询时间"), value(moment), caption("接待人"), value(visit.clerk)),
            row(caption("咨询人"), value(visit.who), caption("联系电话"), value(visit.phone)),
            row(caption("纠纷类型"), value(visit.category or "没有归类", span=3)),
            row(caption("咨询的事"), value(visit.matter, span=3), height=60),
            row(caption("答复"), value(visit.answer, span=3), height=60),
            row(caption("告知的\n其他途径"), value("\n".join(visit.remedies), span=3), height=20),
            row(caption("处理"), value(became, span=3)),
        ),
    )
    blocks: tuple[Block, ...] = (
        Title(text=TITLE),
        Number(text=f"登记号：{visit.id}"),
        grid,
        paragraph(practice.closing, keep=True),
        SignatureArea(places=(by_hand("咨询人", act=practice.act), by_hand("接待人", visit.clerk))),
        *((SealPlace(body=centre, day=cn_date(visit.on)),) if practice.seal else ()),
    )
    heading = Heading(form="咨询登记", title=TITLE, dated=visit.on, part=f"第{visit.id}号")
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL),)
