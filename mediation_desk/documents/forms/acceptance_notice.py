"""受理通知书: each party learns that the body took the case, on what basis, and who will mediate (§2.2, §2.5)."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.official_notice import NoticeKind
from mediation_desk.cases.steps.notifying import issued
from mediation_desk.documents.content import Block, Paper, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.acceptance import period
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.notice_parts import (
    between,
    letter_of,
    matter,
    notice,
    others,
    titles,
    you,
)
from mediation_desk.documents.forms.people import mediator_title
from mediation_desk.documents.notice_rules import basis_of
from mediation_desk.parties.model import Party
from mediation_desk.shared.dates import cn_date_or_blank
from mediation_desk.shared.errors import InputError

TITLES = titles("受理通知书")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.intake.accepted_on is None:
        return "本案没有受理，不能打印受理通知书。"
    try:
        basis_of("受理", file.track)
    except InputError as error:  # a faulty rule file is told where the paper would be
        return error.message
    return None


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One notice for each party, with the stub the body keeps."""
    letter = letter_of(TITLES[file.track], issued(file, NoticeKind.ACCEPTANCE), file.intake.accepted_on)
    with_stub = replace(letter, stub=True)
    return tuple(notice(file, party, with_stub, _said(file, party)) for party in file.parties)


def _said(file: CaseFile, party: Party) -> tuple[Block, ...]:
    basis = basis_of("受理", file.track)
    number = f"案号：{file.intake.number}。" if file.intake.number else ""
    return (
        paragraph(f"关于{between(file, party)}，本单位经审查，决定受理。{number}"),
        paragraph(f"{others(file, party) or '无'}。", label="对方当事人："),
        paragraph(f"{matter(file)}。", label="事由："),
        paragraph(f"{cn_date_or_blank(file.intake.accepted_on)}。", label="受理日期："),
        *((paragraph(f"{basis}。", label="依据："),) if basis else ()),
        *((paragraph(f"{period(file)}。", label="调解期限："),) if file.intake.mediation_due_on else ()),
        paragraph(_mediators(file), label="调解员："),
        paragraph(
            f"认为调解员与本案当事人或者纠纷有利害关系、可能影响公正调解的，{you(party)}可以申请回避或者要求更换；"
            f"调解出于自愿，{you(party)}可以接受、拒绝或者随时要求终止；调解不收取任何费用。",
            label="申请回避等权利：",
        ),
    )


def _mediators(file: CaseFile) -> str:
    seated = [f"{mediator_title(file, one)}{one.name}（{one.role}）" for one in file.mediators]
    return f"{'、'.join(seated)}。" if seated else "由各方当事人另行选定或者由本单位指派，另行告知。"


FORM = Form(
    key="accepted", code="受理通知书", stage=Stage.INTAKE, titles=TITLES, applies=applies, compose=compose
)
