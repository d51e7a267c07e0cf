"""A storm over the public window: every kind of event hands, keys, pens, other programs and screens can make."""

from __future__ import annotations

import gc
import random
from collections import Counter
from collections.abc import Callable, Collection, Iterator

from PySide6.QtCore import QAbstractItemModel, QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QClipboard,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QTextDocument,
    QUndoStack,
    QWheelEvent,
    QWindow,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from mediation_desk.cases.choosing.paper import BallotPaper, PaperCard
from tests.gui.visitor import Visitor, settle
from ui.window.pin_page import PinPage
from ui.window.still_pages import RestPage, StaffPage, ThanksPage
from ui.window.visit import Visit

ALL_KEYS = tuple(key for key in Qt.Key if 0 < key.value < Qt.Key.Key_unknown.value)
LIKELY = (
    *(Qt.Key(Qt.Key.Key_0 + digit) for digit in range(10)),
    Qt.Key.Key_Return,
    Qt.Key.Key_Space,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Right,
    Qt.Key.Key_Down,
)
SYSTEM = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_Menu,
    Qt.Key.Key_Print,
    Qt.Key.Key_SysReq,
    Qt.Key.Key_Meta,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
    Qt.Key.Key_Help,
    Qt.Key.Key_Paste,
    Qt.Key.Key_Copy,
    Qt.Key.Key_Cut,
    Qt.Key.Key_Open,
    Qt.Key.Key_Find,
    Qt.Key.Key_HomePage,
    Qt.Key.Key_LaunchMail,
    Qt.Key.Key_Explorer,
    Qt.Key.Key_PowerOff,
    Qt.Key.Key_Sleep,
    Qt.Key.Key_Insert,
    *(Qt.Key(Qt.Key.Key_F1 + number) for number in range(24)),
)
MODIFIERS = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
    Qt.KeyboardModifier.KeypadModifier,
    Qt.KeyboardModifier.GroupSwitchModifier,
)
BUTTONS = (
    *(Qt.MouseButton.LeftButton,) * 8,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.BackButton,
    Qt.MouseButton.ForwardButton,
)
SIZES = ((1920, 1080), (768, 1366), (1366, 768), (1024, 600), (800, 480), (600, 1024))
UNDO = "can be undone"
REMAINS_EVERY = 8
"""Resets after which every object of the program is looked at."""

PASTED = "粘贴进来的<b>字</b>"


