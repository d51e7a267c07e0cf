"""Papers ticked together go to one printer, each in its copies; the list tells what changed since."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractItemView, QApplication

from mediation_desk.app import Desk as Services
from mediation_desk.cases.steps.intake import Accept
from tests.documents.dispute import case
from tests.gui.case_page_driver import Driver, register
from tests.gui.printer import PrinterOfATest
from ui.main_window import MainWindow
from ui.preferences import Preferences, PrinterHabit
from ui.printing.choosing import ANY, remember, set_up
from ui.screens.case_page.papers import PapersTab
from ui.theme import theme
from ui.widgets.plain import PlainLabel


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    file = register(services)
    on = services.cases.local_today
    services.cases.perform(services.actor, file.case_key, Accept(on=on), version=file.version)
    driver = Driver(window, file.case_key)
    driver.page.go("papers")
    driver.settle()
    return driver


def said(driver: Driver) -> str:
    page = driver.page
    return "\n".join(label.text() for label in page.findChildren(PlainLabel) if label.isVisible())


def forms(driver: Driver) -> list[str]:
    return [paper.form for paper in driver.page.view.papers]


def test_ticked_papers_are_printed_with_one_dialog(driver: Driver, printer: PrinterOfATest) -> None:
    assert not driver.find("papers.print").isEnabled()
    driver.click("papers.application.tick")
    driver.click("papers.rights.tick")
    assert "已选 2 种" in said(driver)
    driver.click("papers.print")
    assert printer.asked == 1
    assert forms(driver) == ["application", "rights", *["privacy_notice"] * 2]  # one notice a person
    assert (printer.folder / "printed.pdf").stat().st_size > 0
    assert "印过" in said(driver)


def test_who_leaves_the_dialog_prints_nothing(driver: Driver, printer: PrinterOfATest) -> None:
    printer.chooses = False
    driver.click("papers.application.print")
    assert (printer.asked, forms(driver)) == (1, [])


def test_only_what_was_never_printed_is_chosen(driver: Driver, printer: PrinterOfATest) -> None:
    driver.click("papers.application.print")
    driver.click("papers.new")
    tab = driver.page.findChild(PapersTab)
    assert tab is not None
    assert "application" not in tab.card.list.chosen()
    driver.click("papers.write")
    assert {"application", "acceptance", "rights"} <= set(forms(driver))
    assert not any(choice.changed for choice in driver.page.view.forms)


def test_the_history_tells_what_was_printed_from_what_was_only_saved(
    driver: Driver, printer: PrinterOfATest
) -> None:
    driver.click("papers.application.print")
    driver.click("papers.rights.write")
    driver.page.go("history")
    driver.settle()
    table = driver.find("history.papers")
    assert isinstance(table, QAbstractItemView)
    model = table.model()
    lines = [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    told = {
        name: line for line in lines for name in ("申请书", "告知书") if any(name in word for word in line)
    }
    assert "送去打印" in told["申请书"]
    assert "存成文件" in told["告知书"]


def test_forms_that_cannot_be_printed_yet_say_why_when_asked(driver: Driver) -> None:
    assert "协议还没有条款" not in said(driver)
    assert "本案还没有" not in said(driver)
    driver.click("papers.more")
    reasons = [choice.reason for choice in driver.page.view.forms if choice.reason]
    assert reasons
    assert all(reason in said(driver) for reason in reasons)


def test_stages_a_case_is_not_at_are_folded_and_keep_their_ticks(
    window: MainWindow, services: Services
) -> None:
    with services.storage.write() as work:
        work.cases.add(case())
    driver = Driver(window, "T01", "papers")
    assert not driver.shows("papers.application.tick")
    driver.click("papers.fold.intake")
    driver.click("papers.application.tick")
    driver.click("papers.fold.intake")
    assert not driver.shows("papers.application.tick")
    assert "已选 1" in driver.find("papers.fold.intake").text()  # type: ignore[attr-defined]
    assert driver.find("papers.print").isEnabled()
    driver.page.go("papers", "rights")
    driver.settle()
    assert driver.shows("papers.rights.tick")


def test_all_tabs_of_a_case_stand_side_by_side_at_any_size(driver: Driver, window: MainWindow) -> None:
    window.resize(1366, 768)
    for percent in (100, 150, 200):
        theme().set_percent(percent)
        driver.settle()
        bar = driver.page.tab_bar
        assert sum(bar.tabRect(place).width() for place in range(bar.count())) <= bar.width(), percent
    theme().set_percent(100)


def test_a_form_comes_back_to_its_tray(qapp: QApplication, tmp_path: Path) -> None:
    """Two-sidedness goes the same way; without a printer Qt keeps none, so only what was stored is looked at."""
    preferences = Preferences(tmp_path)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPaperSource(QPrinter.PaperSource.Lower)
    remember(printer, preferences, "agreement")
    other = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_up(other, Preferences(tmp_path), "agreement")
    assert other.paperSource() is QPrinter.PaperSource.Lower
    assert Preferences(tmp_path).printer_habit(ANY) == preferences.printer_habit("agreement")
    habit = PrinterHabit(printer="窗口一", tray=1, duplex=QPrinter.DuplexMode.DuplexLongSide.value)
    preferences.set_printer_habit("record", habit)
    assert Preferences(tmp_path).printer_habit("record") == habit


def test_a_printer_that_is_gone_is_left_alone(qapp: QApplication, tmp_path: Path) -> None:
    preferences = Preferences(tmp_path)
    preferences.set_printer_habit("record", PrinterHabit(printer="不在了的打印机", tray=0, duplex=1))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_up(printer, preferences, "record")
    assert printer.printerName() != "不在了的打印机"
