"""The desk's own parts answer to mouse and keyboard."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from ui.tasks.desk import Desk
from ui.tasks.runner import ImmediateRunner
from ui.theme import Theme
from ui.tokens import Tone
from ui.widgets.danger_dialog import DangerDialog
from ui.widgets.figure import Figure
from ui.widgets.message_bar import Action, Kind, MessageBar
from ui.widgets.paper_view import PaperView
from ui.widgets.pdf_pages import page_images
from ui.widgets.stepper import Step, Stepper, StepState
from ui.widgets.why_line import distance, short_day

STEPS = (
    Step("register", "登记", StepState.DONE),
    Step("accept", "受理", StepState.CURRENT, "等值班长决定。"),
    Step("choose", "选定", StepState.WAITING, "先要受理。"),
)


def test_the_stepper_moves_by_arrows_and_chooses_by_enter(qtbot: QtBot, themed: Theme) -> None:
    stepper = Stepper()
    qtbot.addWidget(stepper)
    stepper.set_steps(STEPS)
    with qtbot.waitActive(stepper):
        stepper.show()
        stepper.activateWindow()
    buttons = stepper.findChildren(type(stepper._buttons[0]))
    assert [one.accessibleName() for one in buttons] == ["登记，已完成", "受理，进行中", "选定，未到"]
    buttons[1].setFocus()
    QTest.keyClick(buttons[1], Qt.Key.Key_Right)
    with qtbot.waitSignal(stepper.chosen) as chosen:
        QTest.keyClick(buttons[2], Qt.Key.Key_Return)
    assert chosen.args == ["choose"]
    assert stepper.current() == "accept"


def test_the_message_bar_offers_one_action_once(qtbot: QtBot, themed: Theme) -> None:
    bar, done = MessageBar(), list[str]()
    qtbot.addWidget(bar)
    bar.say("已删去第三条。", Kind.SUCCESS, Action("撤回", lambda: done.append("undone"), takes_back=True))
    assert bar.offers_action()
    bar.act()
    bar.act()
    assert done == ["undone"]
    assert bar.sentence() == ""


def test_what_was_said_on_one_page_does_not_follow_to_the_next(qtbot: QtBot, themed: Theme) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.say("已登记。", Kind.SUCCESS)
    bar.turn_page()
    assert bar.sentence() == "已登记。"  # said on the way to the page that opens
    qtbot.wait(1100)
    bar.turn_page()
    assert bar.sentence() == ""
    assert not bar.offers_action()


def test_a_figure_is_pressed_by_enter(qtbot: QtBot, themed: Theme) -> None:
    figure = Figure("今天的调解", "3", unit="场")
    qtbot.addWidget(figure)
    figure.show()
    with qtbot.waitSignal(figure.clicked):
        QTest.keyClick(figure, Qt.Key.Key_Return)
    assert figure.accessibleName() == "今天的调解 3场"


def test_danger_wants_the_word_typed(qtbot: QtBot, themed: Theme) -> None:
    dialog = DangerDialog("删去草稿", "草稿里的字会没有。", "删去", typed="删去")
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog._confirm.isEnabled()
    dialog._word.setText("删去")
    assert dialog._confirm.isEnabled()


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (date(2026, 3, 31), "还有 3 天", Tone.SOON),
        (date(2026, 5, 9), "还有 42 天", Tone.INK),
        (date(2026, 3, 28), "就是今天", Tone.SEAL),
        (date(2026, 3, 25), "已过 3 天", Tone.SEAL),
    ],
)
def test_a_deadline_says_how_far_it_is(day: date, words: str, tone: Tone) -> None:
    assert distance(day, date(2026, 3, 28)) == (words, tone)


def test_another_year_is_named() -> None:
    assert short_day(date(2027, 1, 4), date(2026, 3, 28)) == "2027年1月4日 周一"


def test_the_preview_draws_the_very_pdf(qtbot: QtBot, themed: Theme) -> None:
    pdf = _pdf(3)
    view = PaperView(Desk(ImmediateRunner()))
    qtbot.addWidget(view)
    view.resize(372, 600)
    view.show()
    view.show_pdf(pdf)
    assert view.page_count() == 3
    assert view.pdf() is pdf
    view.show_pdf(None, "还没有协议。")
    assert view.page_count() == 0


def test_pages_are_drawn_in_the_width_asked_for() -> None:
    image = page_images(_pdf(1), 400)[0]
    assert image.width() in (400, 401)
    assert image.height() == pytest.approx(400 * 841.89 / 595.28, abs=2)
    ink = sum(image.pixelColor(x, y).lightness() < 128 for x in range(400) for y in range(200))
    assert ink > 20


def _pdf(pages: int) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(595.28, 841.89))
    for number in range(pages):
        canvas.setFont("Helvetica", 36)
        canvas.drawString(72, 720, f"Page {number + 1}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()