class Storm:
    """``seen`` counts the kinds of events; ``faults`` is what went wrong, in words."""

    def __init__(
        self,
        visitor: Visitor,
        others: Collection[str],
        party: Collection[str],
        seed: int,
        again: Callable[[], BallotPaper],
        look_every: int = 25,
    ) -> None:
        self._visitor, self._window = visitor, visitor.window
        self._others, self._party, self._again = others, party, again
        self._dice = random.Random(seed)
        self._look_every = look_every
        self._finger = QTest.createTouchDevice()
        self.seen: Counter[str] = Counter()
        self.pages: Counter[str] = Counter()
        self.faults: list[str] = []
        self.resets = 0

    def blow(self, events: int) -> None:
        """So many events; stops at the first fault."""
        kinds = self._kinds()
        for number in range(events):
            name, make = self._dice.choice(kinds)
            self.seen[name] += 1
            make()
            self._after(name, thorough=number % self._look_every == 0)
            if self.faults:
                return

    def _after(self, name: str, *, thorough: bool) -> None:
        QApplication.processEvents()
        page = self._window.page
        self.pages[type(page).__name__] += 1
        still = isinstance(page, RestPage | ThanksPage | StaffPage)
        if still or thorough:
            settle()
        foreign = foreign_windows(self._window)
        if foreign:
            settle()  # what the desk opens by itself is put away at the next turn
            foreign = foreign_windows(self._window)
        if foreign:
            self.faults.append(f"after {name}: {', '.join(foreign)}")
        if thorough or still:
            self.faults += [f"after {name}: {fault}" for fault in leaks(self._window, self._others)]
        if still:
            self.resets += 1
            self.faults += [f"after the reset by {name}: {fault}" for fault in self._left_over()]
            self._window._begin(self._again())

    def _left_over(self) -> Iterator[str]:
        yield from leaks(self._window, {*self._party, UNDO})
        if self.resets % REMAINS_EVERY == 1:
            yield from remains()

    # Events

    def _kinds(self) -> list[tuple[str, Callable[[], None]]]:
        weighted: tuple[tuple[int, str, Callable[[], None]], ...] = (
            (10, "tap", self._tap),
            (6, "mouse", self._mouse),
            (6, "likely key", lambda: self._key(LIKELY)),
            (5, "any key", lambda: self._key(ALL_KEYS)),
            (4, "system key", lambda: self._key(SYSTEM)),
            (2, "typed", self._typed),
            (4, "touch", self._touch),
            (2, "long press", self._long_press),
            (2, "wheel", self._wheel),
            (2, "drag and drop", self._drop),
            (2, "paste", self._paste),
            (2, "context menu", self._context_menu),
            (2, "input method", self._input_method),
            (2, "help", self._help),
            (1, "resize", self._resize),
            (1, "window state", self._window_state),
            (1, "other screen", self._other_screen),
            (1, "shut", self._shut),
            (1, "idle", self._window._idle.over.emit),
            (1, "time", self._window._idle._tick.timeout.emit),
        )
        return [(name, make) for weight, name, make in weighted for _ in range(weight)]

    def _place(self) -> QPoint:
        size = self._window.size()
        return QPoint(self._dice.randrange(max(size.width(), 1)), self._dice.randrange(max(size.height(), 1)))

    def _target(self) -> tuple[QWidget, QPoint]:
        place = self._place()
        target = self._window.childAt(place) or self._window
        return target, target.mapFrom(self._window, place)

    def _modifiers(self) -> Qt.KeyboardModifier:
        found = Qt.KeyboardModifier.NoModifier
        for _ in range(self._dice.choice((0, 0, 1, 1, 2, 3))):
            found |= self._dice.choice(MODIFIERS)
        return found

    def _receiver(self) -> QObject:
        handle: QWindow | None = self._window.windowHandle()
        return handle if handle is not None and self._dice.random() < 0.3 else self._visitor.focused()

    def _tap(self) -> None:
        buttons = self._visitor.buttons()
        if isinstance(self._window.page, PinPage) and self._dice.random() < 0.5:
            buttons = [
                one for one in buttons if one.objectName() == "window.back"
            ]  # or it stays there for ever
        if buttons:
            QTest.mouseClick(self._dice.choice(buttons), Qt.MouseButton.LeftButton)

    def _mouse(self) -> None:
        target, place = self._target()
        button = self._dice.choice(BUTTONS)
        kinds = [QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease]
        if self._dice.random() < 0.3:
            kinds += [QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease]
        for kind in kinds:
            whole = QPointF(target.mapToGlobal(place))
            QApplication.sendEvent(
                target, QMouseEvent(kind, QPointF(place), whole, button, button, self._modifiers())
            )

    def _key(self, keys: Collection[Qt.Key]) -> None:
        key, modifiers = self._dice.choice(tuple(keys)), self._modifiers()
        if keys is LIKELY and self._dice.random() < 0.8:
            modifiers = Qt.KeyboardModifier.NoModifier
        receiver = self._receiver()
        repeated = self._dice.random() < 0.1
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(receiver, QKeyEvent(kind, key.value, modifiers, "", repeated))

    def _typed(self) -> None:
        QTest.keyClicks(self._visitor.focused(), "admin ' OR 1=1", self._modifiers())

    def _touch(self) -> None:
        sequence = QTest.touchEvent(self._window, self._finger)
        first, second = self._place(), self._place()
        sequence.press(0, first, self._window).commit()
        if self._dice.random() < 0.5:
            QTest.touchEvent(self._window, self._finger).stationary(0).press(1, second, self._window).commit()
            QTest.touchEvent(self._window, self._finger).move(0, second, self._window).move(
                1, first, self._window
            ).commit()
            QTest.touchEvent(self._window, self._finger).release(0, second, self._window).release(
                1, first, self._window
            ).commit()
        else:
            QTest.touchEvent(self._window, self._finger).move(0, second, self._window).commit()
            QTest.touchEvent(self._window, self._finger).release(0, second, self._window).commit()

    def _long_press(self) -> None:
        """Held until every platform would have opened its menu, which then comes as an event of its own."""
        target, place = self._target()
        QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=place)
        self._context_menu_at(target, place)
        QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=place)

    def _wheel(self) -> None:
        target, place = self._target()
        turn = QPoint(self._dice.choice((-240, 0, 240)), self._dice.choice((-1200, -120, 120, 1200)))
        QApplication.sendEvent(
            target,
            QWheelEvent(
                QPointF(place),
                QPointF(target.mapToGlobal(place)),
                QPoint(),
                turn,
                Qt.MouseButton.NoButton,
                self._modifiers(),
                Qt.ScrollPhase.NoScrollPhase,
                False,  # the constructor has no name for it
            ),
        )

    def _drop(self) -> None:
        data = QMimeData()
        data.setText(PASTED)
        data.setHtml(PASTED)
        data.setUrls([QUrl("file:///etc/passwd")])
        target, place = self._target()
        actions, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, MODIFIERS[0]
        QApplication.sendEvent(target, QDragEnterEvent(place, actions, data, button, none))
        QApplication.sendEvent(target, QDragMoveEvent(place, actions, data, button, none))
        QApplication.sendEvent(target, QDropEvent(QPointF(place), actions, data, button, none))

    def _paste(self) -> None:
        QGuiApplication.clipboard().setText(PASTED)
        for key, modifiers in (
            (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier),
            (Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier),
            (Qt.Key.Key_Paste, MODIFIERS[0]),
            (Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier),
            (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier),
            (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        ):
            for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self._visitor.focused(), QKeyEvent(kind, key.value, modifiers))

    def _context_menu(self) -> None:
        self._context_menu_at(*self._target())

    def _context_menu_at(self, target: QWidget, place: QPoint) -> None:
        for editor in (target, *self._window.findChildren(QLineEdit)):
            reason = self._dice.choice((QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard))
            event = QContextMenuEvent(reason, place, target.mapToGlobal(place))
            QApplication.sendEvent(editor, event)

    def _input_method(self) -> None:
        event = QInputMethodEvent("zhang", [])
        event.setCommitString("张三")
        QApplication.sendEvent(self._receiver(), event)

    def _help(self) -> None:
        target, place = self._target()
        for kind in (QEvent.Type.ToolTip, QEvent.Type.WhatsThis, QEvent.Type.QueryWhatsThis):
            QApplication.sendEvent(target, QHelpEvent(kind, place, target.mapToGlobal(place)))

    def _resize(self) -> None:
        self._window.resize(*self._dice.choice(SIZES))

    def _window_state(self) -> None:
        match self._dice.randrange(3):
            case 0:
                self._window.showMinimized()
            case 1:
                self._window.showNormal()
            case _:
                QApplication.sendEvent(self._window, QEvent(QEvent.Type.WindowDeactivate))
        settle()

    def _other_screen(self) -> None:
        screen = self._dice.choice(QGuiApplication.screens())
        self._window.setScreen(screen)
        self._window.setGeometry(screen.geometry())

    def _shut(self) -> None:
        if self._dice.random() < 0.5:
            self._window.close()
        else:
            QApplication.closeAllWindows()


