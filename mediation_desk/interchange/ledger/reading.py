"""A cell of a register becomes a value, or a clause that says why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace

from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.numbering import parse_number
from mediation_desk.cases.vocabulary import Difficulty, Result
from mediation_desk.interchange.ledger import words
from mediation_desk.interchange.ledger.columns import UNDER_WAY, LedgerColumn, LedgerColumns, Reading
from mediation_desk.interchange.ledger.days import day
from mediation_desk.interchange.ledger.parties import names, pieces
from mediation_desk.interchange.sheets.cells import ENDS, Cell, Value, code, shown
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

LONGEST_NUMBER = 60
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SPACED = ("phone", "id")
_WIDE = str.maketrans("()[]【】", "（）〔〕〔〕")
_NONE = ("无", "/", "-", "—", "无编号")


@record
class Context:
    """What a cell is read with: the rules, its heading, the year the register speaks of."""

    rules: LedgerColumns
    title: str
    year: int | None


def read(column: LedgerColumn, cell: Cell, context: Context) -> Value | None:
    """The value of a cell, None for an empty one. Raises ``InputError`` with a clause when it makes no sense."""
    text = cell.text.strip(ENDS)
    if not text or text in context.rules.above:
        return None
    return _READERS[column.reading](column, replace(cell, text=text), context)


def _line(_column: LedgerColumn, cell: Cell, _context: Context) -> Value:
    return Value(value=" ".join(cell.text.split()))


def _text(_column: LedgerColumn, cell: Cell, _context: Context) -> Value:
    return Value(value=cell.text)


def _day(_column: LedgerColumn, cell: Cell, context: Context) -> Value:
    return day(cell, context.year)


def _names(column: LedgerColumn, cell: Cell, _context: Context) -> Value:
    return Value(value=cell.text if column.field == "parties" else names(cell.text))


def _pieces(column: LedgerColumn, cell: Cell, _context: Context) -> Value:
    spaced = any(word in column.field for word in _SPACED)
    return Value(value=pieces(cell.text, spaced=spaced))


def _money(_column: LedgerColumn, cell: Cell, context: Context) -> Value | None:
    return None if cell.text in _NONE else Value(value=words.amount(cell.text, title=context.title))


def _number(_column: LedgerColumn, cell: Cell, _context: Context) -> Value | None:
    if cell.text in _NONE:
        return None
    plain = code(cell.text)
    if not _YEAR.search(plain):
        raise InputError(f"编号“{shown(plain)}”里没有年份，别的年份会有同一个编号")
    if len(plain) > LONGEST_NUMBER:
        raise InputError(f"编号超过{LONGEST_NUMBER}个字")
    return Value(value=number_text(plain))


def number_text(number: str) -> str:
    """A number with the brackets of a file number: (2024) and （2024） are one."""
    plain = unicodedata.normalize("NFKC", number)
    return plain.translate(_WIDE) if parse_number(plain.translate(_WIDE)) else plain


def _words(column: LedgerColumn, cell: Cell, context: Context) -> Value:
    if column.field == "kind":
        return Value(value=words.category(context.rules, cell.text))
    found = words.meaning(context.rules, column.field, cell.text)
    if not found:
        notice = f"“{shown(cell.text)}”看不出是什么{column.name}，只保留原文。"
        return Value(value=None, notice=notice)
    if column.field == "result":
        return Value(value=found if found == UNDER_WAY else Result(found))
    return Value(value=AgreementForm(found) if column.field == "form" else Difficulty(found))


_READERS: Mapping[Reading, Callable[[LedgerColumn, Cell, Context], Value | None]] = {
    Reading.LINE: _line,
    Reading.TEXT: _text,
    Reading.DAY: _day,
    Reading.NAMES: _names,
    Reading.PIECES: _pieces,
    Reading.MONEY: _money,
    Reading.NUMBER: _number,
    Reading.WORDS: _words,
}
