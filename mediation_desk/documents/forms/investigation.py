"""F-08 调查记录: one for each investigation; the person asked signs every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mediation_desk.cases.model import CaseFile, Investigation
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
from mediation_desk.documents.forms.signing import (
    SIGN_AND_PRINT,
    acting,
    by_hand,
    called,
    closing,
    party_places,
    sealed,
)
from mediation_desk.documents.forms.substance import case_number, numeral
from mediation_desk.documents.house import house
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解调查记录",
    Track.ADMINISTRATIVE: "行政调解调查笔录",
    Track.JUDICIAL: "调解调查记录",
}
_TURN = re.compile(r"^(问|答)[：:]\s*")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if file.investigations else "本案没有调查，不能打印调查记录。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One paper for each investigation, in order."""
    return tuple(_record(file, one, no) for no, one in enumerate(file.investigations, start=1))


def _record(file: CaseFile, one: Investigation, no: int) -> Paper:
    title, number, turn, practice = TITLES[file.track], case_number(file), f"第{numeral(no)}次", house("F-08")
    asked = "、".join(map(file.name_of, one.of))
    recorder = file.recorder.name if file.recorder else ""
    present = [*map(file.name_of, (*one.by, *one.of)), *([recorder] if recorder else [])]
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or file.case_key}（{turn}）"),
        paragraph(cn_date(one.on), label="时间："),
        paragraph(one.place, label="地点："),
        paragraph("、".join(dict.fromkeys(present)), label="参加人："),
        paragraph(asked, label="被调查人："),
        paragraph("、".join(map(file.name_of, one.by)), label="调查人："),
        Label(text="记录内容："),
        *_told(one.content),
        paragraph(closing(file, "F-08"), keep=True),
        SignatureArea(places=_places(file, one, recorder)),
        sealed(file, "F-08", one.on),
    )
    heading = Heading(form="F-08", title=title, number=number, dated=one.on, part=turn)
    return Paper(heading=heading, blocks=blocks, profile=Profile.SMALL, each_page=practice.each_page)


def _told(content: str) -> Iterator[Block]:
    """Questions and answers stand out where the record was taken down as such."""
    for line in content.split("\n"):
        if not line.strip():
            continue
        turn = _TURN.match(line)
        if turn:
            yield paragraph(line[turn.end() :], label=f"{turn[1]}：")
        else:
            yield paragraph(line)


def _places(file: CaseFile, one: Investigation, recorder: str) -> tuple[SignaturePlace, ...]:
    asked = [place for ref in one.of for place in _asked(file, ref)]
    office = [by_hand("调查人", file.name_of(ref), ref=ref) for ref in one.by]
    return (*acting(asked, house("F-08").act), *office, by_hand("记录人", recorder))


def _asked(file: CaseFile, ref: str) -> tuple[SignaturePlace, ...]:
    """A person by hand and fingerprint, an organisation by whoever spoke for it, a member of a group by name."""
    party = file.party(ref)
    if party is None:
        who = file.name_of(ref)
        return (SignaturePlace(party=f"被调查人：{who}", act=SIGN_AND_PRINT, ref=ref, hands=(who,)),)
    alone = replace(party, agents=()) if party.is_person else party
    return called(party_places(file, alone, settling=False), party, "被调查人")


FORM = Form(
    key="investigation", code="F-08", stage=Stage.SESSION, titles=TITLES, applies=applies, compose=compose
)
