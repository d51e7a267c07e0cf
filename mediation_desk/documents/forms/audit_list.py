"""审计记录: entries of the audit trail as a list, for a reviewer or for whoever asks who looked at his file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mediation_desk.audit.anchors import Anchor
from mediation_desk.audit.reading import Line
from mediation_desk.documents.content import Block, Column, Heading, Paper, Profile, Table, Title, paragraph
from mediation_desk.shared.dates import cn_date

TITLE = "审计记录"
_COLUMNS = (
    Column(title="序号", weight=18),
    Column(title="时间", weight=38),
    Column(title="账号", weight=28, centred=False),
    Column(title="操作", weight=90, centred=False),
    Column(title="案件", weight=34),
)


def compose(
    centre: str, about: str, lines: Sequence[Line], on: date, anchor: Anchor | None
) -> tuple[Paper, ...]:
    """One landscape table, in the order given; ``about`` says what was asked for."""
    code = f"打印时的审计码：{anchor.text}。" if anchor else ""
    blocks: tuple[Block, ...] = (
        Title(text=TITLE),
        paragraph(f"{about}，共{len(lines)}条。{code}", indent=False, keep=True),
        Table(columns=_COLUMNS, rows=tuple(_row(line) for line in lines)),
        paragraph(f"{centre}　{cn_date(on)}", indent=False),
    )
    heading = Heading(form="审计记录", title=TITLE, dated=on)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.DENSE, landscape=True),)


def _row(line: Line) -> tuple[str, ...]:
    at = line.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return (str(line.seq), at, line.account, line.sentence, line.case_key or "—")
