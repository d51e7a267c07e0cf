"""The public shop window under the hands of a visitor: real window, real events, real database."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from mediation_desk.app import Desk as Services
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.choice.ballot import MarkedAt
from mediation_desk.shared.assets import read_text, use_rules_in
from tests.gui.visitor import PIN, Visitor, case_data, choosing_case, settle, stored
from ui.main_window import MainWindow
from ui.window.cards_page import CardsPage
from ui.window.opening import open_window
from ui.window.pin_page import PinPage
from ui.window.still_pages import RestPage, StartPage, ThanksPage
from ui.window.window import PublicWindow

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT, META = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.MetaModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key
ESCAPES = (
    *((Key(Key.Key_F1 + number), NONE) for number in range(12)),
    *((Key(Key.Key_A + number), CTRL) for number in range(26)),
    *((Key(Key.Key_1 + number), ALT) for number in range(9)),
    *((key, CTRL) for key in (Key.Key_Slash, Key.Key_Return, Key.Key_Plus, Key.Key_Tab, Key.Key_Space)),
    *((key, NONE) for key in (Key.Key_Escape, Key.Key_Menu, Key.Key_Print, Key.Key_Meta, Key.Key_Super_L)),
    *((key, ALT) for key in (Key.Key_F4, Key.Key_Tab, Key.Key_Escape, Key.Key_Space, Key.Key_Left)),
    (Key.Key_F10, SHIFT),
    (Key.Key_D, META),
    (Key.Key_Escape, CTRL | SHIFT),
)


@pytest.fixture
def case(services: Services) -> CaseFile:
    return choosing_case(services)


@pytest.fixture
def main(window: MainWindow, case: CaseFile) -> Iterator[MainWindow]:
    """The desk with the case open on it: all of it lies right beneath the window."""
    window.open_case(case.case_key)
    settle()
    yield window
    for one in QApplication.topLevelWidgets():
        if isinstance(one, PublicWindow):
            one.leave()


@pytest.fixture
def visitor(main: MainWindow, case: CaseFile) -> Visitor:
    return Visitor.let_in(main, case.case_key)


def hit_every_shortcut(visitor: Visitor) -> None:
    for key, modifier in ESCAPES:
        visitor.press(key, modifier)


def alone(visitor: Visitor) -> bool:
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    return shown == [visitor.window]


def test_the_test_would_see_a_case_datum(main: MainWindow, case: CaseFile, services: Services) -> None:
    data = case_data(case, services.choosing.ballot_paper(services.actor, case.case_key, "A1"))
    assert {"贾讲理", "13900004321", "110101196805172024", "雨水倒灌，院墙泡坏。", case.case_key} <= data
    readable = "\n".join(one.text() for one in main.findChildren(type(main.message_bar._sentence)))
    assert any(datum in readable for datum in data)


def test_whatever_a_visitor_taps_or_presses_no_case_datum_comes_into_sight(
    visitor: Visitor, case: CaseFile, services: Services
) -> None:
    data = case_data(case, services.choosing.ballot_paper(services.actor, case.case_key, "A1"))
    tapped: set[tuple[str, str]] = set()
    dice = random.Random(7)
    QGuiApplication.clipboard().setText("")
    for step in range(70):
        page = type(visitor.window.page).__name__
        sealing = {"window.seal"} if step < 60 else set()  # what comes after it is still
        names = sorted({one.objectName() for one in visitor.buttons()} - sealing)
        new = [name for name in names if (page, name) not in tapped]
        name = dice.choice(new or names)
        tapped.add((page, name))
        visitor.tap(name)
        if new:
            hit_every_shortcut(visitor)
        readable = visitor.readable()
        assert [datum for datum in data if datum in readable] == [], name
        assert alone(visitor), name
    pages = {page for page, _name in tapped}
    assert {"StartPage", "RulePage", "MatterPage", "CardsPage", "PinPage"} <= pages
    assert QGuiApplication.clipboard().text() == ""


@pytest.mark.parametrize("seed", range(3))
def test_a_storm_of_random_events_leads_nowhere(
    seed: int, visitor: Visitor, case: CaseFile, services: Services
) -> None:
    data = case_data(case, services.choosing.ballot_paper(services.actor, case.case_key, "A1"))
    dice = random.Random(seed)
    buttons = (Qt.MouseButton.LeftButton,) * 8 + (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
    keys = [key for key in Key if 0 < key.value < Key.Key_unknown.value]
    for _event in range(150):
        if dice.random() < 0.5:
            size = visitor.window.size()
            place = QPoint(dice.randrange(size.width()), dice.randrange(size.height()))
            visitor.poke(place, dice.choice(buttons))
        else:
            visitor.send(dice.choice(keys), dice.choice((NONE, CTRL, ALT, SHIFT, META)))
        readable = visitor.readable()
        assert [datum for datum in data if datum in readable] == []
        assert alone(visitor)


def test_wrong_pins_do_not_leave_and_slow_down_and_the_right_one_leaves(
    visitor: Visitor, main: MainWindow
) -> None:
    for _try in range(5):
        visitor.type_pin("1357")
        assert isinstance(visitor.window.page, PinPage)
    visitor.type_pin(PIN)
    assert "秒后再试" in visitor.readable()
    assert alone(visitor)
    visitor.tap("window.back")
    assert isinstance(visitor.window.page, StartPage)
    assert not main.isVisible()


def test_the_right_pin_gives_the_desk_back(visitor: Visitor, main: MainWindow) -> None:
    visitor.tap("window.staff")
    for digit in PIN:
        visitor.press(Key(Key.Key_0 + int(digit)))
    assert PIN not in visitor.readable()
    assert "●●●●" in visitor.readable()
    visitor.press(Key.Key_Return)
    assert main.isVisible()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, PublicWindow)]
    QTest.keyClick(main, Key.Key_2, ALT)
    shown = main.screen_in_front()
    assert shown is not None
    assert shown.code == main.screen_codes()[1]


def test_it_cannot_be_closed_and_nothing_opens_above_it(visitor: Visitor, main: MainWindow) -> None:
    assert visitor.window.close() is False
    QApplication.closeAllWindows()
    settle()
    assert visitor.window.isVisible()
    box = QDialog(main)
    box.open()
    settle()
    assert alone(visitor)
    main.context.desk.failed.emit(ValueError("贾讲理"), None)
    settle()
    assert alone(visitor)


class Ear(QObject):
    """Notes every key and button that gets through to a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[QEvent.Type] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.ContextMenu):
            self.heard.append(event.type())
        return False


