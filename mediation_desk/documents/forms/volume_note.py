"""F-16 卷宗情况说明: pages missing, copies instead of originals, special facts of the volume."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Heading, Number, Paper, Profile, Title
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.form_grid import FormGrid, caption, row, signed, value
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.substance import case_number, volume_number
from mediation_desk.shared.dates import BLANK_DATE, cn_date
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "卷宗情况说明")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.outcome is None and file.ending is None:
        return "案件还没有结果，不用写卷宗情况说明。"
    return None


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One sheet; what the file itself knows is written, the rest is left to the pen."""
    title, number = TITLES[file.track], case_number(file)
    copies = "\n".join(_copies(file)) or "证据材料没有复印件。"
    special = "\n".join(_special(file))
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"卷号：{volume_number(file)}"),
        FormGrid(
            columns=(30, 48, 30, 48),
            rows=(
                row(caption("卷名"), value(file.title, span=3)),
                row(caption("缺页、破损\n情况"), value("", span=3), height=40),
                row(caption("复印件\n情况"), value(copies, span=3), height=40),
                row(caption("其他需要\n说明的情况"), value(special, span=3), height=75),
                row(
                    caption("立卷人"),
                    signed("立卷人", foot=BLANK_DATE),
                    caption("检查人"),
                    signed("检查人", foot=BLANK_DATE),
                    height=22,
                ),
            ),
        ),
    )
    day = file.archive.archived_on if file.archive else None
    heading = Heading(form="F-16", title=title, number=number, dated=day)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL),)


def _copies(file: CaseFile) -> Iterator[str]:
    """Evidence that is no original."""
    found = [item for item in file.evidence if not item.original]
    for item in found:
        yield f"“{item.name}”为复印件，{item.copies}份，每份{item.pages}页，{file.name_of(item.provided_by)}提供。"


def _special(file: CaseFile) -> Iterator[str]:
    """What a reader of the volume must know and cannot see; nothing of private talks (LR-22)."""
    for one in file.not_signed:
        yield f"{file.name_of(one.ref)}没有在协议上签名：{one.reason.rstrip('。')}（{cn_date(one.on)}）。"
    for correction in file.beside.corrections:
        named = "、".join(dict.fromkeys(change.name for change in correction.changes))
        yield f"{cn_date(correction.on)}更正{named}：{correction.reason.rstrip('。')}（{correction.by}）。"
    for move in file.beside.moves:
        yield f"{cn_date(move.on)}由{move.body}（{move.track}）转来：{move.reason.rstrip('。')}。"
        if move.number:
            yield f"原编号{move.number}作废，不再使用。"
    for recusal in file.recusals:
        asked = f"{file.name_of(recusal.by)}申请调解员（{recusal.mediator}）回避"
        yield f"{asked}，{cn_date(recusal.decided_on)}{recusal.result}。"


FORM = Form(key="volume_note", code="F-16", stage=Stage.FILE, titles=TITLES, applies=applies, compose=compose)
