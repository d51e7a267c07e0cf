"""委派、委托调解函签收回执: what the court handed over, and the signature that starts the clock (§2.6)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile, CourtReferral
from mediation_desk.cases.vocabulary import CourtMode
from mediation_desk.documents.content import Heading, Number, Paper, Profile, SealPlace, Title, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.form_grid import FormGrid, caption, row, value
from mediation_desk.documents.forms.acceptance import period
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.grid_parts import acting
from mediation_desk.documents.forms.substance import claim_clauses
from mediation_desk.parties.model import Party
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "委派（委托）调解函签收回执")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if file.court_referral else "本案不是法院委派、委托来的，没有签收回执。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One receipt; papers handed over and the contact judge are left to the pen where they are not on record."""
    court = file.court_referral
    return () if court is None else (_receipt(file, court),)


def called(court: CourtReferral) -> str:
    """委派 before filing, 委托 after it."""
    return "委派" if court.mode is CourtMode.BEFORE_FILING else "委托"


def _receipt(file: CaseFile, court: CourtReferral) -> Paper:
    word, day = called(court), court.received_signed_on
    title = f"{word}调解函签收回执"
    claims = "\n".join(f"{one.number}{one.text}" for one in claim_clauses(file))
    received = f"{cn_date(day)}签收，调解期限自次日起算。"
    rows = (
        row(caption("法院"), value(court.court, span=3)),
        row(
            caption("案号"),
            value(court.court_case_no or file.intake.referral_no or ""),
            caption("方式"),
            value(court.mode),
        ),
        row(
            caption("当事人及联系方式"),
            value("\n".join(_party(file, party) for party in file.parties), span=3),
        ),
        row(caption("案由"), value(file.title, span=3)),
        row(caption("诉讼请求"), value(claims, span=3), height=24),
        row(caption("移交材料清单"), value("1．\n2．\n3．", span=3), height=40),
        row(caption("调解期限"), value(period(file), span=3)),
        row(caption("联系法官"), value(), caption("电话"), value()),
        row(
            caption("签收"),
            value(received, span=3, foot=f"签收人：　　　　　　　　　{cn_date(day)}"),
            height=30,
        ),
    )
    blocks = (
        Title(text=title),
        Number(text=f"编号：{file.intake.number or file.case_key}"),
        paragraph(f"{court.court}：", indent=False),
        paragraph(f"你院{cn_date(court.referred_on)}{court.letter}及所附材料收悉，现将签收情况回复如下。"),
        FormGrid(columns=(28, 54, 20, 54), rows=rows),
        SealPlace(body=file.organisation.name, day=cn_date(day)),
    )
    heading = Heading(form="签收回执", title=title, number=file.intake.number, dated=day)
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE)


def _party(file: CaseFile, party: Party) -> str:
    who, phone = acting(file, party)
    agent = f"；{who}{f'，电话{phone}' if phone else ''}" if who else ""
    return f"{party.side}：{party.name}，电话{party.phone or '　　　　'}{agent}"


FORM = Form(
    key="referral_receipt",
    code="签收回执",
    stage=Stage.INTAKE,
    titles=TITLES,
    applies=applies,
    compose=compose,
)
