"""中止通知书 and 恢复调解通知书: why the clock stands still, from which day, and when it runs again (T-10)."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.beside import Standstill
from mediation_desk.cases.deadlines.period import rule_applied
from mediation_desk.cases.deadlines.rules import length_text
from mediation_desk.cases.model import CaseFile, Suspension
from mediation_desk.cases.official_notice import NoticeKind
from mediation_desk.cases.steps.notifying import issued
from mediation_desk.documents.content import Block, Paper, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.notice_parts import between, letter_of, notice, others
from mediation_desk.documents.forms.substance import numeral
from mediation_desk.parties.model import Party
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import DeskError
from mediation_desk.shared.track import Track

STOPPED, RESUMED = dict.fromkeys(Track, "中止通知书"), dict.fromkeys(Track, "恢复调解通知书")


def stopped(file: CaseFile) -> str | None:
    """Why there is no notice of a suspension, or None."""
    return None if file.suspensions or file.beside.standstill else "本案没有中止过，没有中止通知书。"


def resumed(file: CaseFile) -> str | None:
    """Why there is no notice of a resumption, or None."""
    return None if file.suspensions else "本案没有中止以后恢复的，没有恢复调解通知书。"


def compose_stopped(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """For each suspension one notice to every party."""
    return tuple(
        notice(
            file,
            party,
            letter_of(
                STOPPED[file.track],
                issued(file, NoticeKind.SUSPENSION, no),
                stop.notice_on,
                turn=_turn(file, no),
            ),
            _why(file, party, stop),
        )
        for no, stop in _stops(file)
        for party in file.parties
    )


def compose_resumed(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """For each suspension that is over one notice to every party."""
    return tuple(
        notice(
            file,
            party,
            letter_of(
                RESUMED[file.track],
                issued(file, NoticeKind.RESUMPTION, stop.no),
                stop.to,
                turn=_turn(file, stop.no),
            ),
            _goes_on(file, party, stop),
        )
        for stop in file.suspensions
        for party in file.parties
    )


def _stops(file: CaseFile) -> tuple[tuple[int, Suspension | Standstill], ...]:
    running = file.beside.standstill
    ended = tuple((stop.no, stop) for stop in file.suspensions)
    return (*ended, (len(ended) + 1, running)) if running is not None else ended


def _turn(file: CaseFile, no: int) -> str:
    return f"第{numeral(no)}次" if len(_stops(file)) > 1 else ""


def _why(file: CaseFile, party: Party, stop: Suspension | Standstill) -> tuple[Block, ...]:
    article = _article(file)
    return (
        paragraph(f"关于{between(file, party)}，本单位{_taken(file)}受理。因下列事由，现决定中止调解。"),
        paragraph(f"{others(file, party) or '无'}。", label="对方当事人："),
        paragraph(f"{stop.cause}。{stop.reason.rstrip('。')}。", label="中止事由："),
        paragraph(f"自{cn_date(stop.from_on)}起。", label="中止时间："),
        *((paragraph(f"{article}。", label="依据："),) if article else ()),
        paragraph(
            "中止期间不计入调解期限。中止的事由消除后恢复调解，由本单位另行通知；"
            "中止期间，当事人依法通过仲裁、行政、司法等途径维护权利不受影响。",
            label="中止的效力：",
        ),
    )


def _goes_on(file: CaseFile, party: Party, stop: Suspension) -> tuple[Block, ...]:
    length = length_text(stop.days_excluded, stop.unit)
    return (
        paragraph(
            f"关于{between(file, party)}，本单位于{cn_date(stop.notice_on)}通知因{stop.cause}中止调解。"
            "现中止的事由已经消除，恢复调解。"
        ),
        paragraph(f"{others(file, party) or '无'}。", label="对方当事人："),
        paragraph(f"自{cn_date(stop.from_on)}起至{cn_date(stop.to)}止，共{length}。", label="中止时间："),
        paragraph(f"自{cn_date(stop.to)}的次日起恢复调解。", label="恢复时间："),
        paragraph(
            f"中止的{length}不计入调解期限，调解期限由{cn_date(stop.due_before)}顺延至{cn_date(stop.due_after)}。",
            label="调解期限：",
        ),
        paragraph("下一次调解的时间、地点，由本单位另行通知。"),
    )


def _taken(file: CaseFile) -> str:
    day: date | None = file.intake.accepted_on
    number = f"（案号{file.intake.number}）" if file.intake.number else ""
    return f"已于{cn_date(day)}{number}" if day else "已经"


def _article(file: CaseFile) -> str:
    try:
        rule = rule_applied(file)
    except DeskError:  # no rule for this kind of case: the notice names none
        return ""
    return rule.article if rule is not None else ""


FORMS = (
    Form(
        key="suspended",
        code="中止通知书",
        stage=Stage.SESSION,
        titles=STOPPED,
        applies=stopped,
        compose=compose_stopped,
    ),
    Form(
        key="resumed",
        code="恢复通知书",
        stage=Stage.SESSION,
        titles=RESUMED,
        applies=resumed,
        compose=compose_resumed,
    ),
)
