"""What a screen is, and what it is given.

A screen builds its widgets, then its connections, and reads in `refresh`, which the window calls when the
screen is first shown and again when something it shows has changed. Text from records goes through
``ui.widgets`` only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mediation_desk.shared.changes import Changes, Topic
from ui.fields.field import Field
from ui.preferences import Preferences
from ui.second.faces import Face
from ui.services import Services
from ui.tasks.desk import Desk
from ui.theme import Theme, theme
from ui.widgets.buttons import Ground
from ui.widgets.layout import boxed, column, scrolling
from ui.widgets.message_bar import Action, Kind
from ui.widgets.text import title


class Frame(Protocol):
    """What a screen may ask of the window around it."""

    def open_screen(self, code: str, argument: str = "") -> None:
        """Go to a screen; ``argument`` is handed to its `Screen.open`."""
        ...

    def open_case(self, key: str, part: str = "") -> None:
        """Go to a case; ``part`` names a tab of its page."""
        ...

    def show_pane(self, widget: QWidget, heading: str) -> None:
        """Show ``widget`` in the side pane and open the pane."""
        ...

    def settle_pane(self) -> None:
        """Ask the screen in front again what its pane shows, if anything."""
        ...

    def say(self, sentence: str, kind: Kind = Kind.INFO, action: Action | None = None) -> None:
        """One sentence in the message bar, with one action at most."""
        ...

    def show_count(self, code: str, count: int) -> None:
        """The number beside a screen's name in the navigation; 0 shows none."""
        ...

    def show_second(self, case_key: str, face: Face) -> None:
        """Show a case to the parties on the second screen."""
        ...

    def hears_news(self) -> bool:
        """Whether a server tells what other desks save."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a screen is given."""

    services: Services
    desk: Desk
    theme: Theme
    preferences: Preferences
    frame: Frame

    def open_case(self, key: str, part: str = "") -> None:
        """Go to a case."""
        self.frame.open_case(key, part)

    def open_screen(self, code: str, argument: str = "") -> None:
        """Go to another screen."""
        self.frame.open_screen(code, argument)

    def show_pane(self, widget: QWidget, heading: str) -> None:
        """Show something beside the screen."""
        self.frame.show_pane(widget, heading)

    def settle_pane(self) -> None:
        """The screen shows another page of its own: its pane may come or go."""
        self.frame.settle_pane()

    def show_second(self, case_key: str, face: Face) -> None:
        """Show a case to the parties."""
        self.frame.show_second(case_key, face)

    def say(self, sentence: str, kind: Kind = Kind.INFO, action: Action | None = None) -> None:
        """Tell what just happened."""
        self.frame.say(sentence, kind, action)


class Screen(Ground):
    """Base of all screens. Subclasses set ``code``, ``topics`` and ``caption`` and fill ``self.body``.

    ``self.top`` is the title row: add buttons to it. ``self.primary`` is the button of the one next action,
    which Ctrl+Enter presses; ``self.first`` gets the focus when the screen comes to the front. With
    ``scrolled`` the body scrolls up and down when it does not fit. ``few_eyes(bool)`` when what it shows becomes
    something only few may see, or no longer is.
    """

    few_eyes = Signal(bool)

    code: ClassVar[str] = ""
    caption: ClassVar[str] = ""
    topics: ClassVar[frozenset[str]] = frozenset()
    scrolled: ClassVar[bool] = False

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.primary: QPushButton | None = None
        self.first: QWidget | None = None
        self.sensitive = False
        self._stale = True
        self.setAccessibleName(self.caption)
        self.top: QHBoxLayout = QHBoxLayout()
        self.body: QVBoxLayout = column(gap=12)
        self._arrange()

    def refresh(self) -> None:
        """Read again, through ``self.context.desk.query(..., owner=self)``."""

    def open(self, argument: str) -> None:
        """Show what ``argument`` names: a case key, words to search for."""

    def pane(self) -> tuple[str, QWidget] | None:
        """Heading and widget for the side pane while this screen is in front; None for no pane."""
        return None

    def second(self) -> tuple[str, Face]:
        """Case and face that F8 shows to the parties; "" where this screen has nothing for them."""
        return "", Face.ISSUES

    def primary_action(self) -> None:
        """Do the one next action: press ``self.primary`` if it can be pressed."""
        if (
            isinstance(self.primary, QAbstractButton)
            and self.primary.isEnabled()
            and self.primary.isVisible()
        ):
            self.primary.click()

    def print_preview(self) -> None:
        """Ctrl+P; screens with paper show it."""
        self.context.say("这一页没有要打印的文书。")

    def where(self) -> str:
        """What `open` is given to come back here; "" where nothing was chosen."""
        return ""

    def about(self) -> str:
        """What words typed here belong to, a case for instance: they are put back for no other."""
        return ""

    def holds_words(self) -> bool:
        """False where what stands in the editors is on file or kept already: nothing of it is left behind."""
        return True

    def may_leave(self) -> bool:
        """False keeps the user here, after asking about unsaved words."""
        return True

    def set_sensitive(self, sensitive: bool) -> None:
        """Say whether what is shown now is for few eyes: a locked case."""
        if sensitive is not self.sensitive:
            self.sensitive = sensitive
            self.few_eyes.emit(sensitive)

    def show_field_error(self, field: str, sentence: str) -> bool:
        """Show ``sentence`` beneath the visible `Field` called ``field``; False when there is none."""
        for candidate in self.findChildren(Field):
            if candidate.name == field and candidate.isVisible():
                candidate.set_error(sentence)
                candidate.editor.setFocus()
                return True
        return False

    def notice(self, changes: Changes) -> None:
        """Called for every commit: read again now when visible, later when hidden."""
        if not changes.concern(self.topics):
            return
        self._stale = True
        if self.isVisible():
            self.bring_up_to_date()

    def hear(self, kind: str, case_key: str) -> None:
        """Another desk saved a case, or opened one; without a key it may be about any: read again when next shown."""
        if kind != "open" and Topic.CASES in self.topics:
            self._stale = True

    def bring_up_to_date(self, *, force: bool = False) -> None:
        """Refresh if something changed since the last reading."""
        if self._stale or force:
            self._stale = False
            self.refresh()

    def _arrange(self) -> None:
        px = theme().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(20), px(14), px(20), px(12))
        outer.setSpacing(px(12))
        self.top.setSpacing(px(8))
        if self.caption:
            self.top.addWidget(title(self.caption))
            self.top.addStretch(1)
        outer.addLayout(self.top)
        if self.scrolled:
            outer.addWidget(scrolling(boxed(self.body), name=self.caption), 1)
        else:
            outer.addLayout(self.body, 1)
