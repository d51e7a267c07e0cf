"""写报告 in a dialog: chosen with the keyboard, written beside other work, told where it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk as Services
from mediation_desk.statistics.periods import parse_period
from tests.documents.reading import docx_text
from ui.main_window import MainWindow
from ui.screens.statistics.report_dialog import KINDS, ReportDialog, offered, open_report_dialog


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> ReportDialog:
    made = open_report_dialog(window.context, window)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_report_is_written_into_the_folder_and_told(dialog: ReportDialog, services: Services) -> None:
    assert dialog.kind.hasFocus()
    dialog.kind.setCurrentIndex(KINDS.index("年报"))
    dialog.kind.edited.emit()
    period = dialog.period.value()
    assert period is not None
    dialog.write.click()

    [path] = Path(services.settings.papers).glob("*.docx")
    assert path.name.startswith(f"{period.last.year}年矛盾纠纷调解工作情况报告")
    assert "没有登记矛盾纠纷" in docx_text(path.read_bytes())


def test_the_last_complete_period_is_offered_first() -> None:
    today = date(2026, 11, 20)
    assert [offered(kind, today)[:3] for kind in KINDS] == [
        tuple(map(parse_period, words))
        for words in (
            ("2026-10", "2026-11", "2026-09"),
            ("2026Q3", "2026Q4", "2026Q2"),
            ("2026H1", "2026H2", "2025H2"),
            ("2025", "2026", "2024"),
        )
    ]
