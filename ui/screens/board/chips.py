"""What the line being typed means so far, as chips; each opens a list, so that the mouse can do what marks do."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from mediation_desk.cases.board.typed_line import MARK_OF, PRIVATE, SPEAKER
from mediation_desk.cases.board.understanding import Meaning
from mediation_desk.hearings.board.notes import NoteKind, Wall
from ui.screens.board.book import Book
from ui.screens.board.faces import circled
from ui.screens.board.issue_model import NO_ISSUE
from ui.widgets.buttons import DeskButton, link
from ui.widgets.plain import plain_caption, restyle
from ui.widgets.wrapping import WrappingRow

KINDS = (
    NoteKind.STATEMENT,
    NoteKind.FACT,
    NoteKind.ISSUE,
    NoteKind.OFFER,
    NoteKind.CONCESSION,
    NoteKind.QUESTION,
    NoteKind.EVIDENCE,
    NoteKind.RISK,
    NoteKind.LAW,
    NoteKind.COURSE,
)
_CUT = 14


class Chips(WrappingRow):
    """``speaker(ref)``, ``kind(NoteKind)``, ``issue(no or None)`` and ``talk(side or None)`` when picked."""

    speaker = Signal(str)
    kind = Signal(object)
    issue = Signal(object)
    talk = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(gap=2, line_gap=0, parent=parent)
        self._book: Book | None = None
        self._who = self._chip("board.who", self._pick_speaker)
        self._kind = self._chip("board.kind", self._pick_kind)
        self._issue = self._chip("board.on", self._pick_issue)
        self._wall = self._chip("board.wall", self._pick_wall)

    def show_meaning(self, book: Book, found: Meaning) -> None:
        """What is typed, understood so far."""
        self._book = book
        title = found.speaker.title
        _caption(self._who, f"{SPEAKER} {title}", f"发言人：{title}，按一下可以换")
        number = book.issue_number(found.issue)
        on = next((one.text for one in book.issues if one.no == found.issue), "")
        cut = on if len(on) <= _CUT else f"{on[:_CUT]}…"
        shown = f"{circled(number)} {cut}" if number else "# 不归入焦点"
        _caption(self._issue, shown, f"争议焦点：{on or '不归入'}，按一下可以换")
        _caption(self._kind, kind_words(found.kind), f"这一行是{found.kind.value}，按一下可以换")
        side = book.names(found.side)
        private = found.wall is not Wall.JOINT
        wall = (
            (f"{PRIVATE} 单方谈话：{side}，只给调解员看" if side else f"{PRIVATE} 仅调解员")
            if private
            else "各方可见"
        )
        _caption(self._wall, wall, f"{wall}，按一下可以换")
        if self._wall.property("private") != ("true" if private else "false"):
            self._wall.setProperty("private", "true" if private else "false")
            restyle(self._wall)

    def _chip(self, name: str, on_click: Callable[[], None]) -> DeskButton:
        made = compact(link("", on_click), Qt.FocusPolicy.TabFocus)
        made.setObjectName(name)
        self.add(made)
        return made

    def _pick_speaker(self) -> None:
        if (book := self._book) is not None:
            people = (
                (f"{number}　{one.title}", one.ref) for number, one in enumerate(book.cast.people, start=1)
            )
            self._menu(self._who, people, self.speaker.emit)

    def _pick_kind(self) -> None:
        self._menu(self._kind, ((kind_words(kind), kind) for kind in KINDS), self.kind.emit)

    def _pick_issue(self) -> None:
        if (book := self._book) is not None:
            entries: list[tuple[str, object]] = [
                (f"{circled(number)} {one.text}", one.no) for number, one in enumerate(book.issues, start=1)
            ]
            self._menu(self._issue, [*entries, (NO_ISSUE, None)], self.issue.emit)

    def _pick_wall(self) -> None:
        if (book := self._book) is not None:
            sides = ((f"单方谈话：{party.name}", party.ref) for party in book.file.parties)
            self._menu(self._wall, [("各方可见", None), *sides], self.talk.emit)

    def _menu(self, at: QWidget, entries: Iterable[tuple[str, object]], pick: Callable[..., object]) -> None:
        menu = QMenu(self)
        for words, value in entries:
            action = menu.addAction(plain_caption(words))
            action.triggered.connect(lambda _checked=False, value=value: pick(value))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at.mapToGlobal(QPoint(0, at.height())))


def kind_words(kind: NoteKind) -> str:
    """``! 方案``: the mark and the word."""
    mark = MARK_OF.get(kind, "")
    return f"{mark} {kind.value}" if mark else kind.value


def compact(made: DeskButton, focus: Qt.FocusPolicy) -> DeskButton:
    """A small quiet button; by mouse it leaves the focus in the line."""
    made.setFocusPolicy(focus)
    made.setProperty("compact", "true")
    return made


def _caption(made: DeskButton, words: str, spoken: str) -> None:
    if made.accessibleName() != spoken:
        made.set_caption(words)
        made.setAccessibleName(spoken)
