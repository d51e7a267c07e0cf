"""文书模板: a file dropped on the screen is looked at, kept, tried on a real case, used, given up."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from mediation_desk.app import Desk as Services
from mediation_desk.cases.paper_templates import Slot
from tests.documents.dispute import case
from tests.documents.reading import docx_text, pdf_text
from tests.documents.templates.making import document
from tests.gui.typing import named
from ui.main_window import MainWindow
from ui.screens.templates.screen import TemplatesScreen
from ui.widgets.plain import PlainLabel

RIGHTS = Slot(form="rights")


@pytest.fixture
def screen(services: Services, window: MainWindow) -> TemplatesScreen:
    with services.storage.write() as work:
        work.cases.add(case())
    window.open_screen("templates")
    front = window.screen_in_front()
    assert isinstance(front, TemplatesScreen)
    choose(front, "rights")
    return front


def choose(screen: TemplatesScreen, form: str) -> None:
    screen.form.set_value(next(one for one in screen.form._values if one is not None and one.key == form))
    screen.form.edited.emit()


def drop(screen: TemplatesScreen, path: Path) -> None:
    """Let a file fall onto the screen."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    screen.dropEvent(event)


def told(screen: TemplatesScreen) -> str:
    return "\n".join(label.text() for label in screen.findings.findChildren(PlainLabel))


def test_a_faulty_file_is_told_and_not_kept(
    screen: TemplatesScreen, services: Services, tmp_path: Path
) -> None:
    path = tmp_path / "坏的.docx"
    path.write_bytes(document("受理于{受理时间}"))
    drop(screen, path)

    assert "第1段：不认识“{受理时间}”，是不是“{受理日期}”？" in told(screen)
    assert screen.upload.isEnabled()
    assert services.templates.slots(services.actor) == ()


def test_a_good_file_is_kept_tried_used_and_given_up(
    screen: TemplatesScreen, services: Services, tmp_path: Path
) -> None:
    path = tmp_path / "好的.docx"
    path.write_bytes(document("本单位格式{编号}"))
    screen.note.set_value("换了页眉")
    drop(screen, path)

    version = screen.versions.version()
    assert version is not None
    assert (version.no, version.note) == (1, "换了页眉")
    shown = screen.view.pdf()
    assert shown is not None
    assert pdf_text(shown) == "本单位格式（2026）测人调字第31号"
    screen.versions.use.click()
    assert services.templates.state(services.actor, RIGHTS).used == version
    assert services.printing.preview(services.actor, "T01", "rights") != b""
    assert "本单位格式" in pdf_text(services.printing.preview(services.actor, "T01", "rights"))

    assert screen.versions.table.choose_key(0)
    screen.versions.use.click()
    assert services.templates.state(services.actor, RIGHTS).used is None
    assert len(services.templates.state(services.actor, RIGHTS).versions) == 1


def test_the_overview_leads_to_a_template(screen: TemplatesScreen, services: Services) -> None:
    slot = Slot(form="acceptance", track="行政调解")
    services.templates.add(services.actor, slot, document("{编号}"), "甲.docx")
    screen.refresh()
    (state,) = services.templates.slots(services.actor)
    screen.overview.table.chosen.emit(state)

    assert screen.slot() == slot
    assert screen.versions.table.records.rowCount() == 2


def test_starter_and_table_of_fields_are_written_where_one_wants(
    screen: TemplatesScreen, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for button, word in (("templates.starter", "{编号行}"), ("templates.fields", "{当事人.姓名}")):
        path = tmp_path / f"{button}.docx"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, path=path: (str(path), ""))
        named(window, button).click()  # type: ignore[attr-defined]  # a button
        assert word in docx_text(path.read_bytes())


def test_a_hostile_file_is_one_sentence(screen: TemplatesScreen, tmp_path: Path, window: MainWindow) -> None:
    path = tmp_path / "宏.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    drop(screen, path)

    assert screen.upload.isEnabled()
    assert any("旧式的 .doc，或者加了密" in label.text() for label in window.findChildren(PlainLabel))
