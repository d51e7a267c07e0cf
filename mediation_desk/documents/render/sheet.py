"""The one way a value gets into a sheet cell: text stays text, whatever it begins with."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from openpyxl.cell.cell import Cell

from mediation_desk.shared.errors import InputError

LONGEST = 32_767  # characters a cell holds; the library would cut the rest off silently
RUNS = tuple("=+-@\t＝＋－＠|%'")
"""Beginnings that make a sheet run a cell once somebody edits it, or saves it as CSV and opens that."""

_ESCAPED = re.compile(
    "_(?=x[0-9A-Fa-f]{4}_)"
)  # ST_Xstring of ECMA-376: such a text would be read as a character
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def write_cell(cell: Cell, value: str | int | Decimal | date | None) -> None:
    """Put ``value`` into ``cell``; a text that looks like a formula, a number or an error stays a text.

    Raises InputError for text that is longer than a cell holds or carries control characters.
    """
    if isinstance(value, str):
        _require_writable(value)
        cell.value = _ESCAPED.sub("_x005F_", value)
        cell.data_type = "s"
        if value.startswith(RUNS):
            cell.quotePrefix = True  # text it stays when somebody steps into the cell and out again
    else:
        cell.value = value


def _require_writable(text: str) -> None:
    if len(text) > LONGEST:
        raise InputError(f"单元格最多容纳{LONGEST}个字，这段文字有{len(text)}个字。")
    found = CONTROLS.search(text)
    if found:
        raise InputError(f"文字第{found.start() + 1}个字是控制字符（U+{ord(found[0]):04X}），不能写入表格。")
