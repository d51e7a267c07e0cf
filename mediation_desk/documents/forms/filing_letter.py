"""调解协议备案函: the agreement goes to the court within the period (§2.6; 特邀调解规定 art. 19, 20)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile, CourtReferral
from mediation_desk.cases.vocabulary import CourtMode
from mediation_desk.documents.content import Block, Heading, Number, Paper, Profile, Title, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms import agreement as agreed
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.notice_parts import OPEN_NUMBER
from mediation_desk.documents.forms.referral_receipt import called
from mediation_desk.documents.forms.signing import seal
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "调解协议备案函")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.court_referral is None:
        return "本案不是法院委派、委托来的，不用向法院备案。"
    if file.agreement is None:
        return "本案没有达成协议，不用向法院备案。"
    return None if file.effective_on is not None else "协议还没有签完，不能送法院备案。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One letter; its own number and day are left to the pen."""
    court = file.court_referral
    return () if court is None else (_letter(file, court),)


def _letter(file: CaseFile, court: CourtReferral) -> Paper:
    number, word = case_number(file), called(court)
    case_no = court.court_case_no or file.intake.referral_no
    about = f"（{case_no}）" if case_no and not case_no.startswith("（") else case_no or ""
    effective = f"，自{cn_date(file.effective_on)}起生效" if file.effective_on else ""
    due = file.intake.mediation_due_on
    period = f"，在调解期限（至{cn_date(due)}止）之内" if due else ""
    blocks: tuple[Block, ...] = (
        Title(text="关于报送调解协议备案的函"),
        Number(text=f"文号：{OPEN_NUMBER}"),
        paragraph(f"{court.court}：", indent=False),
        paragraph(
            f"你院{cn_date(court.referred_on)}以{court.letter}{word}调解的“{file.title}”一案{about}，"
            f"经{file.organisation.name}主持调解，各方当事人自愿达成{agreed.TITLES[file.track]}"
            f"{f'（编号{number}）' if number else ''}{effective}{period}。"
        ),
        paragraph(_asks(court)),
        paragraph("1．调解协议书一份；2．调解情况反馈一份；3．送达地址确认书。", label="附："),
        paragraph("特此函告。", keep=True),
        seal(file, None),
    )
    heading = Heading(form="备案函", title="调解协议备案函", number=number, dated=file.effective_on)
    return Paper(heading=heading, blocks=blocks, profile=Profile.LARGE)


def _asks(court: CourtReferral) -> str:
    if court.mode is CourtMode.AFTER_FILING:
        return "现将调解协议送交你院，请依法审查；需要的，请据此制作调解书。"
    return "现将调解协议报送你院备案；当事人共同申请司法确认的，由当事人另行提出。"


FORM = Form(
    key="filing_letter", code="备案函", stage=Stage.COURT, titles=TITLES, applies=applies, compose=compose
)
