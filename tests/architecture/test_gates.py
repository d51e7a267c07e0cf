"""The gates hold on the source as it is, and each of them catches what it is there for."""

from __future__ import annotations

import pytest

from tests.architecture.gates import PDF, PLAIN, SHEET, findings, sources

SCREEN = "ui/screens/cases/screen.py"
CORE = "mediation_desk/statistics/service.py"

PLANTED = {
    "sql in a screen": (SCREEN, "from sqlalchemy import select"),
    "sql in the core": (CORE, "import sqlalchemy.orm as orm"),
    "sql by name": (CORE, "importlib.import_module('sqlalchemy')"),
    "the standard library's SQLite": ("mediation_desk/app/desk.py", "import sqlite3"),
    "raw label": (SCREEN, "QLabel(case.title)"),
    "raw label under another name": (SCREEN, "from PySide6.QtWidgets import QLabel as Text"),
    "raw label by module": (SCREEN, "QtWidgets.QLabel(case.title)"),
    "label subclass": (SCREEN, "class Text(QLabel): pass"),
    "message box": (SCREEN, "QMessageBox.warning(self, '', text)"),
    "tool tip": (SCREEN, "button.setToolTip(name)"),
    "tool tip of a model": (SCREEN, "role == Qt.ItemDataRole.ToolTipRole"),
    "html": (SCREEN, "view.setHtml(text)"),
    "raw paragraph": (CORE, "from reportlab.platypus import Paragraph"),
    "raw paragraph by module": (CORE, "import reportlab.platypus as rl\nrl.Paragraph(text)"),
    "paragraph beside para": (PDF, "from reportlab.platypus import Paragraph\ndef other(): Paragraph(text)"),
    "cell value": (CORE, "import openpyxl\ncell.value = name"),
    "cell by address": (CORE, "import openpyxl\nsheet['A1'] = name"),
    "cell by computed address": (CORE, "import openpyxl\nsheet[f'A{row}'] = name"),
    "cell with value": (CORE, "import openpyxl\nsheet.cell(1, 2, name)"),
    "cell with named value": (CORE, "import openpyxl\nsheet.cell(row=1, column=2, value=name)"),
    "row appended": (CORE, "import openpyxl\nbook.active.append([name])"),
    "row appended beside the helper": (
        CORE,
        "from mediation_desk.documents.render.sheet import write_cell\nws.append([name])",
    ),
}

ALLOWED = {
    "sql in db": ("db/engine.py", "import sqlalchemy"),
    "the plain-text helper": (PLAIN, "from PySide6.QtWidgets import QLabel\nwidget.setToolTip(escape(text))"),
    "escaped tip of a model": (SCREEN, "if role == Qt.ItemDataRole.ToolTipRole: return plain_tip(name)"),
    "the escaping helper": (
        PDF,
        "from reportlab.platypus import Paragraph\ndef para(): return Paragraph(text)",
    ),
    "somebody else's paragraph": (CORE, "from docx.text.paragraph import Paragraph\nx: Paragraph"),
    "the cell helper": (SHEET, "from openpyxl.cell.cell import Cell\ncell.value = text"),
    "an ordinary list": (CORE, "import openpyxl\nrows.append(row)\nsheet.cell(1, 2)\nwidths['A'] = 3"),
}


def test_nothing_in_the_source_steps_around_a_helper() -> None:
    found = [finding for path, source in sources() for finding in findings(path, source)]

    assert found == []


@pytest.mark.parametrize(("path", "source"), PLANTED.values(), ids=PLANTED)
def test_a_planted_violation_is_caught(path: str, source: str) -> None:
    assert findings(path, source)


@pytest.mark.parametrize(("path", "source"), ALLOWED.values(), ids=ALLOWED)
def test_what_is_allowed_passes(path: str, source: str) -> None:
    assert findings(path, source) == []
