"""延期同意书 and 延期通知书: all parties agree to a longer period before it ends, and are told the new day (T-11)."""

from __future__ import annotations

from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.deadlines.rules import length_text
from mediation_desk.cases.lifecycle import UNDER_WAY, state_of
from mediation_desk.cases.model import CaseFile, Extension
from mediation_desk.cases.official_notice import NoticeKind
from mediation_desk.cases.steps.notifying import issued
from mediation_desk.documents.content import (
    Block,
    Heading,
    Number,
    Paper,
    Profile,
    SignatureArea,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.notice_parts import between, letter_of, matter, notice, others
from mediation_desk.documents.forms.people import names
from mediation_desk.documents.forms.signing import party_places, seal
from mediation_desk.documents.forms.substance import numeral
from mediation_desk.parties.model import Party
from mediation_desk.shared.dates import BLANK_DATE, cn_date, cn_date_or_blank
from mediation_desk.shared.track import Track

CONSENTS, NOTICES = dict.fromkeys(Track, "延期同意书"), dict.fromkeys(Track, "延期通知书")
_PEN = "　　　　　　　　　　　　　　　　"


def wanted(file: CaseFile) -> str | None:
    """Why there is nothing to agree to, or None; before the extension is on record the paper is open for the pen."""
    if file.extensions:
        return None
    running = state_of(file) in UNDER_WAY and last_due_on(file) is not None
    return None if running else "本案没有延长过期限，也不在调解期限之内，没有延期同意书。"


def told(file: CaseFile) -> str | None:
    """Why there is no notice, or None."""
    return None if file.extensions else "本案没有延长过期限，没有延期通知书。"


def compose_consent(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One sheet all parties sign for each extension; without any on record one with its blanks open."""
    return tuple(_consent(file, one) for one in file.extensions) or (_consent(file, None),)


def compose_notice(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """For each extension one notice to every party."""
    return tuple(
        notice(
            file,
            party,
            letter_of(
                NOTICES[file.track],
                issued(file, NoticeKind.EXTENSION, one.no),
                one.agreed_on,
                turn=_turn(file, one),
            ),
            _longer(file, party, one),
        )
        for one in file.extensions
        for party in file.parties
    )


def _turn(file: CaseFile, one: Extension | None) -> str:
    return f"第{numeral(one.no)}次" if one is not None and len(file.extensions) > 1 else ""


def _consent(file: CaseFile, one: Extension | None) -> Paper:
    title, number, turn = CONSENTS[file.track], file.intake.number, _turn(file, one)
    before = one.due_before if one else last_due_on(file)
    length = length_text(one.days, one.unit) if one else "　　　　日"
    after = cn_date(one.due_after) if one else BLANK_DATE
    day = one.agreed_on if one else None
    taken = f"由{file.organisation.name}于{cn_date_or_blank(file.intake.accepted_on)}受理"
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or ''}{f'（{turn}）' if turn else ''}"),
        paragraph(f"{names(file)}。", label="当事人："),
        paragraph(f"{matter(file)}，{taken}。", label="事由："),
        paragraph(f"至{cn_date_or_blank(before)}止。", label="原定调解期限："),
        paragraph(f"{one.reason.rstrip('。')}。" if one else _PEN, label="延期理由："),
        paragraph(f"延长{length}，至{after}止。", label="延长期限："),
        paragraph(
            "各方当事人已知悉：延长期限出于自愿，任何一方都可以不同意；延长以后，各方仍可以随时要求终止调解，"
            "依法通过仲裁、行政、司法等途径维护自己的权利。经协商，各方一致同意延长本案的调解期限。",
            keep=True,
        ),
        SignatureArea(
            places=tuple(p for party in file.parties for p in party_places(file, party, settling=False))
        ),
        seal(file, day),
    )
    heading = Heading(form="延期同意书", title=title, number=number, dated=day, part=turn)
    return Paper(heading=heading, blocks=blocks, profile=Profile.SMALL)


def _longer(file: CaseFile, party: Party, one: Extension) -> tuple[Block, ...]:
    length = length_text(one.days, one.unit)
    agreed = "、".join(file.name_of(ref) for ref in one.consent) or "各方当事人"
    return (
        paragraph(
            f"关于{between(file, party)}，经各方同意，本单位决定延长调解期限。",
        ),
        paragraph(f"{others(file, party) or '无'}。", label="对方当事人："),
        paragraph(f"至{cn_date(one.due_before)}止。", label="原定调解期限："),
        paragraph(f"{one.reason.rstrip('。')}。", label="延期理由："),
        paragraph(f"{agreed}于{cn_date(one.agreed_on)}同意延长。", label="各方同意："),
        paragraph(f"延长{length}，至{cn_date(one.due_after)}止。", label="延长期限："),
    )


FORMS = (
    Form(
        key="extension",
        code="延期同意书",
        stage=Stage.SESSION,
        titles=CONSENTS,
        applies=wanted,
        compose=compose_consent,
    ),
    Form(
        key="extended",
        code="延期通知书",
        stage=Stage.SESSION,
        titles=NOTICES,
        applies=told,
        compose=compose_notice,
    ),
)
