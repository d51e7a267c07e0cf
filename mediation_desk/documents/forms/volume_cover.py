"""F-01 卷宗封面: what the volume is, who mediated and when, how long it is kept (§2.2)."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Fields, Heading, Name, Paper, Profile, Space, Title
from mediation_desk.documents.form import Form
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.shared.dates import BLANK_DATE, cn_date
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "卷宗封面")
NO_VOLUME = "受理或者决定不予受理以后才有卷宗。"
_NAMES = {Track.PEOPLES: "调解卷宗", Track.ADMINISTRATIVE: "行政调解卷宗", Track.JUDICIAL: "调解卷宗"}
_MEDIATORS = {Track.PEOPLES: "人民调解员", Track.ADMINISTRATIVE: "调 解 人 员", Track.JUDICIAL: "调　解　员"}
_ROW = 16.5  # millimetres


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
    blocks: tuple[Block, ...] = (
        Space(height=12),
        Title(text=file.organisation.name),
        Space(height=10),
        Name(text="　".join(name) if len(name) <= 4 else " ".join(name)),
        Space(height=24),
        Fields(rows=rows, height=_ROW),
    )
    heading = Heading(form="F-01", title=TITLES[file.track], number=number, dated=filed)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.COVER, numbered=False),)


def _mediators_word(file: CaseFile) -> str:
    return "人民调解员" if file.organisation.type.is_committee else _MEDIATORS[file.track]


def _span(file: CaseFile) -> str:
    begun: date = file.intake.accepted_on or file.intake.received_on
    ended = file.outcome.concluded_on if file.outcome else (file.ending.on if file.ending else None)
    return f"{cn_date(begun)}至{cn_date(ended) if ended else BLANK_DATE}"


FORM = Form(key="cover", code="F-01", titles=TITLES, applies=applies, compose=compose)
