"""F-01 卷宗封面: what the volume is, who mediated and when, how long it is kept (§2.2)."""

from __future__ import annotations

from datetime import date
from math import ceil

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Fields, Heading, Name, Paper, Profile, Space, Title
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.shared.dates import BLANK_DATE, cn_date
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "卷宗封面")
NO_VOLUME = "受理或者决定不予受理以后才有卷宗。"
_NAMES = {Track.PEOPLES: "调解卷宗", Track.ADMINISTRATIVE: "行政调解卷宗", Track.JUDICIAL: "调解卷宗"}
_MEDIATORS = {Track.PEOPLES: "人民调解员", Track.ADMINISTRATIVE: "调 解 人 员", Track.JUDICIAL: "调　解　员"}
# Millimetres: the sheet's room; rows, words and gaps on it. Much to say takes from the gaps, then from the rows.
_ROOM = 237.0
_ROW, _LOW_ROW = 16.5, 12.0
_LINE, _TITLE_LINE, _NAME = 8.6, 13.5, 33.0
_GAPS = (12.0, 10.0, 24.0)
_CHARS, _TITLE_CHARS = 19, 16
_KINDS = ("人民调解委员会", "调解委员会", "调解中心")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if file.intake.accepted_on or file.ending else NO_VOLUME


def volume_number(file: CaseFile) -> str:
    """卷号: what the archive says, else the number of the case, which is the volume's too (§2.1)."""
    return (file.archive.volume_no if file.archive else None) or case_number(file) or file.case_key


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One sheet; who bound it and when is written by hand unless the volume is on the shelf."""
    archive, number = file.archive, volume_number(file)
    filed = archive.archived_on if archive else None
    rows = (
        ("卷　　　名", file.title),
        ("卷　　　号", number),
        (_mediators_word(file), "、".join(mediator.name for mediator in file.mediators)),
        ("调 解 日 期", _span(file)),
        ("立　卷　人", ""),
        ("立 卷 日 期", cn_date(filed) if filed else BLANK_DATE),
        ("保 管 期 限", str(archive.retention) if archive else ""),
        ("备　　　注", (archive.access or "") if archive else ""),
    )
    name = _NAMES[file.track]
    height, (above, between, below) = _measures(file.organisation.name, [value for _caption, value in rows])
    blocks: tuple[Block, ...] = (
        Space(height=above),
        *(Title(text=line) for line in _lines(file.organisation.name)),
        Space(height=between),
        Name(text="　".join(name) if len(name) <= 4 else " ".join(name)),
        Space(height=below),
        Fields(rows=rows, height=height),
    )
    heading = Heading(form="F-01", title=TITLES[file.track], number=number, dated=filed)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.COVER, numbered=False),)


def _measures(body: str, values: list[str]) -> tuple[float, tuple[float, ...]]:
    """Height of a row and the gaps, so that everything stands on one sheet."""
    lines = [ceil(len(value) / _CHARS) or 1 for value in values]
    head = _NAME + _TITLE_LINE * (ceil(len(body) / _TITLE_CHARS) or 1)
    needed = {row: head + sum(max(row, _LINE * count + 3) for count in lines) for row in (_ROW, _LOW_ROW)}
    row = _ROW if needed[_ROW] + sum(_GAPS) / 2 <= _ROOM else _LOW_ROW
    share = min(1.0, max(0.0, (_ROOM - needed[row]) / sum(_GAPS)))
    return row, tuple(round(gap * share, 1) for gap in _GAPS)


def _lines(body: str) -> tuple[str, ...]:
    """A long name turns where a reader pauses, not before its last character."""
    kind = next((word for word in _KINDS if body.endswith(word) and body != word), "")
    return (body.removesuffix(kind), kind) if kind and len(body) > _TITLE_CHARS else (body,)


def _mediators_word(file: CaseFile) -> str:
    return "人民调解员" if file.organisation.type.is_committee else _MEDIATORS[file.track]


def _span(file: CaseFile) -> str:
    begun: date = file.intake.accepted_on or file.intake.received_on
    ended = file.outcome.concluded_on if file.outcome else (file.ending.on if file.ending else None)
    return f"{cn_date(begun)}至{cn_date(ended) if ended else BLANK_DATE}"


FORM = Form(key="cover", code="F-01", stage=Stage.FILE, titles=TITLES, applies=applies, compose=compose)
