"""Carries lines to storage and news back: what is on its way is shown at once, what is refused comes back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from mediation_desk.cases.board.service import Board, Written
from mediation_desk.cases.board.understanding import Standing
from mediation_desk.hearings.board.notes import Note
from mediation_desk.shared.changes import Changes
from mediation_desk.shared.errors import DeskError
from ui.screens.base import Context
from ui.screens.board.book import Book
from ui.screens.board.keeping import KeptLine
from ui.screens.board.reading import BoardPlace
from ui.widgets.message_bar import Action, Kind

EVERY_MS = 2000
"""How often lines of other desks are asked for."""
CHANGED = "board"
"""What screens that show a board listen to."""


class BoardSending(QObject):
    """``arrived(notes)``: stored lines, own or others'. ``room``: opening or attendance changed.

    ``refused(error, line)`` hands back what could not be stored; ``stored`` whenever something was.
    """

    arrived = Signal(object)
    room = Signal()
    refused = Signal(object, object)
    stored = Signal()
    done = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.place: BoardPlace | None = None
        self.book: Book | None = None
        self.on_the_way: dict[str, KeptLine] = {}
        """What was typed for lines on their way, by key: kept as a draft until they are stored."""
        self._silent = False
        self._poll = QTimer(self, interval=EVERY_MS)
        self._poll.timeout.connect(self.ask_for_news)

    def begin(self, place: BoardPlace, book: Book) -> None:
        """Another board, or another reading of the same: what is on its way stays on its way."""
        if place is not self.place:
            self.on_the_way = {}
        self.place, self.book = place, book

    def set_listening(self, listening: bool) -> None:
        """Ask for news while the board is seen."""
        if listening and not self._poll.isActive():
            self._poll.start()
        elif not listening:
            self._poll.stop()

    def write(self, note: Note, raw: str) -> None:
        """A new line: seen at once, stored a moment later."""
        place, book = self.place, self.book
        if place is None or book is None:
            return
        book.waiting.append(note)
        book.written_here.add(note.key)
        line = KeptLine(raw, standing_of(note), note.key)
        self.on_the_way[note.key] = line
        self.arrived.emit(())

        def done(saved: Note) -> None:
            self.on_the_way.pop(note.key, None)
            if place is self.place:
                self._take((saved,))
            self.stored.emit()

        self._send(lambda: place.write(note), done, line)

    def rewrite(self, base: Note, wanted: Note, raw: str) -> None:
        """A changed line; where somebody had changed the same words, both stand and this is told."""
        place, book = self.place, self.book
        if place is None or book is None or wanted == base:
            return
        line = KeptLine(raw, standing_of(wanted), editing=base.no) if raw else None
        way = f"{base.key}/{base.version}"
        if line is not None:
            self.on_the_way[way] = line

        def done(found: Written) -> None:
            self.on_the_way.pop(way, None)
            if place is self.place:
                self._take((found.note, found.kept) if found.kept is not None else (found.note,))
            if found.kept is not None:
                told = f"另一位工作人员刚刚也改了第{found.note.no}行，两种写法都留着：您写的在第{found.kept.no}行。"
                self._context.say(told, Kind.WARN)
            self.stored.emit()

        self._send(lambda: place.rewrite(base, wanted), done, line, way)

    def change(self, do: Callable[[], Note], told: str, action: Action | None = None) -> None:
        """Strike, accept, release …: told when it is done."""
        place = self.place

        def done(saved: Note) -> None:
            if place is self.place:
                self._take((saved,))
            self.done.emit()
            self._context.say(told, Kind.SUCCESS, action)

        self._send(do, done)

    def note_room(self, do: Callable[[], object]) -> None:
        """Opening and attendance: the room is read again afterwards."""
        self._context.desk.command(do, lambda _found: self.ask_for_news(), self._on_room_refused, owner=self)

    def ask_for_news(self) -> None:
        """Lines of other desks; they neither move the focus nor what is being read."""
        place, book = self.place, self.book
        if place is None or book is None:
            return
        since = book.revision

        def failed(error: BaseException) -> bool:
            if not self._silent:
                self._silent = True
                self._context.say("暂时读不到别的桌上写的内容；您写的都在，会自己再试。", Kind.WARN)
            return isinstance(error, DeskError | OSError)

        def show(found: Board) -> None:
            self._silent = False
            if book is self.book:
                self.take_news(found)

        self._context.desk.query(lambda: place.news(since), show, failed, owner=self, slot="news")

    def take_news(self, found: Board) -> None:
        """What a reading brought."""
        book = self.book
        if book is None:
            return
        book.revision = max(book.revision, found.revision)
        self._take(found.notes)
        if book.take_room(found.opened, found.present):
            self.room.emit()

    def _take(self, notes: tuple[Note, ...]) -> None:
        book = self.book
        if book is not None and (fresh := book.take(notes)):
            self.arrived.emit(fresh)

    def _send(
        self,
        do: Callable[[], object],
        done: Callable[..., object],
        line: KeptLine | None = None,
        way: str = "",
    ) -> None:
        place = self.place
        touched = Changes.of(CHANGED, case_key=place.key if place else None)

        def failed(error: BaseException) -> bool:
            book = self.book
            if book is None or place is not self.place:
                return False  # another board by now; the words are in the draft of theirs
            if line is not None:
                self.on_the_way.pop(way or line.key, None)
                book.waiting = [one for one in book.waiting if one.key != line.key]
                self.arrived.emit(())
            self.refused.emit(error, line)
            return isinstance(error, DeskError)

        self._context.desk.command(do, done, failed, touches=touched, owner=self)

    def _on_room_refused(self, error: BaseException) -> bool:
        self.refused.emit(error, None)
        self.room.emit()
        return isinstance(error, DeskError)


def standing_of(note: Note) -> Standing:
    """Who, where and in whose hearing, as it was when this line was typed."""
    return Standing(speaker=note.speaker, issue=note.issue, wall=note.wall, side=note.side)
