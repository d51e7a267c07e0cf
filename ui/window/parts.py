"""What the pages of the public window are made of: words, buttons, rows; sized by the style sheet of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QPushButton,
    QScrollArea,
    QScroller,
    QSizePolicy,
    QWidget,
)

from ui.icons import NAMES, glyph
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.layout import Item, column, row
from ui.widgets.plain import PlainLabel, plain_caption, restyle

_STRONG = {"name": 4, "title": 16}
"""Characters up to which a text of this rank stands on one line on every screen."""


def words(text: str, rank: str = "", tone: Tone = Tone.INK) -> PlainLabel:
    """Text that wraps, so that it is never cut off. ``rank``: "", large, name, title.

    Short names and titles are painted a little stronger, which works for one line only.
    """
    strong = rank in _STRONG and 0 < len(text) <= _STRONG[rank]
    made = PlainLabel(text, role="title" if strong else "", tone=tone, wrap=not strong)
    made.setProperty("rank", rank)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return made


class BigButton(QPushButton):
    """A button at least as large as a finger. ``kind``: plain, primary, chosen, struck, quiet, tile."""

    def __init__(self, text: str, on_tap: Callable[[], object] | None = None, *, kind: str = "plain") -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_caption(text)
        if on_tap is not None:
            self.clicked.connect(lambda _checked=False: on_tap())

    def set_caption(self, text: str, spoken: str = "") -> None:
        """Other words; ``spoken`` says more to a screen reader."""
        self.setText(plain_caption(text))
        self.setAccessibleName(spoken or text)

    def set_kind(self, kind: str) -> None:
        """Another rank or state."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            restyle(self)


class Tile(BigButton):
    """A large button with a picture above its words."""

    def __init__(
        self, symbol: str, name: str, about: str, on_tap: Callable[[], object], *, size: int
    ) -> None:
        super().__init__("", on_tap, kind="tile")
        self.setAccessibleName(f"{name}：{about}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        shown = (sign(symbol, size, Tone.ACCENT), words(name, "large"), words(about, tone=Tone.QUIET))
        inner = down(size // 8, None, *shown, None)
        inner.setContentsMargins(size // 4, size // 6, size // 4, size // 6)
        for one in shown:
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(inner)

    def sizeHint(self) -> QSize:
        """As large as what stands on it."""
        inner = self.layout()
        return inner.sizeHint() if inner is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Everything on it stays readable."""
        inner = self.layout()
        return inner.minimumSize() if inner is not None else super().minimumSizeHint()


class FingerArea(QScrollArea):
    """Scrolls up and down by finger. As high as its wrapped text needs at this width: Qt's own guess is too high."""

    def __init__(self, content: QWidget, name: str) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content.setProperty("scrolled", "true")
        self.setWidget(content)
        content.installEventFilter(self)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.LeftMouseButtonGesture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys belong to the page: it scrolls, then turns."""
        event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Words have come or gone."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        content, room = self.widget(), self.viewport().size()
        inner = content.layout()
        if inner is None:
            return
        needed = inner.totalHeightForWidth(room.width()) if inner.hasHeightForWidth() else -1
        content.resize(room.width(), max(room.height(), needed, inner.totalMinimumSize().height()))


class Badge(PlainLabel):
    """``第1`` or ``不要`` on a coloured ground; hidden while there is nothing to say."""

    def __init__(self, text: str = "", *, struck: bool = False) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("badge", "struck" if struck else "true")
        self.setText(text)

    def show_words(self, text: str, *, struck: bool = False) -> None:
        """Other words, or none; only once it stands somewhere, or it would flash as a window."""
        self.setProperty("badge", "struck" if struck else "true")
        restyle(self)
        self.setText(text)
        self.setVisible(bool(text))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Qt leaves the padding of a style sheet out."""
        letter = self.fontMetrics().height()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + letter, letter * 5 // 4)


def sign(symbol: str, size: int, tone: Tone = Tone.QUIET) -> PlainLabel:
    """An icon of ``size`` pixels that only accompanies words; a name nobody drew becomes a question mark."""
    made = PlainLabel()
    known = symbol if symbol in NAMES else "why"
    made.setPixmap(glyph(known, theme().tokens.tone(tone), size, made.devicePixelRatioF()))
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def across(gap: int, *items: Item) -> QBoxLayout:
    """Left to right with ``gap`` pixels between; ``None`` is a stretch."""
    return _spaced(row(*items), gap)


def down(gap: int, *items: Item) -> QBoxLayout:
    """Top to bottom with ``gap`` pixels between; ``None`` is a stretch."""
    return _spaced(column(*items), gap)


def by_finger(content: QWidget, name: str) -> QScrollArea:
    """``content`` in an area that a finger can push up and down."""
    return FingerArea(content, name)


def _spaced(made: QBoxLayout, gap: int) -> QBoxLayout:
    made.setSpacing(gap)
    return made
