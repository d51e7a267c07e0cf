"""档案销毁清册: opinion of the appraisal, what is to be destroyed, and who decides and watches; nobody is named on it
but those who sign."""

from __future__ import annotations

from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.destroying.model import DestructionLine, DestructionList, LineStatus, ListStatus
from mediation_desk.documents.content import (
    Column,
    Heading,
    Paper,
    Profile,
    SignatureArea,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.forms.signing import by_hand
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.dates import BLANK_DATE, cn_date

TITLE = "档案销毁清册"
_COLUMNS = (
    Column(title="序号", weight=12),
    Column(title="卷号", weight=54),
    Column(title="案件代码", weight=34),
    Column(title="归档", weight=36),
    Column(title="保管期限", weight=28),
    Column(title="页数", weight=16),
    Column(title="理由", weight=50),
    Column(title="销毁情况", weight=40),
)


def compose(centre: str, made: DestructionList) -> Paper:
    """The list as it stands; signed on paper, whatever the program knows of it."""
    prepared = local_day(made.prepared_at)
    told = f"{centre}　第{made.id}号　{cn_date(prepared)}编制　共{len(made.lines)}卷　{_state(made)}"
    blocks = (
        Title(text=TITLE),
        paragraph(told, indent=False, keep=True),
        paragraph(f"鉴定意见：{made.opinion}", indent=False, keep=True),
        Table(columns=_COLUMNS, rows=tuple(map(_row, made.lines))),
        paragraph(
            f"编制：{made.prepared_by}　批准：{made.decided_by or '＿＿＿＿'}　监销：{made.supervisor or '＿＿＿＿'}",
            indent=False,
            keep=True,
        ),
        SignatureArea(
            places=(
                by_hand("鉴定人"),
                by_hand("鉴定人"),
                by_hand("批准人"),
                by_hand("监销人"),
                by_hand("监销人"),
            )
        ),
        paragraph(BLANK_DATE, indent=False),
    )
    heading = Heading(form="销毁清册", title=TITLE, number=f"第{made.id}号", dated=prepared)
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE, landscape=True)


def _state(made: DestructionList) -> str:
    if made.status is ListStatus.REFUSED:
        return f"{made.status}：{made.refusal}"
    done = made.counted(LineStatus.DONE)
    return f"{made.status}，已销毁{done}卷" if done else made.status.value


def _row(line: DestructionLine) -> tuple[str, ...]:
    on = cn_date(local_day(line.done_at)) if line.done_at else ""
    return (
        str(line.line),
        line.volume_no,
        line.case_key,
        cn_date(line.archived_on),
        archive_rules().kept(line.retention).name,
        str(line.pages or ""),
        line.reason,
        f"{on}{line.status}" if line.status is not LineStatus.WAITING else "",
    )
