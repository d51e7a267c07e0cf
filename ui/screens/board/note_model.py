"""The lines of a board as rows: stored ones by number, those on their way last."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from mediation_desk.hearings.board.notes import Note, NoteKind
from ui.screens.board.book import Book
from ui.screens.board.faces import Face, face_of
from ui.widgets.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex
NOTE_NUMBER = "application/x-mediation-note"
"""What is dragged: the number alone. The words of a line never leave the window."""


class NoteModel(QAbstractTableModel):
    """Rows follow the `Book`; call `follow` with what changed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._book: Book | None = None
        self._notes: list[Note] = []
        self._stored = 0
        self._faces: dict[str, Face] = {}

    def show_book(self, book: Book | None) -> None:
        """Begin with another board."""
        self.beginResetModel()
        self._book = book
        self._notes = list(book.shown()) if book is not None else []
        self._stored = len(book.notes) if book is not None else 0
        self._faces.clear()
        self.endResetModel()

    def follow(self, fresh: Iterable[Note]) -> None:
        """The book took in ``fresh``, or its waiting lines changed."""
        book = self._book
        if book is None:
            return
        for note in fresh:
            self._put(note)
        self._settle_waiting(book)
        for no in book.touched:
            self._look_again(no)

    def note(self, place: int) -> Note | None:
        """The line of a row."""
        return self._notes[place] if 0 <= place < len(self._notes) else None

    def row_of(self, no: int) -> int:
        """The row of a stored line; -1 when there is none."""
        place = bisect_left(self._notes, no, hi=self._stored, key=lambda note: note.no)
        return place if place < self._stored and self._notes[place].no == no else -1

    def face(self, place: int) -> Face | None:
        """How a row looks."""
        note = self.note(place)
        if note is None or self._book is None:
            return None
        known = self._faces.get(note.key)
        if known is None:
            known = self._faces[note.key] = face_of(self._book, note, self._head(place))
        return known

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        """One row a line."""
        return 0 if parent.isValid() else len(self._notes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        """One column."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words for screen readers and tests; the delegate paints the face."""
        face = self.face(index.row())
        if face is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return face.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(words for words, _tone in face.below)) or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Stored lines can be dragged under an issue."""
        note = self.note(index.row())
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        may_move = note is not None and note.no > 0 and note.kind is not NoteKind.ISSUE and note.counts
        return usual | Qt.ItemFlag.ItemIsDragEnabled if may_move else usual

    def mimeTypes(self) -> list[str]:
        """The number of a line."""
        return [NOTE_NUMBER]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        """The number of the dragged line."""
        made = QMimeData()
        note = next((self.note(index.row()) for index in indexes), None)
        if note is not None:
            made.setData(NOTE_NUMBER, str(note.no).encode())
        return made

    def _put(self, note: Note) -> None:
        place = bisect_left(self._notes, note.no, hi=self._stored, key=lambda one: one.no)
        self._faces.pop(note.key, None)
        if place < self._stored and self._notes[place].no == note.no:
            self._notes[place] = note
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0))
            return
        if place == self._stored < len(self._notes) and self._notes[place].key == note.key:
            self._notes[place] = note  # the one on its way has arrived
            self._stored += 1
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0))
            return
        self.beginInsertRows(QModelIndex(), place, place)
        self._notes.insert(place, note)
        self._stored += 1
        self.endInsertRows()

    def _settle_waiting(self, book: Book) -> None:
        shown, wanted = self._notes[self._stored :], book.waiting
        if shown == wanted:
            return
        if wanted[: len(shown)] != shown:
            self.beginRemoveRows(QModelIndex(), self._stored, len(self._notes) - 1)
            del self._notes[self._stored :]
            self.endRemoveRows()
            shown = []
        if more := wanted[len(shown) :]:
            first = len(self._notes)
            self.beginInsertRows(QModelIndex(), first, first + len(more) - 1)
            self._notes += more
            self.endInsertRows()

    def _look_again(self, no: int) -> None:
        """Where an offer stands, or how an issue is counted, has changed through another line."""
        place = self.row_of(no)
        if place >= 0:
            self._faces.pop(self._notes[place].key, None)
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def _head(self, place: int) -> str:
        note, book = self._notes[place], self._book
        before = self._notes[place - 1].session_no if place else None
        several = book is not None and any(one.session_no != note.session_no for one in self._notes[:1])
        last = self._notes[-1].session_no if self._notes else note.session_no
        if before == note.session_no or not (several or last != note.session_no):
            return ""
        return f"第{note.session_no}次调解会"