def test_only_the_few_keys_of_the_window_get_through(visitor: Visitor) -> None:
    ear = Ear()
    visitor.tap("window.begin")
    target = visitor.focused()
    target.installEventFilter(ear)
    hit_every_shortcut(visitor)
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.BackButton):
        QTest.mouseClick(target, button)
    place = QPoint(1, 1)
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, target.mapToGlobal(place))
    QApplication.sendEvent(target, menu)
    assert ear.heard == []
    visitor.press(Key.Key_Right)
    assert ear.heard == [QEvent.Type.KeyPress]


def test_the_hidden_desk_is_deaf(visitor: Visitor, main: MainWindow) -> None:
    before = main.screen_in_front()
    QTest.keyClick(main, Key.Key_2, ALT)
    QTest.keyClick(main, Key.Key_N, CTRL)
    settle()
    assert main.screen_in_front() is before
    assert alone(visitor)


def test_every_tap_is_stored_at_once_and_is_there_again_after_the_power_went(
    visitor: Visitor, main: MainWindow, case: CaseFile, services: Services
) -> None:
    visitor.go_to_cards()
    visitor.mark("window.choose.M02")
    visitor.mark("window.strike.M03")
    kept = stored(services, case.case_key)
    assert kept is not None
    assert (kept.ranks, kept.strikes, kept.sealed, kept.place) == (("M02",), ("M03",), False, MarkedAt.WINDOW)
    visitor.window.leave()  # stands for the power cut: nothing is stored on the way out
    settle()
    again = Visitor.let_in(main, case.case_key)
    again.go_to_cards()
    again.mark("window.choose.M01")
    kept = stored(services, case.case_key)
    assert kept is not None
    assert kept.ranks == ("M02", "M01")


def test_sealing_is_the_last_word_and_the_name_goes_away(
    visitor: Visitor, main: MainWindow, case: CaseFile, services: Services
) -> None:
    visitor.go_to_cards()
    for number in ("M03", "M01"):
        visitor.mark(f"window.choose.{number}")
    visitor.tap("window.next")
    visitor.tap("window.forward.M01")
    visitor.tap("window.right")
    assert "第1：钱和" in visitor.readable()
    visitor.tap("window.seal")
    kept = stored(services, case.case_key)
    assert kept is not None
    assert (kept.ranks, kept.sealed, kept.place) == (("M01", "M03"), True, MarkedAt.WINDOW)
    assert isinstance(visitor.window.page, ThanksPage)
    assert "甄有理" not in visitor.readable()
    visitor.window._bye.timeout.emit()
    settle()
    assert isinstance(visitor.window.page, RestPage)
    visitor.type_pin(PIN)
    assert main.isVisible()
    open_window(main.context, case.case_key, "A1")
    settle()
    assert main.isVisible()
    assert "已经选好" in main.message_bar._sentence.text()


