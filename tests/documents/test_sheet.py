"""Sheet cells: what a party typed is never run, never cut, never changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from mediation_desk.documents.render.sheet import CONTROLS, LONGEST, write_cell
from mediation_desk.shared.errors import InputError

HOSTILE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    "#N/A",
    "12",
    "2026-01-01",
    "",
]


def read_back(value: Any) -> Any:
    book = Workbook()
    write_cell(book.active["A1"], value)  # type: ignore[index]  # a new book has an active sheet
    stream = BytesIO()
    book.save(stream)
    return load_workbook(stream).active["A1"]  # type: ignore[index]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    cell = read_back(text)

    assert (cell.value or "") == text
    assert cell.data_type != "f"


def test_the_library_alone_would_make_a_formula() -> None:
    book = Workbook()
    book.active["A1"] = "=1+1"  # type: ignore[index]

    assert book.active["A1"].data_type == "f"  # type: ignore[index]


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: not CONTROLS.search(text)))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert read_back(text).value == text


@pytest.mark.parametrize("text", ["字" * (LONGEST + 1), "a\x00b", "a\x1bb", "a\rb", "\x85", "\ud800"])
def test_what_a_cell_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        write_cell(Workbook().active["A1"], text)  # type: ignore[index]


@pytest.mark.parametrize("value", [7, Decimal("179.04"), None])
def test_figures_stay_figures(value: object) -> None:
    found = read_back(value).value

    assert found == value if not isinstance(value, Decimal) else Decimal(str(found)) == value


def test_days_stay_days() -> None:
    assert read_back(date(2026, 10, 31)).value.date() == date(2026, 10, 31)
