"""行政调解立案审批表: officer, unit and agency each write an opinion before a case is taken (§2.5)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Heading, Number, Paper, Profile, Title
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.form_grid import FormGrid, caption, row, value
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.grid_parts import COLUMNS, long, opinion, party_rows, remark
from mediation_desk.parties.model import Side
from mediation_desk.shared.track import Track

TITLE = "行政调解立案审批表"


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if file.track is Track.ADMINISTRATIVE else "立案审批表只用于行政调解。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One table; the opinions are open for the pen."""
    sides = (Side.APPLICANT, Side.RESPONDENT, Side.THIRD)
    rows = (
        *(line for side in sides for line in party_rows(file, side)),
        row(caption("纠纷类别"), value(file.dispute.category, span=4)),
        long("案情简要", file.facts, height=40),
        opinion("立案人员意见", height=27),
        opinion("调解机构意见", height=27),
        opinion("调解机关意见", height=27),
        remark(),
    )
    number = file.intake.number
    blocks = (
        Title(text=TITLE),
        Number(text=f"案号：{number or file.case_key}"),
        FormGrid(columns=COLUMNS, rows=rows),
    )
    heading = Heading(form="立案审批表", title=TITLE, number=number, dated=file.intake.accepted_on)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.DENSE),)


FORM = Form(
    key="filing_approval",
    code="立案审批表",
    stage=Stage.INTAKE,
    titles=dict.fromkeys(Track, TITLE),
    applies=applies,
    compose=compose,
)
