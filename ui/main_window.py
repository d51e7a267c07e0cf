"""The window around the screens: navigation, search, message bar, side pane, keys. It knows no case."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.shared.changes import Changes
from mediation_desk.shared.errors import AwayError
from ui.errors.away import Away
from ui.errors.presenter import Presenter
from ui.preferences import Preferences
from ui.screens.base import Context, Screen
from ui.screens.registry import SCREENS, ScreenSpec
from ui.second.faces import Face
from ui.second.holder import SecondHolder
from ui.services import Services
from ui.shell.actions import (
    add_account_actions,
    add_actions,
    add_screen_actions,
    draw_icons,
    menu_actions,
)
from ui.shell.alarm_band import AlarmBand
from ui.shell.key_list import KeyList
from ui.shell.manual_view import ManualView, manual_page
from ui.shell.names import NamesSwitch
from ui.shell.navigation import Navigation
from ui.shell.news import NewsOfOthers
from ui.shell.search_box import SearchBox
from ui.shell.side_pane import WIDTH, SidePane
from ui.shell.top_bar import TopBar
from ui.shell.ways import ways
from ui.shell.who_looks import WhoLooks
from ui.tasks.desk import Desk
from ui.tasks.keeper import Keeper
from ui.theme import Theme
from ui.widgets.message_bar import Action, Kind, MessageBar

_FLOATS_BELOW, _NARROW_BELOW = 1200, 900
_REFERENCE = (1366, 768)
_SECOND = "第二屏已经打开，只有各方都能看的内容。PgUp、PgDn 翻页，F8 收起。"


class MainWindow(QMainWindow):
    """A navigation shell. Satisfies `Frame` for the screens and `Audience` for the presenter.

    ``lock_wanted``, ``switch_wanted`` and ``password_wanted`` when the user asks for it, ``closing`` when he closed
    the window and it may go.
    """

    lock_wanted = Signal()
    switch_wanted = Signal()
    password_wanted = Signal()
    closing = Signal()
    turned = Signal()

    def __init__(self, services: Services, desk: Desk, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self._services, self._desk, self._theme = services, desk, theme
        self._preferences = preferences
        self._specs = {spec.code: spec for spec in SCREENS if spec.is_for(services.actor)}
        self._screens: dict[str, Screen] = {}
        self._manual: ManualView | None = None
        self._page = ("", "")
        self._arguments: dict[str, str] = {}
        self._pane_wanted = preferences.pane_open
        self._news = NewsOfOthers(services, self)
        self._news.heard.connect(self._on_heard)
        self.context = Context(services, desk, theme, preferences, self)
        self.presenter = Presenter(self, self)
        self.away = Away(self, desk, services.look, self)
        self.second = SecondHolder(self, services, desk)
        self._names = NamesSwitch(self, services, desk)
        self.setWindowTitle("调解台")
        self._actions = add_actions(self, self._deeds())
        self._of_account = add_account_actions(self, self._account_deeds())
        self._build()
        self._connect()
        self._restore()

    # What screens may ask

    def open_screen(self, code: str, argument: str = "") -> None:
        """Bring a screen to the front, building it on first use."""
        before = self.screen_in_front()
        if code not in self._specs or (before and before.code != code and not before.may_leave()):
            return
        page = (code, argument.partition("#")[0])
        if page != self._page:
            self._page = page
            self.message_bar.turn_page()
            self.turned.emit()
        screen = self.screen_for(code)
        self._stack.setCurrentWidget(screen)
        self._navigation.mark(self._specs[code].under or code)
        if argument:
            self._arguments[code] = argument
            screen.open(argument)
        screen.bring_up_to_date()
        if screen.first is not None:
            screen.first.setFocus()
        self.settle_pane()
        self._settle_eyes()
        self.second.follow(screen.second()[0])

    def open_case(self, key: str, part: str = "") -> None:
        """Bring the case page to the front with this case; ``part`` names a tab."""
        self.open_screen("case", f"{key}#{part}" if part else key)

    def show_pane(self, widget: QWidget, heading: str) -> None:
        """Show something beside the screen and open the pane."""
        self._pane.show_widget(widget, heading)
        self._set_pane_open(True)

    def say(self, sentence: str, kind: Kind = Kind.INFO, action: Action | None = None) -> None:
        """One sentence in the message bar."""
        self.message_bar.say(sentence, kind, action)

    def show_count(self, code: str, count: int) -> None:
        """The number beside a screen's name."""
        if code in self._specs:
            self._navigation.show_count(code, count)

    def show_second(self, case_key: str, face: Face) -> None:
        """Show a case to the parties."""
        self.second.show(case_key, face)
        self.say(_SECOND)

    def hears_news(self) -> bool:
        """Whether a server tells what other desks save."""
        return self._news.is_live()

    # What the presenter may ask

    def show_field_error(self, field: str, sentence: str) -> bool:
        """Show a sentence beneath a field of the screen in front."""
        screen = self.screen_in_front()
        return screen is not None and screen.show_field_error(field, sentence)

    def reload(self) -> None:
        """Read the screen in front again."""
        if (screen := self.screen_in_front()) is not None:
            screen.bring_up_to_date(force=True)

    def widget(self) -> QWidget:
        """The parent of dialogs."""
        return self

    # What the tour and tests may ask

    def screen_in_front(self) -> Screen | None:
        """The screen the user sees."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def screen_for(self, code: str) -> Screen:
        """The screen called ``code``, built if need be. Raises KeyError for an unknown or forbidden one."""
        if code not in self._screens:
            screen = self._specs[code].factory(self.context)
            screen.few_eyes.connect(self._settle_eyes)
            self._screens[code] = screen
            self._stack.addWidget(screen)
        return self._screens[code]

    def screen_codes(self) -> tuple[str, ...]:
        """Codes of the screens in the navigation, in order."""
        return tuple(spec.code for spec in self._specs.values() if spec.shown)

    # What the sitting may ask

    def built_screens(self) -> tuple[Screen, ...]:
        """The screens that have been opened so far."""
        return tuple(self._screens.values())

    def where(self) -> str:
        """What opens the screen in front as it is now."""
        screen = self.screen_in_front()
        return (screen.where() or self._arguments.get(screen.code, "")) if screen is not None else ""

    def is_idle(self) -> bool:
        """Whether nothing is being read or stored."""
        return self._desk.idle()

    def offer_account(self, *, secret: bool) -> None:
        """Show what the user may do about his account; without a ``secret`` there is no password to change."""
        switch, password = self._of_account
        switch.setVisible(True)
        password.setVisible(secret)

    def keep_words(self) -> None:
        """Everything typed that has a draft of its own is stored now."""
        for screen in self._screens.values():
            screen.may_leave()
        for keeper in self.findChildren(Keeper):
            keeper.flush()

    def take_down(self) -> None:
        """Go without asking: nobody sits here any more. What is under way is finished by the desk.

        Whoever asks for it destroys the window.
        """
        self._preferences.geometry = self.saveGeometry()
        self.second.close()
        self._news.stop()
        self._desk.leave()
        self.hide()

    def set_pane_open(self, is_open: bool) -> None:
        """Open or close the side pane as F4 does, and remember it."""
        self._preferences.pane_open = is_open
        self._set_pane_open(is_open)

    # Building

    def _build(self) -> None:
        ground = QWidget()
        self.setCentralWidget(ground)
        shown: tuple[ScreenSpec, ...] = tuple(spec for spec in self._specs.values() if spec.shown)
        self._navigation = Navigation(shown, "调解台")
        self._stack = QStackedWidget()
        self.message_bar = MessageBar()
        self._pane = SidePane(ground)
        search = SearchBox(
            self._services, self._desk, ground, lambda typed: ways(typed, self._specs.values())
        )
        search.setVisible(self._services.actor.can(Permission.CASE_READ))
        name = self._services.actor.display_name
        first, *others = menu_actions(self._actions)
        self._top = TopBar(search, name, (first, *self._of_account, *others), ground)
        self.alarms = AlarmBand(self._services, self._desk, ground)
        middle = QVBoxLayout()
        middle.addWidget(self.alarms)
        middle.addWidget(self._stack, 1)
        bar = QVBoxLayout()
        bar.setContentsMargins(self._theme.px(20), 0, self._theme.px(20), self._theme.px(12))
        bar.addWidget(self.message_bar)
        middle.addLayout(bar)
        self._who_looks = WhoLooks(self)
        self._grid = QGridLayout(ground)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.addWidget(self._navigation, 0, 0, 2, 1)
        self._grid.addWidget(self._top, 0, 1, 1, 2)
        self._grid.addLayout(middle, 1, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(1, 1)
        draw_icons(self._actions)

    def _connect(self) -> None:
        self._navigation.chosen.connect(self.open_screen)
        self._pane.closed.connect(lambda: self.set_pane_open(False))
        self._top.search.picked.connect(self.open_case)
        self._top.search.went.connect(self.open_screen)
        self._top.search.asked.connect(lambda words: self.open_screen("cases", words))
        self._desk.saved.connect(self._top.show_saved)
        self._desk.busy.connect(self._top.show_busy)
        self._desk.failed.connect(self._on_desk_failed)
        self._desk.committed.connect(self._on_desk_committed)
        self._theme.changed.connect(self._on_theme_changed)
        add_screen_actions(self, self.screen_codes(), self.open_screen)

    def _deeds(self) -> dict[str, Callable[[], object]]:
        return {
            "search": self._on_search,
            "new": lambda: self.open_screen("intake"),
            "primary": lambda: self._with_screen(lambda screen: screen.primary_action()),
            "paper": lambda: self._with_screen(lambda screen: screen.print_preview()),
            "manual": self._on_manual,
            "pane": lambda: self.set_pane_open(not self._pane.isVisible()),
            "refresh": self.reload,
            "second": self._on_second,
            "undo": self._on_undo,
            "larger": lambda: self._theme.step(1),
            "smaller": lambda: self._theme.step(-1),
            "normal": lambda: self._theme.set_percent(100),
            "dark": self._theme.toggle,
            "names": self._on_names,
            "keys": lambda: KeyList(self).exec(),
            "lock": self.lock_wanted.emit,
        }

    def _account_deeds(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        return ("换人登录", self.switch_wanted.emit), ("改口令", self.password_wanted.emit)

    def _restore(self) -> None:
        self.setMinimumSize(640, 480)
        if not self.restoreGeometry(self._preferences.geometry):
            self.resize(*_REFERENCE)
        self.open_screen(self.screen_codes()[0])
        self.alarms.look()

    # Handlers

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows float the pane and fold the navigation."""
        super().resizeEvent(event)
        self._settle_width()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved words, remember the place, finish running work."""
        screen = self.screen_in_front()
        if screen is not None and not screen.may_leave():
            event.ignore()
            return
        self.closing.emit()
        self._preferences.geometry = self.saveGeometry()
        self.second.close()
        self._news.stop()
        self._desk.close()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """A window that comes back from the taskbar settles again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._settle_width()
            screen = self.screen_in_front()
            hidden = self.isMinimized() or screen is None
            self.second.follow("" if hidden or screen is None else screen.second()[0])

    def _on_desk_failed(self, error: BaseException, retry: Callable[[], None] | None) -> None:
        if isinstance(error, AwayError):
            self.away.report(error, retry)
        else:
            self.presenter.present(error, retry)

    def _on_desk_committed(self, changes: Changes) -> None:
        for screen in self._screens.values():
            screen.notice(changes)
        self._settle_eyes()

    def _on_heard(self, kind: str, case_key: str, _version: int) -> None:
        for screen in self._screens.values():
            screen.hear(kind, case_key)

    def _on_theme_changed(self) -> None:
        self._preferences.mode = self._theme.tokens.name
        self._preferences.percent = self._theme.percent
        draw_icons(self._actions)
        self._settle_width()

    def _settle_eyes(self) -> None:
        screen = self.screen_in_front()
        self._who_looks.settle(self._services.actor, sensitive=screen is not None and screen.sensitive)

    def _on_names(self) -> None:
        told = self._names.turn()
        if told is not None:
            self.say(*told)

    def _on_search(self) -> None:
        self._top.search.setFocus()
        self._top.search.selectAll()

    def _on_manual(self) -> None:
        screen = self.screen_in_front()
        topic = screen.code if screen else ""
        self._desk.query(lambda: manual_page(topic), self._show_manual, owner=self, slot="manual")

    def _show_manual(self, page: str) -> None:
        if not page:
            self.say("手册里还没有这一页的说明。")
            return
        if self._manual is None:
            self._manual = ManualView()
        self._manual.show_page(page)
        self.show_pane(self._manual, "说明")

    def _on_undo(self) -> None:
        if self.message_bar.offers_undo():
            self.message_bar.act()

    def _on_second(self) -> None:
        screen = self.screen_in_front()
        key, face = screen.second() if screen is not None else ("", Face.ISSUES)
        if not key and self.second.screen is not None:
            self.second.close()
        elif not key:
            self.say("这一页没有给各方看的内容；请先打开案件。")
        elif self.second.toggle(key, face):
            self.say(_SECOND)

    def _with_screen(self, deed: Callable[[Screen], object]) -> None:
        if (screen := self.screen_in_front()) is not None:
            deed(screen)

    # The pane

    def settle_pane(self) -> None:
        """After a change of screen: its own pane, or none."""
        screen = self.screen_in_front()
        offered = screen.pane() if screen is not None else None
        if offered is None:
            self._pane.hide()
            return
        self._pane.show_widget(offered[1], offered[0])
        self._set_pane_open(self._preferences.pane_open and not self._is_tight())

    def _set_pane_open(self, is_open: bool) -> None:
        self._pane.setVisible(is_open and self._pane.has_content())
        self._settle_width()

    def _is_tight(self) -> bool:
        return self.width() < self._theme.px(_FLOATS_BELOW)

    def _settle_width(self) -> None:
        px = self._theme.px
        self._navigation.set_narrow(self.width() < px(_NARROW_BELOW))
        self._pane.set_floating(self._is_tight())
        width = min(px(WIDTH), self.width() * 2 // 3)
        self._pane.setFixedWidth(width)
        self._grid.removeWidget(self._pane)
        if not self._is_tight():
            self._grid.addWidget(self._pane, 1, 2)
            return
        top, ground = self._top.height(), self.centralWidget()
        self._pane.setGeometry(
            ground.width() - width - px(8), top + px(8), width, ground.height() - top - px(16)
        )
        self._pane.raise_()
