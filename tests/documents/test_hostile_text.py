"""Hostile text on paper and in sheets: shown to the character, run by nothing (S7, S12)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from mediation_desk.documents.render import payment_sheet
from mediation_desk.documents.render.sheet import LONGEST, write_cell
from mediation_desk.documents.service import Format
from mediation_desk.experts.mediator import Mediator, Standing
from mediation_desk.interchange.pool import export
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import folded
from mediation_desk.statistics.layout import Reported
from mediation_desk.statistics.render import to_docx, to_pdf, to_xlsx
from mediation_desk.statistics.work import sheet as work_sheet
from mediation_desk.statistics.work.kinds import work_rules
from mediation_desk.statistics.work.model import WorkEntry, WorkSums
from mediation_desk.subsidy.model import BatchSheet
from tests.documents.reading import docx_text, pdf_text
from tests.every_field import filled
from tests.hostile_case import hostile_file
from tests.hostile_papers import faults, papers_of
from tests.hostile_text import SHEETS, keepable
from tests.interpreted import in_pdf, in_xlsx, words_of_xlsx
from tests.unit.test_sheets import CODES, table

ROOT = Path(__file__).parents[2]
PREFIXES = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
TEXTS = (
    *(text.replace("\r", "") for text in SHEETS),
    *(f"{prefix}1+1" for prefix in PREFIXES),
    "_x0041_",
    "_x000D_=1",
    "'=1",
    "|x",
    "%x",
)


@pytest.mark.parametrize("turn", range(2))
def test_every_paper_says_what_was_typed_and_does_nothing(turn: int) -> None:
    """Two turns over all papers, each once as DOCX or PDF; all turns: benchmarks.reliability.hostile_text."""
    both: tuple[Format, Format] = ("docx", "pdf") if turn else ("pdf", "docx")
    kinds = cycle(both)
    file = hostile_file(keepable(one_line=True), turn * 131)
    wrong = [fault for paper in papers_of(file) for fault in faults(paper, (next(kinds),))]
    assert wrong == []


def test_a_paragraph_that_is_not_escaped_is_found() -> None:
    out = io.BytesIO()
    said = "甲<font color='white' size='1'>zero</font>"
    style = getSampleStyleSheet()["Normal"]
    link = Paragraph("<a href='http://example.invalid'>x</a>", style)
    SimpleDocTemplate(out).build([Paragraph(said, style), link])
    assert pdf_text(out.getvalue()) != folded(said)
    assert list(in_pdf(out.getvalue()))


def texts() -> Callable[[type, str], str]:
    turn = cycle(TEXTS)
    return lambda _record, _field: next(turn)


def pool(*, public_only: bool) -> bytes:
    staff = [replace(filled(Mediator, texts()), standing=Standing.ENGAGED) for _ in TEXTS]
    return export.workbook(staff, on=date(2026, 3, 2), public_only=public_only)


def work_register() -> bytes:
    entries = [filled(WorkEntry, texts()) for _ in TEXTS]
    return work_sheet.workbook(entries, filled(WorkSums, texts()), work_rules())


def payments() -> bytes:
    sheet = filled(BatchSheet, texts())
    return payment_sheet.workbook(
        "=1+1", replace(sheet, claims=tuple(filled(type(sheet.claims[0]), texts()) for _ in TEXTS))
    )


def statistics(code: str) -> bytes:
    found = table(code, lines=len(TEXTS))
    rows = tuple(
        row if row.is_total else replace(row, label=text, remark=text)
        for row, text in zip(found.rows, (*TEXTS, ""), strict=False)
    )
    return to_xlsx(replace(found, rows=rows), Reported(unit="=1+1", made_on=date(2026, 11, 3)))


EXPORTERS: dict[str, Callable[[], bytes]] = {
    "interchange.pool.export": lambda: pool(public_only=False),
    "interchange.pool.export public": lambda: pool(public_only=True),
    "statistics.work.sheet": work_register,
    "documents.render.payment_sheet": payments,
    **{f"statistics.sheet {code}": (lambda code=code: statistics(code)) for code in CODES},  # type: ignore[misc]
}


def test_every_module_that_writes_a_sheet_is_looked_at() -> None:
    writers = {
        ".".join(file.relative_to(ROOT / "mediation_desk").with_suffix("").parts)
        for file in (ROOT / "mediation_desk").rglob("*.py")
        if re.search(r"import .*\bwrite_cell\b|to_csv|^import csv", file.read_text("utf-8"), re.MULTILINE)
    }
    assert writers == {name.split()[0] for name in EXPORTERS}


@pytest.mark.parametrize("name", EXPORTERS)
def test_no_column_of_a_sheet_runs_anything(name: str) -> None:
    data = EXPORTERS[name]()
    assert list(in_xlsx(data)) == []
    assert any(text in words for words in words_of_xlsx(data) for text in PREFIXES)


@pytest.mark.parametrize("text", TEXTS)
def test_a_cell_shows_what_it_was_given(text: str) -> None:
    data = _one_cell(lambda cell: write_cell(cell, text))
    assert words_of_xlsx(data) == {text}
    assert list(in_xlsx(data)) == []


def test_what_a_cell_does_not_hold_is_refused_and_never_cut() -> None:
    _one_cell(lambda cell: write_cell(cell, "字" * LONGEST))
    for text in ("字" * (LONGEST + 1), "\x00=1", "\r=1", "a\x1b[2J", "\ud800"):
        with pytest.raises(InputError):
            _one_cell(lambda cell, text=text: write_cell(cell, text))  # type: ignore[misc]


def test_a_cell_written_past_the_helper_is_found() -> None:
    def raw(cell: Any) -> None:
        cell.value = "=1+1"

    def unmarked(cell: Any) -> None:
        cell.value, cell.data_type = "=1+1", "s"

    def cut(cell: Any) -> None:
        cell.value = "字" * (LONGEST + 9)

    assert list(in_xlsx(_one_cell(raw)))
    assert list(in_xlsx(_one_cell(unmarked)))
    assert len(words_of_xlsx(_one_cell(cut)).pop()) == LONGEST


@pytest.mark.parametrize("code", CODES[:2])
def test_statistics_on_paper_say_what_was_typed(code: str) -> None:
    found = table(code)
    text = "<b>甲</b>&amp;{{x}}"
    found = replace(found, rows=(replace(found.rows[0], label=text), *found.rows[1:]))
    reported = Reported(unit=text, made_on=date(2026, 11, 3))
    assert folded(text) in pdf_text(to_pdf(found, reported))
    assert folded(text) in docx_text(to_docx(found, reported))


def _one_cell(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book.worksheets[0]["A1"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
