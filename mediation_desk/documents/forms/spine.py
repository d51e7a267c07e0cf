"""脊背标签: number, year, retention and place of a volume as a strip to cut out; five volumes to a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Column, Heading, Paper, Profile, Table, Title
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.shared.track import Track

TITLE = "脊背标签"
TITLES = dict.fromkeys(Track, TITLE)
_TO_A_ROW = 5
_EMPTY = ("", "", "", "", "", "")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if file.archive is not None else "本案还没有归档，不能打印脊背标签。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One strip."""
    filed = file.archive.archived_on if file.archive else None
    return (_sheet((file,), number=case_number(file) or file.case_key, dated=filed),)


def of_volumes(files: Sequence[CaseFile], on: date) -> Paper:
    """Strips of several volumes on A4, in the order given."""
    return _sheet(files, number=None, dated=on)


def _sheet(files: Sequence[CaseFile], *, number: str | None, dated: date | None) -> Paper:
    rows = [files[place : place + _TO_A_ROW] for place in range(0, len(files), _TO_A_ROW)]
    blocks: list[Block] = [Title(text=TITLE)]
    blocks += [_row(row) for row in rows]
    heading = Heading(form="标签", title=TITLE, number=number, dated=dated)
    return Paper(heading=heading, blocks=tuple(blocks), profile=Profile.DENSE)


def _row(files: Sequence[CaseFile]) -> Table:
    """Columns are strips, cut out along the lines; places left over stay empty."""
    strips = [_strip(file) for file in files] + [_EMPTY] * (_TO_A_ROW - len(files))
    return Table(
        columns=tuple(Column(title=strip[0], weight=30) for strip in strips),
        rows=tuple(zip(*(strip[1:] for strip in strips), strict=True)),
        tall=True,
    )


def _strip(file: CaseFile) -> tuple[str, ...]:
    archive = file.archive
    year = archive.archived_on.year if archive and archive.archived_on else file.intake.received_on.year
    shelf = file.beside.shelf.place if file.beside.shelf else "　　　　"
    return (
        f"{year}年度",
        archive.volume_no if archive else file.case_key,
        file.title,
        archive_rules().kept(archive.retention).name if archive else "",
        f"共{archive.pages}页" if archive and archive.pages else "共　　页",
        f"架号　{shelf}",
    )


FORM = Form(key="spine", code="标签", stage=Stage.FILE, titles=TITLES, applies=applies, compose=compose)
