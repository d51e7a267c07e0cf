"""满意度调查表: a sheet for every party with the head filled in and boxes to tick."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Block,
    Heading,
    Paper,
    Profile,
    SignatureArea,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.form_grid import FormGrid, caption, row, value
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.signing import by_hand, closing
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.documents.house import house, questions
from mediation_desk.parties.model import Party
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "调解工作满意度调查表")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.intake.accepted_on is None:
        return "本案没有受理，不做满意度调查。"
    return None if file.outcome is not None or file.ending is not None else "案件还没有结果，不做满意度调查。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One sheet for each party; the others' names are not on it."""
    return tuple(_sheet(file, party) for party in file.parties)


def _sheet(file: CaseFile, party: Party) -> Paper:
    title, number, practice = TITLES[file.track], case_number(file), house("满意度")
    mediators = "、".join(one.name for one in file.mediators)
    head = FormGrid(
        columns=(24, 47, 20, 65),
        rows=(
            row(caption("当事人"), value(party.name), caption("编号"), value(number or file.case_key)),
            row(caption("调解单位"), value(file.organisation.name), caption("调解员"), value(mediators)),
        ),
    )
    asked = FormGrid(
        columns=(82, 74),
        rows=tuple(
            row(value(f"{place}．{one.text}"), value("　".join(f"□{word}" for word in one.answers)))
            for place, one in enumerate(questions(), start=1)
        ),
    )
    blocks: tuple[Block, ...] = (
        Title(text=title),
        head,
        paragraph("请在您同意的方框里打勾。", keep=True),
        asked,
        FormGrid(columns=(24, 132), rows=(row(caption("意见和\n建议"), value(), height=45),)),
        paragraph(closing(file, "满意度"), keep=True),
        SignatureArea(places=(by_hand("填表人", act=practice.act),)),
    )
    heading = Heading(form="满意度", title=title, number=number, part=party.ref)
    return Paper(heading=heading, blocks=blocks, profile=Profile.SMALL)


FORM = Form(
    key="satisfaction", code="满意度", stage=Stage.AFTERWARDS, titles=TITLES, applies=applies, compose=compose
)
