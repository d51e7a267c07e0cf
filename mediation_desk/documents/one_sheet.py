"""Papers that are handed over as one sheet: set smaller where the running text would spill onto a second one.

The stub of a notice, or the slip that comes back signed, is of no use on a sheet of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil

from mediation_desk.documents import styles
from mediation_desk.documents.content import Paper, Profile, Table
from mediation_desk.documents.flow import flow
from mediation_desk.documents.form_grid import FormGrid
from mediation_desk.documents.lines import Item, Line, ems
from mediation_desk.documents.styles import Role, Style

_SPARE = 0.97  # of the sheet: lines are counted here, not set


def on_one_sheet(paper: Paper) -> Paper:
    """The paper as it is, or set in 小四 where it would not fit on one sheet otherwise."""
    return paper if _height(paper) <= _room(paper) else replace(paper, profile=Profile.DENSE)


def _room(paper: Paper) -> float:
    return _SPARE * styles.page(paper.profile, landscape=paper.landscape).text_height


def _height(paper: Paper) -> float:
    width = styles.page(paper.profile, landscape=paper.landscape).text_width
    looks = styles.styles(paper.profile)
    return sum(_of(item, looks, width) for item in flow(paper))


def _of(item: Item, looks: Mapping[Role, Style], width: float) -> float:
    match item:
        case Line():
            look = looks[item.role]
            indent = look.first_indent + look.left_indent
            lines = ceil((ems(item.text) + indent) * look.size / width) or 1
            return lines * look.leading + look.before + look.after
        case FormGrid():
            return _grid(item, looks[Role.GRID], width)
        case Table():
            row = looks[Role.FINE if item.fine else Role.CELL].leading
            return (len(item.rows) + 1) * (row + 2 * styles.cell_padding(tall=item.tall, fine=item.fine))
        case _:
            return 0.0


def _grid(item: FormGrid, look: Style, width: float) -> float:
    """Each row is as high as its fullest cell."""
    share = width / sum(item.columns)
    total = 2 * styles.GRID_GAP
    for row in item.rows:
        place, most = 0, 1
        for cell in row.cells:
            room = share * sum(item.columns[place : place + cell.span]) - 2 * styles.GRID_MARGIN
            most = max(most, ceil(ems(cell.text) * look.size / room))
            place += cell.span
        total += most * look.leading + 2 * styles.GRID_PADDING
    return total
