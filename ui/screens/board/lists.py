"""The two lists of the board, each with its rows and its painter: what was said, and the issues with their offers."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.hearings.board.notes import Note
from ui.screens.board.book import Book
from ui.screens.board.issue_model import IssueModel, OfferRows, issue_rows
from ui.screens.board.issue_painting import IssueDelegate
from ui.screens.board.note_model import NoteModel
from ui.screens.board.note_painting import NoteDelegate
from ui.screens.board.tall_rows import TallRows


class NoteList(TallRows):
    """``picked`` when another line is chosen or none. Lines can be dragged away; a reader at the end follows."""

    picked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("记下的内容", parent)
        self.setObjectName("board.notes")
        self.lines = NoteModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(NoteDelegate(self.lines, self))
        self.wire()
        self.setDragEnabled(True)
        self.setDragDropMode(TallRows.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.picked.emit())

    def show_book(self, book: Book) -> None:
        """Another board, from its end."""
        self.lines.show_book(book)
        self.scrollToBottom()

    def follow(self, fresh: Iterable[Note]) -> None:
        """Lines came or changed."""
        at_end = self.is_at_end()
        self.lines.follow(fresh)
        if at_end:
            self.scrollToBottom()

    def chosen(self) -> Note | None:
        """The line that was picked."""
        return self.lines.note(self.currentIndex().row())

    def pick(self, no: int) -> None:
        """Pick a line by its number."""
        self.choose(self.lines.row_of(no))

    def pick_none(self) -> None:
        """Nothing is picked; deeds are about the last line again."""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def step(self, by: int) -> None:
        """One line up or down; beyond the last one none."""
        count, at = self.lines.rowCount(), self.currentIndex().row()
        place = (count if at < 0 else at) + by
        if 0 <= place < count:
            self.choose(place)
        elif place >= count:
            self.pick_none()


class IssueList(TallRows):
    """``issue(no or None)`` and ``offer(no)`` when clicked; ``dropped(no, issue)`` when a line was dragged here."""

    issue = Signal(object)
    offer = Signal(int)
    dropped = Signal(int, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("争议焦点和方案", parent)
        self.setObjectName("board.issues")
        self.entries = IssueModel(self)
        self._painter = IssueDelegate(self.entries, self)
        self._known: OfferRows = {}
        self.setModel(self.entries)
        self.setItemDelegate(self._painter)
        self.wire()
        self.setAcceptDrops(True)
        self.setDragDropMode(TallRows.DragDropMode.DropOnly)
        self.entries.dropped.connect(self.dropped)
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_clicked)

    def show_book(self, book: Book) -> None:
        """Another board."""
        self._known.clear()
        self.follow(book)

    def follow(self, book: Book) -> None:
        """The board has changed."""
        self.entries.show_rows(issue_rows(book, self._known))

    def mark(self, issue: int | None) -> None:
        """The issue the next line goes under."""
        if self._painter.current != issue:
            self._painter.current = issue
            self.viewport().update()

    def _on_clicked(self, index: QModelIndex) -> None:
        row = self.entries.row(index.row())
        if row is not None and row.offer:
            self.offer.emit(row.offer)
        elif row is not None:
            self.issue.emit(row.issue)
