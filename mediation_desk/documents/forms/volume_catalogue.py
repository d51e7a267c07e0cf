"""F-02 卷内目录: what lies in the volume, in order, and on which pages (§2.2)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Column, Heading, Number, Paper, Profile, Table, Title
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.volume_cover import applies, volume_number
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "卷内目录")
_OUTSIDE = frozenset({"卷宗封面", "卷内目录", "封底"})
_LINES = 19  # a whole page; what is added later is written into the empty ones
_COLUMNS = (
    Column(title="序号", weight=14),
    Column(title="文书名称", weight=82, centred=False),
    Column(title="页号", weight=24),
    Column(title="备注", weight=36, centred=False),
)


def compose(file: CaseFile, background: Background = NOTHING) -> tuple[Paper, ...]:
    """Lines with true pages while a volume is put together; alone, the titles with the pages left to the pencil."""
    number = volume_number(file)
    lines = _lines(file, background)
    rows = [(str(place), *line) for place, line in enumerate(lines, start=1)]
    rows += [("", "", "", "")] * (_LINES - len(rows))
    blocks: tuple[Block, ...] = (
        Title(text="卷 内 目 录"),
        Number(text=f"卷号：{number}"),
        Table(columns=_COLUMNS, rows=tuple(rows), tall=True),
    )
    heading = Heading(form="F-02", title=TITLES[file.track], number=number)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.DENSE, numbered=False),)


def _lines(file: CaseFile, background: Background) -> list[tuple[str, str, str]]:
    binding = background.binding
    if binding is not None:
        return [(entry.title, pages(entry.first, entry.last), entry.note) for entry in binding.entries]
    inside = file.archive.documents if file.archive else ()
    return [(title, "", "") for title in inside if title not in _OUTSIDE]


def pages(first: int, last: int) -> str:
    """``7`` or ``7-12``."""
    return str(first) if first == last else f"{first}-{last}"


FORM = Form(key="catalogue", code="F-02", stage=Stage.FILE, titles=TITLES, applies=applies, compose=compose)
