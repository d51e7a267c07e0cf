"""F-10 调解记录: one for each session held. Private notes of a caucus never reach it (LR-22)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mediation_desk.cases.minutes.composing import OPENING, READ_BACK
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Block,
    Heading,
    Label,
    Number,
    Paper,
    Profile,
    SignatureArea,
    SignaturePlace,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.signing import by_hand, closing, office_places, party_places, sealed
from mediation_desk.documents.forms.substance import case_number, numeral
from mediation_desk.documents.house import house
from mediation_desk.hearings.model import Session, SessionResult
from mediation_desk.shared.dates import cn_date, cn_span
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解记录",
    Track.ADMINISTRATIVE: "行政调解笔录",
    Track.JUDICIAL: "调解记录",
}
_RESULTS = (SessionResult.AGREED, SessionResult.PARTLY, SessionResult.FAILED, SessionResult.TO_CONTINUE)
_REF = re.compile(r"^([A-Z]\d+(?:-\d+)?)(.*)$")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    held = any(session.held for session in file.sessions)
    return None if held else "本案还没有已经召开并记录的调解会，不能打印调解记录。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One paper for each session held, in order."""
    return tuple(_record(file, session) for session in file.sessions if session.held)


def _record(file: CaseFile, session: Session) -> Paper:
    title, number = TITLES[file.track], case_number(file)
    turn = f"第{numeral(session.no)}次"
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or ''}（{turn}）"),
        paragraph(cn_span(session.date, session.start, session.end), label="时间："),
        paragraph(session.place, label="地点："),
        paragraph(file.title, label="事由："),
        paragraph(_present(file, session), label="当事人："),
        *([paragraph(_absent(file, session), label="未到场：")] if session.absent else []),
        paragraph("、".join(session.invited) or "无", label="参加人："),
        paragraph(_office(file, session), label="调解人员："),
        paragraph(f"{session.mode}，{'公开' if session.public else '不公开'}", label="方式："),
        Label(text="调解记录："),
        *_told(session),
        paragraph(_result(session), label="调解结果："),
        *_checked(file, session),
        SignatureArea(places=_places(file, session)),
        sealed(file, "F-10", session.date),
        *_additions(file, session),
    )
    heading = Heading(form="F-10", title=title, number=number, dated=session.date, part=turn)
    return Paper(heading=heading, blocks=blocks, profile=Profile.SMALL)


_NOTICE = "调解开始前，调解人员核对了到场人员身份，告知了当事人的权利、义务和申请回避的权利，当事人表示清楚。"


def _told(session: Session) -> Iterator[Block]:
    """The record by paragraphs; its headings stand out. A record from a board tells its opening itself."""
    lines = [line for line in session.record.split("\n") if line.strip()]
    if session.rights_notice_given and OPENING not in lines:
        yield paragraph(_NOTICE)
    until = lines.index(READ_BACK) if READ_BACK in lines else len(lines)
    for line in lines[:until]:
        yield Label(text=line.strip("【】")) if _is_head(line) else paragraph(line)


def _checked(file: CaseFile, session: Session) -> Iterator[Block]:
    """Who found the record right and who objects, as it was read back; else the usual sentence."""
    _before, head, after = session.record.partition(READ_BACK)
    lines = [line for line in after.split("\n") if line.strip()] if head else [closing(file, "F-10")]
    for line in lines:
        yield paragraph(line, keep=True)


def _is_head(line: str) -> bool:
    return line.startswith("【") and line.endswith("】")


def _additions(file: CaseFile, session: Session) -> Iterator[Block]:
    """What was added after everybody had signed: beneath it, with day and author, and a place to sign."""
    found = file.beside.additions_to(session.no)
    if found:
        yield Label(text="补记（记录签名以后补充，不改动上面的记录）")
    for one in found:
        yield paragraph(one.text, label=f"{cn_date(one.on)}　{one.by}：")
    if found:
        yield SignatureArea(places=(by_hand("补记人"),))


def _present(file: CaseFile, session: Session) -> str:
    words = []
    for seat in session.attendees:
        party = file.party(seat.ref)
        side = f"{party.side}，" if party else ""
        words.append(f"{file.name_of(seat.ref)}（{side}{seat.how}）")
    return "；".join(words) or "无"


def _absent(file: CaseFile, session: Session) -> str:
    """``A1本人`` → ``蒲建业本人``: an absent list may add a word to the reference."""
    words = []
    for entry in session.absent:
        match = _REF.match(entry)
        words.append(file.name_of(match[1]) + match[2] if match else entry)
    return "、".join(words)


def _office(file: CaseFile, session: Session) -> str:
    chair = f"主持人{file.name_of(session.presided_by)}"
    others = [m.name for m in file.mediators if m.pool_no != session.presided_by]
    helping = f"；调解员{'、'.join(others)}" if others else ""
    recorder = f"；记录人{file.name_of(session.recorder)}" if session.recorder else ""
    return chair + helping + recorder


def _result(session: Session) -> str:
    """All options with the one that applies marked, in the words of this centre."""
    told = zip(_RESULTS, house("F-10").results, strict=True)
    return "；".join(
        f"{'■' if session.result is result else '□'}{'①②③④'[place]}{text}"
        for place, (result, text) in enumerate(told)
    )


def _places(file: CaseFile, session: Session) -> tuple[SignaturePlace, ...]:
    here = {seat.ref for seat in session.attendees}
    parties = [
        p for party in file.parties if party.ref in here for p in party_places(file, party, settling=False)
    ]
    invited = [by_hand("参加人", name) for name in session.invited]
    return (*parties, *invited, *office_places(file))


FORM = Form(key="record", code="F-10", stage=Stage.SESSION, titles=TITLES, applies=applies, compose=compose)
