"""到期鉴定清单: volumes whose period has ended, with room for what two persons decide; no person is named on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mediation_desk.cases.archiving.lists import VolumeLine
from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.documents.content import (
    Block,
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
from mediation_desk.shared.dates import BLANK_DATE, cn_date

TITLE = "档案到期鉴定清单"
_COLUMNS = (
    Column(title="序号", weight=12),
    Column(title="卷号", weight=54),
    Column(title="案件代码", weight=34),
    Column(title="归档", weight=34),
    Column(title="保管期限", weight=28),
    Column(title="到期", weight=36),
    Column(title="架号", weight=26),
    Column(title="续存／销毁", weight=28),
    Column(title="理由", weight=34),
)


def compose(centre: str, lines: Sequence[VolumeLine], on: date) -> Paper:
    """The list of a day, to be taken to the shelf and filled by hand; what is decided is entered afterwards."""
    told = f"{centre}，截至{cn_date(on)}，保管期限届满的卷宗共{len(lines)}卷。"
    blocks: tuple[Block, ...] = (
        Title(text=TITLE),
        paragraph(told, indent=False, keep=True),
        *(
            (Table(columns=_COLUMNS, rows=tuple(map(_row, range(1, len(lines) + 1), lines))),)
            if lines
            else ()
        ),
        paragraph(
            "鉴定由两人共同进行。鉴定为销毁的，另行登记销毁，由两人在场监销。", indent=False, keep=True
        ),
        SignatureArea(
            places=(
                by_hand("鉴定人"),
                by_hand("鉴定人"),
                by_hand("负责人"),
            )
        ),
        paragraph(BLANK_DATE, indent=False),
    )
    heading = Heading(form="鉴定清单", title=TITLE, dated=on)
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE, landscape=True)


def _row(no: int, line: VolumeLine) -> tuple[str, ...]:
    return (
        str(no),
        line.volume_no,
        line.case_key,
        cn_date(line.archived_on) if line.archived_on else "—",
        archive_rules().kept(line.retention).name if line.retention else "—",
        cn_date(line.ends_on) if line.ends_on else "永久",
        line.shelf or "未上架",
        "",
        "",
    )
