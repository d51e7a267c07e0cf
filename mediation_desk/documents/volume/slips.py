"""Slip sheets: one page in the place of what lies elsewhere or is missing, so that the numbers stay true."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.model import CaseFile, Evidence
from mediation_desk.documents.content import (
    Block,
    Column,
    Heading,
    Number,
    Paper,
    Profile,
    SignatureArea,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.forms.signing import by_hand
from mediation_desk.documents.forms.volume_cover import volume_number
from mediation_desk.documents.volume.checklist import Entry, Standing

_COLUMNS = (
    Column(title="序号", weight=16),
    Column(title="证据名称", weight=70, centred=False),
    Column(title="提供人", weight=40),
    Column(title="份数", weight=16),
    Column(title="页数", weight=16),
    Column(title="原件", weight=18),
)


def bag_slip(file: CaseFile, title: str, items: Sequence[Evidence]) -> Paper:
    """原件附证物袋: which pieces of evidence lie in the bag."""
    rows = tuple(
        (
            str(place),
            item.name,
            file.name_of(item.provided_by),
            str(item.copies),
            str(item.pages),
            "原件" if item.original else "复印件",
        )
        for place, item in enumerate(items, start=1)
    )
    blocks: tuple[Block, ...] = (
        Title(text="附证物袋清单"),
        Number(text=f"卷号：{volume_number(file)}"),
        paragraph(f"“{title}”中的下列各件附在证物袋内，没有编入本卷页码。", keep=True),
        Table(columns=_COLUMNS, rows=rows),
        _signed("立卷人", "检查人"),
    )
    return _paper(file, "附证物袋清单", blocks)


def missing_slip(file: CaseFile, entry: Entry) -> Paper:
    """缺件说明, or 原件说明 where the paper volume has it."""
    missing = entry.standing is Standing.MISSING
    title = "缺件说明" if missing else "原件说明"
    words = f"装订时卷内没有这份文书：{entry.why}。" if missing else "原件在纸质卷宗里，没有扫描。"
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"卷号：{volume_number(file)}"),
        paragraph(f"{entry.title}。", label="文书名称："),
        paragraph(words, label="说明："),
        paragraph(f"{entry.basis}。", label="入卷依据："),
        *([paragraph("　", label="补正情况：")] if missing else []),
        _signed("立卷人", "检查人"),
    )
    return _paper(file, title, blocks)


def _signed(*who: str) -> SignatureArea:
    return SignatureArea(places=tuple(by_hand(one) for one in who), together=True)


def _paper(file: CaseFile, title: str, blocks: tuple[Block, ...]) -> Paper:
    heading = Heading(form=title, title=title, number=volume_number(file))
    return Paper(heading=heading, blocks=blocks, profile=Profile.SMALL, numbered=False)
