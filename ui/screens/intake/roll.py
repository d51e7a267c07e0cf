"""The members of a group as lines of a table, and how a pasted list is understood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal

from mediation_desk.interchange.roll import RollRow
from mediation_desk.parties.identity import gender_in, id_problems
from mediation_desk.shared.errors import InputError
from ui.fields.money_field import read_yuan
from ui.screens.intake.words import Words, text, ticked

_ID = re.compile(r"\d{17}[\dXx]|\d{15}")
_PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}")
_SERIAL = re.compile(r"\d{1,4}[.、]?")
_HEADER = ("姓名", "身份证", "序号")
_TICKS = ("代表", "代表人", "是", "√", "✓")


@dataclass(frozen=True, slots=True)
class Line:
    """One member as typed."""

    name: str = ""
    id_no: str = ""
    phone: str = ""
    amount: str = ""
    representative: bool = False

    @property
    def gender(self) -> str:
        """What the identity number says; "" while it is not right."""
        return "" if self.problem() or not self.id_no else gender_in(self.id_no).value

    def problem(self) -> str:
        """The first thing wrong with this line, as a clause."""
        if not self.name:
            return "缺姓名"
        if not self.id_no:
            return "缺身份证号"
        reasons = [reason for _key, reason in id_problems(self.id_no, born=None, gender=None)]
        if reasons:
            return reasons[0]
        try:
            read_yuan(self.amount)
        except InputError:
            return "金额不是数"
        return ""

    def yuan(self) -> Decimal:
        """The amount, nothing while it is not right."""
        try:
            return read_yuan(self.amount) or Decimal()
        except InputError:
            return Decimal()

    def is_blank(self) -> bool:
        """Nothing typed."""
        return not (self.name or self.id_no or self.phone or self.amount)

    def words(self) -> dict[str, object]:
        """For the draft."""
        return {
            "name": self.name,
            "id_no": self.id_no,
            "phone": self.phone,
            "amount": self.amount,
            "representative": self.representative,
        }


def line_of(words: Words) -> Line:
    """The line a draft kept."""
    return Line(
        name=text(words, "name"),
        id_no=text(words, "id_no"),
        phone=text(words, "phone"),
        amount=text(words, "amount"),
        representative=ticked(words, "representative"),
    )


def lines_of(pasted: str) -> tuple[Line, ...]:
    """Members from a list copied out of a sheet: columns are told by what stands in them, headings are left out."""
    rows = (unicodedata.normalize("NFKC", row) for row in pasted.splitlines())
    wanted = (row for row in rows if row.strip() and not any(word in row for word in _HEADER))
    return tuple(line for row in wanted if not (line := _line(row)).is_blank())


def taken_in(rows: tuple[RollRow, ...], known: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The members of a sheet that are new, and one sentence for every row with something wrong.

    A row with a fault comes in all the same, to be put right on the screen; one that is there already does not.
    """
    numbers = {line.id_no for line in known if line.id_no}
    lines: list[Line] = []
    faults: list[str] = []
    for row in rows:
        line = Line(
            name=" ".join(row.name.split()),
            id_no=_plain(row.id_no).upper(),
            phone=_plain(row.phone),
            amount=row.amount,
            representative=row.representative in _TICKS,
        )
        if line.id_no and line.id_no in numbers:
            faults.append(f"第{row.row}行：{line.name}已在名单里，没有重复加")
            continue
        numbers.add(line.id_no)
        lines.append(line)
        if reason := row.flaw or line.problem():
            faults.append(f"第{row.row}行：{reason}")
    return tuple(lines), tuple(faults)


def _plain(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).split())


def _line(row: str) -> Line:
    line = Line()
    for place, cell in enumerate(cell.strip() for cell in row.split("\t")):
        line = _with(line, cell, place)
    return line


def _with(line: Line, cell: str, place: int) -> Line:
    if not cell or cell in ("男", "女") or (place == 0 and _SERIAL.fullmatch(cell)):
        return line
    plain = cell.replace(" ", "")
    if cell in _TICKS:
        return replace(line, representative=True)
    if _ID.fullmatch(plain):
        return replace(line, id_no=plain.upper())
    if not line.phone and _PHONE.fullmatch(plain):
        return replace(line, phone=plain)
    if not line.name and not plain[0].isdigit():
        return replace(line, name=cell)
    if line.name and not line.id_no and len(plain) > len("00000000") and plain[:8].isdigit():
        return replace(line, id_no=plain.upper())
    return replace(line, amount=cell) if not line.amount else line