def test_nobody_chosen_is_said_before_it_is_sealed(
    visitor: Visitor, case: CaseFile, services: Services
) -> None:
    visitor.go_to_cards()
    visitor.tap("window.next")
    assert "由中心指派" in visitor.readable()
    visitor.tap("window.seal")
    kept = stored(services, case.case_key)
    assert kept is not None
    assert (kept.ranks, kept.strikes, kept.sealed) == ((), (), True)


def test_the_whole_choice_with_the_keyboard_alone(
    visitor: Visitor, case: CaseFile, services: Services
) -> None:
    visitor.press(Key.Key_Return)  # 开始
    visitor.press(Key.Key_2)  # 邻居之间
    assert isinstance(visitor.window.page, CardsPage)
    visitor.press(Key.Key_Return)  # the first card becomes the first choice
    kept = stored(services, case.case_key)
    assert kept is not None
    assert kept.ranks == ("M01",)
    visitor.turn_to("M02")
    visitor.press(Key.Key_1)
    visitor.turn_to("M03")
    visitor.press(Key.Key_Right)  # from 选为第3 to 不要这位
    visitor.press(Key.Key_Return)
    kept = stored(services, case.case_key)
    assert kept is not None
    assert (kept.ranks, kept.strikes) == (("M02", "M01"), ("M03",))


def test_a_round_broken_off_meanwhile_is_said_on_the_page(
    visitor: Visitor, case: CaseFile, services: Services
) -> None:
    visitor.go_to_cards()
    services.choosing.end_round(services.actor, case.case_key, "重新核对名单")
    visitor.mark("window.choose.M01")
    assert "请找工作人员" in visitor.readable()
    assert alone(visitor)


def test_a_trembling_second_tap_does_nothing(visitor: Visitor) -> None:
    visitor.go_to_cards()
    choose = next(one for one in visitor.buttons() if one.objectName() == "window.choose.M01")
    QTest.mouseClick(choose, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(choose, Qt.MouseButton.LeftButton)
    settle()
    assert choose.text() == "取消第1"


class TestIdle:
    """With a centre that wipes after two seconds."""

    @pytest.fixture
    def quick(self, services: Services) -> None:
        folder = services.settings.folder / "rules"
        folder.mkdir(exist_ok=True)
        rules = read_text("rules/window.toml").replace("idle_seconds = 90", "idle_seconds = 2")
        (folder / "window.toml").write_text(rules.replace("warn_seconds = 15", "warn_seconds = 1"), "utf-8")
        use_rules_in(folder)

    def test_it_wipes_the_screen_but_not_the_marks(
        self, quick: None, visitor: Visitor, case: CaseFile, services: Services
    ) -> None:
        visitor.go_to_cards()
        visitor.mark("window.choose.M02")
        self.wait_for(visitor, "1 秒后清空")
        self.wait_for(visitor, "已经清空")
        settle()
        readable = visitor.readable()
        assert [word for word in ("甄有理", "钱和", "孙顺", "李平", "第1", "M02") if word in readable] == []
        assert alone(visitor)
        kept = stored(services, case.case_key)
        assert kept is not None
        assert (kept.ranks, kept.sealed) == (("M02",), False)

        visitor.type_pin("1357")
        assert "甄有理" not in visitor.readable()
        visitor.type_pin(PIN)
        visitor.tap("window.resume")
        assert isinstance(visitor.window.page, StartPage)
        visitor.go_to_cards()
        visitor.tap("window.after")
        assert "取消第1" in visitor.readable()

    def test_digits_of_a_pin_do_not_wait_for_the_next_hand(self, quick: None, visitor: Visitor) -> None:
        visitor.tap("window.staff")
        visitor.tap("window.key.2")
        self.wait_for(visitor, "已经清空")
        visitor.tap("window.staff")
        assert "●" not in visitor.readable()

    @staticmethod
    def wait_for(visitor: Visitor, words: str) -> None:
        for _tenth in range(60):
            if words in visitor.readable():
                settle()  # the page is there when its words are; its buttons a moment later
                return
            QTest.qWait(100)
        pytest.fail(f"never on screen: {words}")
