"""Papers of the market regulator: 投诉登记表, 投诉受理告知书, 消费争议调解书 (§2.5, [K])."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.official_notice import NoticeKind
from mediation_desk.cases.steps.notifying import issued
from mediation_desk.documents.content import Block, Heading, Label, Number, Paper, Profile, Title, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.form_grid import FormGrid, GridRow, caption, row, value
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.grid_parts import COLUMNS, acting, long, opinion, remark
from mediation_desk.documents.forms.notice_parts import letter_of, matter, notice, others
from mediation_desk.documents.forms.office_agreement import (
    agreed,
    agreement_blocks,
    legal_words,
    office_form,
    presided,
    told_facts,
)
from mediation_desk.documents.forms.substance import case_number, claim_clauses
from mediation_desk.documents.variants import Variant, unfit, variant
from mediation_desk.parties.model import Party, Side
from mediation_desk.shared.dates import cn_date, cn_date_or_blank
from mediation_desk.shared.money import in_full
from mediation_desk.shared.track import Track

_WORDS = {Side.APPLICANT: "投诉人", Side.RESPONDENT: "被投诉人", Side.THIRD: "第三人"}


def complaint(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """投诉登记表: who complains of whom, when and through which channel it came, what is asked."""
    meant, intake, number = variant("complaint"), file.intake, case_number(file)
    claims = "\n".join(f"{one.number}{one.text}" for one in claim_clauses(file))
    money = in_full(file.claims_total) if file.claims_total is not None else ""
    rows = (
        row(
            caption("投诉日期"),
            value(cn_date(intake.received_on), span=2),
            caption("来源"),
            value("，".join(part for part in (intake.channel, intake.referral_no) if part)),
        ),
        *(line for party in file.parties for line in _party(file, party)),
        row(
            caption("消费日期"),
            value(cn_date(file.dispute.occurred_on), span=2),
            caption("类别"),
            value(file.dispute.category),
        ),
        row(caption("涉及金额"), value(money, span=4)),
        long("投诉的事实", file.facts, height=32),
        long("投诉请求", claims, height=18),
        row(
            caption("登记人"),
            value(intake.registrar, span=2),
            caption("决定日期"),
            value(cn_date_or_blank(intake.accepted_on)),
        ),
        opinion(
            "承办意见",
            f"{intake.decision}。" if intake.decision else "□受理　□不予受理",
            height=22,
            hands=("承办人",),
        ),
        remark(),
    )
    blocks = (
        Title(text=meant.title),
        Number(text=f"编号：{number or file.case_key}"),
        FormGrid(columns=COLUMNS, rows=rows),
    )
    heading = Heading(form="投诉登记表", title=meant.title, number=number, dated=intake.received_on)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.DENSE),)


def told(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """投诉受理告知书 to each party, numbered as the notice of acceptance."""
    meant = variant("complaint_accepted")
    letter = letter_of(meant.title, issued(file, NoticeKind.ACCEPTANCE), file.intake.accepted_on)
    return tuple(
        notice(file, party, replace(letter, title=meant.title), _said(file, party, meant))
        for party in file.parties
    )


def _said(file: CaseFile, party: Party, meant: Variant) -> tuple[Block, ...]:
    due = file.intake.mediation_due_on
    return (
        paragraph(
            f"{cn_date(file.intake.received_on)}收到的{matter(file)}的投诉，经审查，符合规定，决定受理，并组织调解。"
        ),
        paragraph(f"{others(file, party) or '无'}。", label="对方当事人："),
        paragraph(f"{cn_date_or_blank(file.intake.accepted_on)}。", label="受理日期："),
        *((paragraph(f"{meant.basis}。", label="依据："),) if meant.basis else ()),
        *((paragraph(f"至{cn_date(due)}止。", label="调解期限："),) if due else ()),
        *legal_words(meant),
        paragraph("调解出于自愿，不收取费用；任何一方都可以拒绝调解，依法通过其他途径解决争议。"),
    )


def _party(file: CaseFile, party: Party) -> tuple[GridRow, ...]:
    who, phone = acting(file, party)
    name = "姓名" if party.is_person else "名称"
    return (
        row(
            caption(_WORDS[party.side], deep=3),
            caption(name),
            value(party.name),
            caption("电话"),
            value(party.phone),
        ),
        row(caption("地址"), value(party.address, span=3)),
        row(caption("代理人、监护人"), value(who), caption("电话"), value(phone)),
    )


def _accepted(file: CaseFile) -> str | None:
    return unfit(file, "complaint_accepted") or (
        None if file.intake.accepted_on else "本案没有受理，不能打印投诉受理告知书。"
    )


def _written(file: CaseFile) -> str | None:
    if file.agreement is not None and file.agreement.form is AgreementForm.ORAL:
        return "已经即时履行或者双方同意不制作调解书的，不用调解书，以调解笔录和口头协议登记表为准。"
    return agreed(file)


def _middle(file: CaseFile, meant: Variant) -> tuple[Block, ...]:
    return (
        *((paragraph(f"{meant.basis}。", label="依据："),) if meant.basis else ()),
        presided(file),
        *told_facts(file, "争议的事实和请求："),
        Label(text="经调解，双方自愿达成如下协议："),
        *agreement_blocks(file),
        *legal_words(meant),
    )


FORMS = (
    Form(
        key="complaint",
        code="投诉登记表",
        stage=Stage.INTAKE,
        titles=dict.fromkeys(Track, "投诉登记表"),
        applies=lambda file: unfit(file, "complaint"),
        compose=complaint,
    ),
    Form(
        key="complaint_accepted",
        code="投诉受理告知",
        stage=Stage.INTAKE,
        titles=dict.fromkeys(Track, "投诉受理告知书"),
        applies=_accepted,
        compose=told,
    ),
    office_form("consumer", "消费争议调解书", _written, _middle),
)
