"""行政调解征求意见书: the agency asks each side whether it consents, with the reply on the same sheet (§2.5)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Block,
    Heading,
    Label,
    Number,
    Paper,
    Perforation,
    Profile,
    SignatureArea,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.notice_parts import OPEN_NUMBER, addressee, between, matter, you
from mediation_desk.documents.forms.people import names
from mediation_desk.documents.forms.signing import party_places, seal
from mediation_desk.documents.notice_rules import basis_of
from mediation_desk.parties.model import Party, Side
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track

TITLE = "行政调解征求意见书"


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.track is not Track.ADMINISTRATIVE:
        return "征求意见书只用于行政调解。"
    try:
        basis_of("征求意见", file.track)
    except InputError as error:  # a faulty rule file is told where the paper would be
        return error.message
    return None


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One letter to each party; number, day and the last day to answer are left to the pen."""
    return tuple(_letter(file, party) for party in file.parties)


def _letter(file: CaseFile, party: Party) -> Paper:
    basis = basis_of("征求意见", file.track)
    blocks: tuple[Block, ...] = (
        Title(text=TITLE),
        Number(text=f"文号：{OPEN_NUMBER}"),
        paragraph(f"{addressee(file, party)}：", indent=False),
        *((paragraph(f"{basis}。", label="依据："),) if basis else ()),
        paragraph(
            f"申请人{names(file, Side.APPLICANT) or '无'}，被申请人{names(file, Side.RESPONDENT) or '无'}"
            + (f"，第三人{names(file, Side.THIRD)}" if names(file, Side.THIRD) else "")
            + "。",
            label="双方当事人：",
        ),
        paragraph(f"{matter(file)}。", label="事由："),
        paragraph(
            f"{between(file, party)}，属于可以调解的范围。现征求{you(party)}的意见：是否同意由本单位主持调解。"
            f"调解出于自愿，不收取费用；{you(party)}可以同意，也可以不同意，不同意的不影响依法通过仲裁、行政、"
            "司法等途径维护权利。",
            label="征求意见：",
        ),
        paragraph(
            "请于收到本意见书之日起＿＿＿日内填写下面的回执交本单位；逾期不答复的，视为不同意调解。",
            label="答复期限：",
            keep=True,
        ),
        seal(file, None),
        Perforation(number="回执"),
        Label(text=f"{file.organisation.name}："),
        paragraph(f"关于{matter(file)}，本人（本单位）：", keep=True),
        paragraph("□同意由你单位主持调解。　　□不同意调解，理由：＿＿＿＿＿＿", keep=True),
        SignatureArea(places=tuple(party_places(file, party, settling=False)), together=True),
        paragraph("答复日期：＿＿＿＿年＿＿月＿＿日", indent=False),
    )
    heading = Heading(form="征求意见书", title=TITLE, number=file.intake.number, part=party.ref)
    return Paper(heading=heading, blocks=blocks, profile=Profile.SMALL)


FORM = Form(
    key="consent_request",
    code="征求意见书",
    stage=Stage.INTAKE,
    titles=dict.fromkeys(Track, TITLE),
    applies=applies,
    compose=compose,
)
