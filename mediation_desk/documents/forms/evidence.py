"""F-09 证据材料登记表: what was handed in, by whom, to prove what."""

from __future__ import annotations

from dataclasses import replace

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
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.signing import by_hand, closing, hands_of, sealed
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.documents.house import house
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解证据材料登记表",
    Track.ADMINISTRATIVE: "行政调解证据材料登记表",
    Track.JUDICIAL: "调解证据材料登记表",
}
_COLUMNS = (
    Column(title="序号", weight=11),
    Column(title="证据名称", weight=56, centred=False),
    Column(title="提供人", weight=34),
    Column(title="份数", weight=12),
    Column(title="页数", weight=12),
    Column(title="原件/复印件", weight=25),
    Column(title="证明内容", weight=57, centred=False),
    Column(title="收件人", weight=24),
    Column(title="日期", weight=29),
)


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if file.evidence else "本案没有证据材料，不能打印证据材料登记表。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """The register, on its side; whoever handed something in signs beneath."""
    title, number, practice = TITLES[file.track], case_number(file), house("F-09")
    rows = tuple(_row(file, place, item) for place, item in enumerate(file.evidence, start=1))
    copies = sum(item.copies for item in file.evidence)
    pages = sum(item.pages * item.copies for item in file.evidence)
    givers = dict.fromkeys(item.provided_by for item in file.evidence)
    places = [
        replace(by_hand("提供人", file.name_of(ref), act=practice.act, ref=ref), hands=hands_of(file, ref))
        for ref in givers
    ]
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or file.case_key}"),
        paragraph(file.title, label="案由：", indent=False),
        Table(columns=_COLUMNS, rows=rows, tall=True),
        paragraph(f"合计{len(rows)}件、{copies}份、{pages}页。{closing(file, 'F-09')}", keep=True),
        SignatureArea(places=(*places, by_hand("收件人"))),
        sealed(file, "F-09", None),
    )
    heading = Heading(form="F-09", title=title, number=number, dated=file.evidence[-1].received_on)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.DENSE, landscape=True),)


def _row(file: CaseFile, place: int, item: Evidence) -> tuple[str, ...]:
    """The receiver signs by hand: the desk does not know who took the paper in."""
    return (
        str(place),
        item.name,
        file.name_of(item.provided_by),
        str(item.copies),
        str(item.pages),
        "原件" if item.original else "复印件",
        item.proves,
        "",
        cn_date(item.received_on),
    )


FORM = Form(key="evidence", code="F-09", stage=Stage.SESSION, titles=TITLES, applies=applies, compose=compose)
