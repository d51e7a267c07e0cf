"""补正材料通知书: which papers are missing, until when, and what follows without them (§2.2)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.official_notice import NoticeKind, OfficialNotice
from mediation_desk.documents.content import Block, Label, Paper, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.notice_parts import (
    Letter,
    between,
    notice,
    numbered,
    others,
    titles,
    you,
)
from mediation_desk.documents.forms.substance import numeral
from mediation_desk.parties.model import Party, Side
from mediation_desk.shared.dates import cn_date

TITLES = titles("补正材料通知书")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if _asked(file) else "还没有通知补正材料；要通知的，先登记“发出通知”，写明要补什么。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """For each time something was asked for, a notice to every applicant (to every party where there is none)."""
    applicants = tuple(party for party in file.parties if party.side is Side.APPLICANT) or file.parties
    asked = _asked(file)
    return tuple(
        notice(file, party, _letter(file, one, turn if len(asked) > 1 else 0), _said(file, party, one))
        for turn, one in enumerate(asked, start=1)
        for party in applicants
    )


def _asked(file: CaseFile) -> tuple[OfficialNotice, ...]:
    return tuple(one for one in file.beside.notices if one.kind is NoticeKind.COMPLETION)


def _letter(file: CaseFile, one: OfficialNotice, turn: int) -> Letter:
    called = f"第{numeral(turn)}次" if turn else ""
    return Letter(title=TITLES[file.track], number=one.number, day=one.on, turn=called)


def _said(file: CaseFile, party: Party, one: OfficialNotice) -> tuple[Block, ...]:
    until = f"于{cn_date(one.due_on)}前" if one.due_on else "收到本通知后及时"
    after = "逾期不补正的，可以按材料不齐不予受理；" if file.intake.accepted_on is None else ""
    return (
        paragraph(
            f"{cn_date(file.intake.received_on)}收到的{between(file, party)}的调解申请，经审查，材料不齐。"
        ),
        paragraph(f"{others(file, party) or '无'}。", label="对方当事人："),
        Label(text="需要补正的材料："),
        *numbered(tuple(f"{line.rstrip('。；')}。" for line in one.what.splitlines())),
        paragraph(f"请{you(party)}{until}补齐，交本单位核对；提交复印件的，带原件核对。", label="补正期限："),
        paragraph(f"{after}确有困难、不能按时补正的，请在期限届满前说明。", label="说明："),
    )


FORM = Form(
    key="completion", code="补正通知书", stage=Stage.INTAKE, titles=TITLES, applies=applies, compose=compose
)
