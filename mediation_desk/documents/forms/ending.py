"""不予受理通知书 and 终止通知书: the notice that ends a case without agreement, one for each party (LR-10)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile, Ending
from mediation_desk.cases.vocabulary import Cause, Result
from mediation_desk.documents.content import Block, Clause, Label, Paper, Profile, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.notice_parts import (
    PREFIX,
    Letter,
    between,
    notice,
    numbered,
    others,
)
from mediation_desk.documents.notice_rules import refusal_reasons
from mediation_desk.parties.model import Party
from mediation_desk.shared.dates import cn_date, cn_span
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track

_KINDS = {Result.NOT_ACCEPTED: "不予受理通知书", Result.WITHDRAWN: "终结通知书"}
_TICKED, _OPEN = "■", "□"


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.ending is None:
        return "本案没有以不予受理、终止、撤回或者调解不成结案，不能打印通知书。"
    if file.ending.kind is Result.WITHDRAWN and file.ending.notice is None:
        return "申请人撤回的案件没有发出通知书。"
    try:
        refusal_reasons()
    except InputError as error:  # a faulty rule file is told where the paper would be
        return error.message
    return None


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One notice for each party, naming the other side; a refusal ticks its reason and keeps a stub (§2.2)."""
    ending = file.ending
    if ending is None:
        return ()
    refused = ending.kind is Result.NOT_ACCEPTED
    given = ending.notice
    letter = Letter(
        title=given.title if given else PREFIX[file.track] + _KINDS.get(ending.kind, "终止通知书"),
        number=given.number if given else None,
        day=given.on if given else ending.on,
        stub=refused,
        profile=Profile.DENSE if refused else Profile.SMALL,
    )
    said = _refusal if refused else _end
    return tuple(notice(file, party, letter, said(file, ending, party)) for party in file.parties)


def _refusal(file: CaseFile, ending: Ending, party: Party) -> tuple[Block, ...]:
    received = cn_date(file.intake.received_on)
    return (
        paragraph(f"{received}收到的{between(file, party)}的调解申请，经审查，决定不予受理。"),
        paragraph(f"{others(file, party) or '无'}。", label="对方当事人："),
        Label(text="不予受理的理由："),
        *_ticks(ending),
        paragraph(ending.reason, label="说明："),
        *_basis(ending),
        *_remedies(ending),
    )


def _ticks(ending: Ending) -> tuple[Clause, ...]:
    """The list with the reason on record ticked; one the list does not know ticks 其他."""
    reasons = refusal_reasons()
    known = any(reason.cause is ending.cause for reason in reasons)
    lines = [(reason.cause is ending.cause, f"{reason.text}；") for reason in reasons]
    other = "其他" if ending.cause is Cause.OTHER or known else f"其他：{ending.cause}"
    lines.append((not known, f"{other}。"))
    return tuple(Clause(number=_TICKED if ticked else _OPEN, text=text) for ticked, text in lines)


def _end(file: CaseFile, ending: Ending, party: Party) -> tuple[Block, ...]:
    return (
        paragraph(_what(file, ending, party)),
        paragraph(f"{others(file, party) or '无'}。", label="对方当事人："),
        *_course(file),
        paragraph(ending.reason, label="理由："),
        *_basis(ending),
        *_remedies(ending),
    )


def _basis(ending: Ending) -> tuple[Block, ...]:
    return (paragraph(f"{ending.basis}。", label="依据："),) if ending.basis else ()


def _remedies(ending: Ending) -> tuple[Block, ...]:
    return (
        Label(text="当事人可以通过下列途径维护自己的权利："),
        *numbered(tuple(f"{remedy.rstrip('。')}。" for remedy in ending.told_remedies)),
    )


def _what(file: CaseFile, ending: Ending, party: Party) -> str:
    received = cn_date(file.intake.received_on)
    accepted = cn_date(file.intake.accepted_on) if file.intake.accepted_on else received
    number = f"，案号{file.intake.number}" if file.intake.number else ""
    ends = "因申请人撤回申请，本次调解终结" if ending.kind is Result.WITHDRAWN else _failed(ending)
    return f"{between(file, party)}，本单位于{accepted}受理{number}。{cn_date(ending.on)}，{ends}。"


def _failed(ending: Ending) -> str:
    return "经调解不能达成协议，本次调解终止" if ending.kind is Result.FAILED else "本次调解终止"


def _course(file: CaseFile) -> tuple[Block, ...]:
    """When and where the parties met (终止通知书: times and places, course)."""
    held = [session for session in file.sessions if session.held]
    if not held:
        return ()
    meetings = "；".join(
        f"{cn_span(s.date, s.start, s.end)}，{s.place}{f'，{s.result}' if s.result else ''}" for s in held
    )
    return (paragraph(f"{meetings}。", label="调解经过："),)


FORM = Form(
    key="notice",
    code="通知书",
    stage=Stage.ENDING,
    titles=dict.fromkeys(Track, "不予受理、终止通知书"),
    applies=applies,
    compose=compose,
)
