"""Merged cells of a sheet: which cells lie hidden below one, and what a heading over several columns says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from mediation_desk.interchange.sheets.table import Covered, Line, Merge
from mediation_desk.shared.errors import InputError

MOST_COVERED = 200_000
"""A table of twenty thousand rows with ten columns merged in pairs stays below; nothing sensible is above."""


def covered_cells(merges: Sequence[Merge], rows: frozenset[int]) -> Mapping[int, tuple[Covered, ...]]:
    """Hidden cells by row, for the rows that are there at all. Raises ``InputError`` when there are too many."""
    found: dict[int, list[Covered]] = defaultdict(list)
    room = MOST_COVERED
    for merge in merges:
        room -= (merge.right - merge.left + 1) * len(_between(merge, rows))
        if room < 0:
            raise InputError("工作表里合并的单元格太多，请取消合并后再导入。")
        for row in _between(merge, rows):
            for column in range(merge.left, merge.right + 1):
                if (row, column) != (merge.top, merge.left):
                    found[row].append(Covered(column=column, row=merge.top, by=merge.left))
    return {row: tuple(cells) for row, cells in found.items()}


def heading_texts(lines: Mapping[int, Line], merges: Sequence[Merge], first: int, last: int) -> list[str]:
    """Titles of the columns over the rows ``first`` to ``last``: 聘期 above 起 becomes 聘期起."""
    width = max((len(lines[row].cells) for row in range(first, last + 1) if row in lines), default=0)
    width = max([width, *(merge.right + 1 for merge in merges if first <= merge.top <= last)])
    own = {(merge.top, merge.left): merge for merge in merges}
    grid = {
        (row, column): _cell(lines, row, column) for row in range(first, last + 1) for column in range(width)
    }
    for (top, left), merge in own.items():
        if first <= top <= last:
            for row in range(top, min(merge.bottom, last) + 1):
                for column in range(left, min(merge.right, width - 1) + 1):
                    grid[row, column] = _cell(lines, top, left)
    return [
        "".join(dict.fromkeys(grid[row, column] for row in range(first, last + 1))) for column in range(width)
    ]


def heading_end(merges: Sequence[Merge], first: int, most: int = 3) -> int:
    """Last row of a heading that begins in ``first``: as far as its merged cells reach down."""
    reach = [merge.bottom for merge in merges if merge.top == first and merge.bottom < first + most]
    return max(reach, default=first)


def _cell(lines: Mapping[int, Line], row: int, column: int) -> str:
    return "".join(lines[row].cell(column).split()) if row in lines else ""


def _between(merge: Merge, rows: frozenset[int]) -> Sequence[int]:
    if merge.bottom - merge.top > len(rows):
        return [row for row in rows if merge.top <= row <= merge.bottom]
    return [row for row in range(merge.top, merge.bottom + 1) if row in rows]
