"""调解情况反馈 and 终止调解报告 to the court that delegated the case (§2.6)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile, CourtReferral
from mediation_desk.documents.content import Heading, Number, Paper, Profile, SealPlace, Title
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.form_grid import FormGrid, caption, row, value
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.people import mediator_title, names
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.shared.dates import cn_date, cn_date_or_blank
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "调解情况反馈、终止调解报告")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.court_referral is None:
        return "本案不是法院委派、委托来的，不向法院报告。"
    return None if file.outcome is not None else "本案还没有结果，不能打印调解情况反馈。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One report; acts that raised the other side's cost are for the mediator's pen, never taken from notes."""
    court = file.court_referral
    return () if court is None else (_report(file, court),)


def _report(file: CaseFile, court: CourtReferral) -> Paper:
    outcome = file.outcome
    success = outcome is not None and outcome.result.success
    title = "调解情况反馈" if success else "终止调解报告"
    started = cn_date(court.received_signed_on)
    ended = cn_date_or_blank(outcome.concluded_on if outcome else None)
    mediators = "、".join(f"{mediator_title(file, one)}{one.name}" for one in file.mediators)
    returned = "\n".join(f"{no}．{one}" for no, one in enumerate(court.returned_papers, start=1))
    rows = (
        row(caption("法院"), value(court.court, span=3)),
        row(
            caption("案号"),
            value(court.court_case_no or file.intake.referral_no or ""),
            caption("来文"),
            value(f"{cn_date(court.referred_on)}{court.letter}"),
        ),
        row(caption("案由"), value(file.title, span=3)),
        row(caption("当事人"), value(names(file), span=3)),
        row(caption("调解员"), value(mediators, span=3)),
        row(caption("调解结果"), value(_result(file), span=3), height=18),
        row(caption("开始日期"), value(started), caption("结束日期"), value(ended)),
        row(caption("调解不成的原因"), value("无" if success else _reason(file), span=3), height=24),
        row(
            caption("无正当理由增加\n对方成本的行为"),
            value("□没有　　□有：", span=3),
            height=24,
        ),
        row(caption("送达地址"), value(_addresses(file), span=3), height=20),
        row(
            caption("退回的材料"),
            value(returned, span=3, foot=_returned_on(court)),
            height=24,
        ),
        row(caption("备注"), value(span=3), height=14),
    )
    number = case_number(file)
    blocks = (
        Title(text=title),
        Number(text=f"编号：{number or file.case_key}"),
        FormGrid(columns=(32, 54, 20, 50), rows=rows),
        SealPlace(body=file.organisation.name, day=ended),
    )
    heading = Heading(
        form="调解报告", title=title, number=number, dated=outcome.concluded_on if outcome else None
    )
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE)


def _result(file: CaseFile) -> str:
    outcome, agreement = file.outcome, file.agreement
    if outcome is None:
        return ""
    if agreement is None:
        return f"{outcome.result}。"
    number = f"，编号{agreement.number}" if agreement.number else ""
    return f"{outcome.result}，达成{agreement.form}调解协议{number}。"


def _reason(file: CaseFile) -> str:
    """The cause on record and the words the notice to the parties says; nothing said in mediation."""
    ending = file.ending
    if ending is None:
        return file.outcome.reason or "" if file.outcome else ""
    return f"{ending.cause}。{ending.reason}"


def _addresses(file: CaseFile) -> str:
    return "\n".join(f"{party.name}：{party.address or '见送达地址确认书'}" for party in file.parties)


def _returned_on(court: CourtReferral) -> str:
    return f"退回日期：{cn_date_or_blank(court.returned_on)}"


FORM = Form(
    key="court_report", code="调解报告", stage=Stage.COURT, titles=TITLES, applies=applies, compose=compose
)
