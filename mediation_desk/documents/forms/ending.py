"""不予受理通知书 and 终止通知书: the notice that ends a case without agreement, one for each party (LR-10)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile, Ending
from mediation_desk.cases.vocabulary import Result
from mediation_desk.documents.content import (
    Block,
    Clause,
    Heading,
    Label,
    Number,
    Paper,
    Profile,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.signing import seal
from mediation_desk.parties.model import Party
from mediation_desk.shared.dates import cn_date, cn_span
from mediation_desk.shared.track import Track

_PREFIX = {Track.PEOPLES: "人民调解", Track.ADMINISTRATIVE: "行政调解", Track.JUDICIAL: "调解"}
_KINDS = {Result.NOT_ACCEPTED: "不予受理通知书", Result.WITHDRAWN: "终结通知书"}


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.ending is None:
        return "本案没有以不予受理、终止、撤回或者调解不成结案，不能打印通知书。"
    if file.ending.kind is Result.WITHDRAWN and file.ending.notice is None:
        return "申请人撤回的案件没有发出通知书。"
    return None


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One notice for each party, naming the other side."""
    ending = file.ending
    return () if ending is None else tuple(_notice(file, ending, party) for party in file.parties)


def _notice(file: CaseFile, ending: Ending, party: Party) -> Paper:
    notice = ending.notice
    title = notice.title if notice else _PREFIX[file.track] + _KINDS.get(ending.kind, "终止通知书")
    number = notice.number if notice else None
    day = notice.on if notice else ending.on
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"文号：{number or '　　　　　　'}"),
        paragraph(f"{party.name}：", indent=False),
        paragraph(_what(file, ending, party)),
        *_course(file),
        paragraph(ending.reason, label="理由："),
        *([paragraph(f"{ending.basis}。", label="依据：")] if ending.basis else []),
        Label(text="当事人可以通过下列途径维护自己的权利："),
        *(
            Clause(number=f"{place}．", text=f"{remedy.rstrip('。')}。")
            for place, remedy in enumerate(ending.told_remedies, start=1)
        ),
        paragraph("特此通知。", keep=True),
        seal(file, day),
    )
    heading = Heading(
        form="通知书", title=title, number=number or file.intake.number, dated=day, part=party.ref
    )
    return Paper(heading=heading, blocks=blocks, profile=Profile.SMALL)


def _what(file: CaseFile, ending: Ending, party: Party) -> str:
    others = "、".join(other.name for other in file.parties if other.ref != party.ref)
    matter = f"{_you(party)}与{others}之间的{file.dispute.category}（{file.title}）"
    received = cn_date(file.intake.received_on)
    if ending.kind is Result.NOT_ACCEPTED:
        return f"{received}收到的{matter}的调解申请，经审查，决定不予受理。"
    accepted = cn_date(file.intake.accepted_on) if file.intake.accepted_on else received
    number = f"，案号{file.intake.number}" if file.intake.number else ""
    ends = "因申请人撤回申请，本次调解终结" if ending.kind is Result.WITHDRAWN else "本次调解终止"
    return f"{matter}，本单位于{accepted}受理{number}。{cn_date(ending.on)}，{ends}。"


def _you(party: Party) -> str:
    if party.is_group:
        return "你们"
    return "你" if party.is_person else "你单位"


def _course(file: CaseFile) -> tuple[Block, ...]:
    """When and where the parties met (终止通知书: times and places, course)."""
    held = [session for session in file.sessions if session.held]
    if not held:
        return ()
    meetings = "；".join(f"{cn_span(s.date, s.start, s.end)}，{s.place}" for s in held)
    return (paragraph(f"{meetings}。", label="调解经过："),)


FORM = Form(
    key="notice",
    code="通知书",
    stage=Stage.ENDING,
    titles=dict.fromkeys(Track, "不予受理、终止通知书"),
    applies=applies,
    compose=compose,
)
