"""F-03 调解申请书: the applicant asks for mediation."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import SourceStat
from mediation_desk.documents.content import (
    Block,
    DayLine,
    Heading,
    Label,
    Paper,
    Profile,
    SignatureArea,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.people import party_blocks
from mediation_desk.documents.forms.signing import acting, closing, party_places
from mediation_desk.documents.forms.substance import claim_clauses, facts
from mediation_desk.documents.house import house
from mediation_desk.parties.model import Side
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解申请书",
    Track.ADMINISTRATIVE: "行政调解申请书",
    Track.JUDICIAL: "调解申请书",
}


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.beside.ledger is not None and file.beside.ledger.closed:
        return "台账旧案只有台账的原文，没有调解申请书。"
    if file.intake.source_stat is SourceStat.OWN_MOTION:
        return "本案由调解组织主动调解，没有调解申请书。"
    applicants = any(party.side is Side.APPLICANT for party in file.parties)
    return None if applicants else "本案没有登记申请人，不能打印调解申请书。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """The application of all applicants together."""
    title = TITLES[file.track]
    applicants = [party for party in file.parties if party.side is Side.APPLICANT]
    places = acting(
        (p for party in applicants for p in party_places(file, party, settling=False)), house("F-03").act
    )
    blocks: tuple[Block, ...] = (
        Title(text=title),
        *party_blocks(file, Side.APPLICANT),
        *party_blocks(file, Side.RESPONDENT, Side.THIRD),
        Label(text="纠纷简要情况："),
        facts(file),
        Label(text="当事人申请事项："),
        *claim_clauses(file),
        paragraph(closing(file, "F-03")),
        paragraph("此致", keep=True),
        paragraph(file.organisation.name, indent=False, keep=True),
        SignatureArea(places=places),
        DayLine(day=cn_date(file.intake.received_on)),
    )
    heading = Heading(form="F-03", title=title, number=file.intake.number, dated=file.intake.received_on)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL),)


FORM = Form(
    key="application", code="F-03", stage=Stage.INTAKE, titles=TITLES, applies=applies, compose=compose
)
