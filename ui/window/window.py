"""``PublicWindow``: the full screen itself. It is left by the staff only, and wipes itself when nobody is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mediation_desk.cases.choosing.paper import BallotPaper
from mediation_desk.cases.choosing.window_rules import WindowRules
from ui.theme import theme
from ui.window.guard import Guard
from ui.window.idle import IdleWatch
from ui.window.look import Look
from ui.window.narrow import NarrowService
from ui.window.page import Page
from ui.window.parts import across, words
from ui.window.pin_page import PinPage
from ui.window.still_pages import RestPage, StaffPage, ThanksPage
from ui.window.visit import Visit
from ui.window.voice import Voice, speaker

_THANKS_STAYS_MS = 8000
_WIPED = "画面已经清空，点过的已经存好。要接着选，请找工作人员。"
_NEXT = "请到窗口来，由工作人员打开。"


class PublicWindow(QWidget):
    """Full screen, on top, alone. Holds the sheet of one party only as long as that party is there."""

    left = Signal()

    def __init__(self, narrow: NarrowService, rules: WindowRules) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        narrow.setParent(self)
        self._narrow, self._rules = narrow, rules
        self._visit: Visit | None = None
        self._sealed = False
        self.page: Page | None = None
        self.look = Look.on(self.screen(), self.width(), self.height(), rules)
        self._make: Callable[[], Page] = partial(self._rest_page, _NEXT)
        self.setWindowTitle("自助选择屏")
        self.setAccessibleName("自助选择屏")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._ground = QVBoxLayout(self)
        self._ground.setContentsMargins(0, 0, 0, 0)
        self._countdown = words("", "large")
        self._warning = self._warning_band()
        found = speaker()
        self._voice = Voice(found, self) if found else None
        self.guard = Guard(self, lambda: self.page is not None and self.page.quick_taps)
        self._idle = IdleWatch(rules.idle, rules.warn, self)
        self._idle.left.connect(self._on_idle_left)
        self._idle.over.connect(self._on_idle_over)
        self._bye = QTimer(self, singleShot=True, interval=_THANKS_STAYS_MS)
        self._bye.timeout.connect(partial(self._rest, _NEXT))

    # From outside

    def open(self, paper: BallotPaper, screen: QScreen | None = None) -> None:
        """Begin with this sheet, over all of ``screen``; without one in the size the window has."""
        if screen is not None:
            self.setScreen(screen)
            self.setGeometry(screen.geometry())
        self._begin(paper)
        if screen is None:
            self.show()
        else:
            self.showFullScreen()
        self.activateWindow()
        self.guard.close_off()
        self._idle.start()

    def leave(self) -> None:
        """Give the desk back."""
        self._forget()
        self._idle.stop()
        self.guard.let_go()
        self.close()
        self.left.emit()
        self.deleteLater()

    def show_page(self, make: Callable[[], Page]) -> None:
        """Put the page that ``make`` makes in the place of the one in sight; it is made anew when turned."""
        self._hush()
        self._make = make
        before, self.page = self.page, None
        if before is not None:
            before.hide()
            before.setParent(None)
            before.deleteLater()
        self.setStyleSheet(self.look.sheet(theme().tokens))
        self.page = make()
        self.page.staff.connect(self._ask_staff)
        self._ground.addWidget(self.page)
        (self.page.first or self).setFocus()
        self._place_warning()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Neither Alt+F4 nor the task bar closes it; only the staff leaves."""
        if self.guard.is_on:
            event.ignore()
        else:
            super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turned from landscape to portrait, or moved to another screen: laid out anew."""
        super().resizeEvent(event)
        look = Look.on(self.screen(), self.width(), self.height(), self._rules)
        if look != self.look:
            self.look = look
            self.show_page(self._make)

    # The party

    def _begin(self, paper: BallotPaper) -> None:
        self._visit = Visit(self, self._narrow, paper, self._rules.matters, self._voice)
        self._visit.sealed.connect(self._on_sealed)
        self._visit.start()

    def _on_sealed(self) -> None:
        self._sealed = True
        self._forget()
        self.show_page(lambda: ThanksPage(self.look))
        self._bye.start()

    def _rest(self, sentence: str) -> None:
        """Wipe and be still: no name, no mark, no way on but the staff's."""
        self._forget()
        self.show_page(partial(self._rest_page, sentence))

    def _rest_page(self, sentence: str) -> Page:
        return RestPage(self.look, sentence)

    def _forget(self) -> None:
        """Nothing of this party stays here; what it marked is in the database."""
        self._hush()
        self._bye.stop()
        self._visit = None
        self.guard.empty_clipboard()

    def _hush(self) -> None:
        if self._voice is not None:
            self._voice.stop()

    # The staff

    def _ask_staff(self) -> None:
        self._bye.stop()
        thanked = isinstance(self.page, ThanksPage)
        before = partial(self._rest_page, _NEXT) if thanked else self._make
        self.show_page(partial(self._pin_page, before))

    def _pin_page(self, before: Callable[[], Page]) -> Page:
        page = PinPage(self.look)
        page.entered.connect(
            lambda pin: self._narrow.unlock(pin, partial(self._on_pin, page), partial(self._on_wait, page))
        )
        page.back.connect(partial(self.show_page, before))
        return page

    def _on_pin(self, page: PinPage, right: bool) -> None:
        if self.page is not page:
            return
        if not right:
            page.refuse("口令不对，请再输一次。")
        elif self._visit is None and not self._sealed:
            self.show_page(self._staff_page)
        else:
            self.leave()

    def _on_wait(self, page: PinPage, sentence: str) -> None:
        if self.page is page:
            page.refuse(sentence)

    def _staff_page(self) -> Page:
        page = StaffPage(self.look)
        page.go_on.connect(
            lambda: self._narrow.read(
                lambda paper: self._begin(paper) if self.page is page else None, self._on_unread
            )
        )
        page.leave.connect(self.leave)
        page.back.connect(partial(self._rest, _WIPED))
        return page

    def _on_unread(self, sentence: str) -> None:
        if isinstance(self.page, StaffPage):
            self.page.say(sentence)

    # Nobody there

    def _is_still(self) -> bool:
        return isinstance(self.page, RestPage | ThanksPage)

    def _on_idle_left(self, seconds: int) -> None:
        self._countdown.setText(f"{seconds} 秒后清空画面，碰一下屏幕就接着来。" if seconds else "")
        self._warning.setVisible(bool(seconds) and not self._is_still())
        self._place_warning()

    def _on_idle_over(self) -> None:
        if not self._is_still():
            self._rest(_NEXT if self._sealed else _WIPED)

    def _warning_band(self) -> QFrame:
        band = QFrame(self)
        band.setObjectName("warning")
        self._countdown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        band.setLayout(across(0, self._countdown))
        band.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        band.hide()
        return band

    def _place_warning(self) -> None:
        look = self.look
        height = look.target * 2
        top = (self.height() - height) // 2
        self._warning.setGeometry(QRect(look.margin * 2, top, self.width() - look.margin * 4, height))
        self._warning.raise_()