def foreign_windows(window: QWidget) -> list[str]:
    """Everything visible that is not the window."""
    tops = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    found = [f"{type(one).__name__} {one.objectName()}" for one in tops if one is not window]
    return found if window in tops else [*found, "the window itself is gone"]


def leaks(window: QWidget, words: Collection[str]) -> Iterator[str]:
    """Words that can be read anywhere: widgets, models, documents, undo stacks, accessible texts, clipboards."""
    for place, text in everything(window):
        for word in words:
            if word in text:
                yield f"{word!r} in {place}"


def everything(window: QWidget) -> Iterator[tuple[str, str]]:
    """Place and text of all that hangs on the window."""
    yield "a widget", Visitor.readable_in(window)
    for model in window.findChildren(QAbstractItemModel):
        for line in range(model.rowCount()):
            for column in range(model.columnCount()):
                yield "a model", str(model.data(model.index(line, column)))
    for document in window.findChildren(QTextDocument):
        yield "a document", document.toPlainText()
    for stack in window.findChildren(QUndoStack):
        yield "an undo stack", "\n".join(stack.text(number) for number in range(stack.count()))
    for editor in window.findChildren(QLineEdit):
        yield "a field", editor.text()
        if editor.isUndoAvailable() or editor.isRedoAvailable():
            yield "an undo stack", UNDO
    yield from (("an accessible text", text) for text in _accessible(window))
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        data = clipboard.mimeData(mode)
        if data is not None:
            yield "the clipboard", f"{data.text()} {data.html()}"


def remains() -> Iterator[str]:
    """Objects of the former party that something still holds."""
    gc.collect()
    for one in gc.get_objects():
        if type(one) is Visit or type(one) is PaperCard:
            yield f"a {type(one).__name__} is still held"
            return


def _accessible(window: QWidget) -> Iterator[str]:
    top = QAccessible.queryAccessibleInterface(window)
    if top is not None:
        yield from _spoken(top)


def _spoken(one: QAccessibleInterface) -> Iterator[str]:
    for kind in (
        QAccessible.Text.Name,
        QAccessible.Text.Description,
        QAccessible.Text.Value,
        QAccessible.Text.Help,
    ):
        yield one.text(kind)
    for number in range(one.childCount()):
        child = one.child(number)
        if child.isValid():
            yield from _spoken(child)
