"""行政调解简易程序登记表: a plain dispute settled on the spot, on one sheet (§2.5, a city standard)."""

from __future__ import annotations

from mediation_desk.agreements.wording import details
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Heading, Number, Paper, Profile, SignatureArea, Title, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.form_grid import FormGrid, caption, row, value
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.grid_parts import COLUMNS, long, short_party
from mediation_desk.documents.forms.signing import agreement_places, seal
from mediation_desk.documents.forms.substance import case_number, claim_clauses, numeral
from mediation_desk.parties.model import Side
from mediation_desk.shared.dates import cn_date_or_blank
from mediation_desk.shared.track import Track

TITLE = "行政调解简易程序登记表"


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.track is not Track.ADMINISTRATIVE:
        return "简易程序登记表只用于行政调解。"
    return None if file.intake.accepted_on else "本案没有受理，不能打印简易程序登记表。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One sheet that parties and officers sign; the agreement stands in it as it was reached, or stays open."""
    agreement, outcome = file.agreement, file.outcome
    reached = [
        "".join((f"{numeral(clause.no)}、{clause.text}", *details(clause)))
        for clause in (agreement.clauses if agreement else ())
    ]
    sides = (Side.APPLICANT, Side.RESPONDENT, Side.THIRD)
    claims = "\n".join(f"{one.number}{one.text}" for one in claim_clauses(file))
    day = outcome.concluded_on if outcome else None
    rows = (
        *(short_party(file, side) for side in sides),
        row(caption("纠纷类别"), value(file.dispute.category, span=4)),
        long("纠纷事实", file.facts, height=20),
        long("请求事项", claims, height=14),
        long("调解结果", "\n".join(reached), height=30),
        row(
            caption("当场履行"),
            value("□当场履行完毕　□约定期限履行", span=2),
            caption("日期"),
            value(cn_date_or_blank(day)),
        ),
    )
    number = case_number(file)
    blocks = (
        Title(text=TITLE),
        Number(text=f"案号：{number or file.case_key}"),
        FormGrid(columns=COLUMNS, rows=rows),
        paragraph("各方当事人同意适用简易程序调解，对以上内容核对无误。", keep=True),
        agreement_places(file) if file.parties else SignatureArea(places=()),
        seal(file, day),
    )
    heading = Heading(form="简易程序", title=TITLE, number=number, dated=day)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.DENSE),)


FORM = Form(
    key="simple_procedure",
    code="简易程序",
    stage=Stage.INTAKE,
    titles=dict.fromkeys(Track, TITLE),
    applies=applies,
    compose=compose,
)
