"""The right side: who is there and the opening first, then the record as it grows."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from mediation_desk.hearings.board.notes import Note, NoteKind
from mediation_desk.hearings.board.opening import OpeningItem
from mediation_desk.hearings.board.walls import shared
from ui.screens.board.attendance import AttendanceList
from ui.screens.board.book import Book
from ui.screens.board.faces import terms_line
from ui.screens.board.opening_list import OpeningList
from ui.theme import theme
from ui.widgets.layout import boxed, column, row, scrolling
from ui.widgets.segments import Segments
from ui.widgets.text import heading, small

_GROW_MS = 300


class BoardSide(QWidget):
    """Two pages: ``room`` (attendance and opening) and ``record`` (a slot: joint words only)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._book: Book | None = None
        self.opening = OpeningList(self)
        self.attendance = AttendanceList(self)
        self.ways = Segments("右侧栏", (("room", "开场", ""), ("record", "记录", "")), self)
        for code, segment in self.ways.buttons.items():
            segment.setObjectName(f"board.side.{code}")
        self.record = QPlainTextEdit(self)
        self.record.setReadOnly(True)
        self.record.setObjectName("board.record")
        self.record.setAccessibleName("记录，只有各方可见的内容")
        self._pages = QStackedWidget(self)
        room = boxed(column(heading("开场"), self.opening, 8, self.attendance, None, gap=8), margin=4)
        self._pages.addWidget(scrolling(room, name="开场和到场"))
        note = small("只有各方可见的内容；单方谈话不在这里。", wrap=True)
        self.record_page: QVBoxLayout = column(note, self.record, gap=6)
        self._pages.addWidget(boxed(self.record_page))
        self._grow = QTimer(self, singleShot=True, interval=_GROW_MS)
        self._grow.timeout.connect(self._write_record)
        body = column(row(self.ways, None), self._pages, gap=8)
        body.setContentsMargins(*(theme().px(2),) * 4)
        self.setLayout(body)
        self.ways.chosen.connect(self.show_page)
        self.show_page("room")

    def show_session(self, book: Book, items: tuple[OpeningItem, ...]) -> None:
        """Another session."""
        self._book = book
        self.opening.show_items(items, closed=bool(book.why_closed))
        self.show_room()
        self.show_page("room" if self.opening.next_code() else "record")

    def show_room(self) -> None:
        """The opening or who is there has changed."""
        if (book := self._book) is not None:
            self.opening.show_opened(book.opened)
            self.attendance.show_book(book)

    def show_page(self, code: str) -> None:
        """``room`` or ``record``."""
        self.ways.choose(code)
        self._pages.setCurrentIndex(0 if code == "room" else 1)
        self.grow()

    def grow(self) -> None:
        """Lines have changed; the record follows a moment later, while it is seen."""
        if self._pages.currentIndex() == 1 and not self._grow.isActive():
            self._grow.start()

    def _write_record(self) -> None:
        book = self._book
        if book is None:
            return
        notes = shared(note for note in book.notes.values() if note.session_no == book.session.no)
        text = "\n".join(_sentences(book, notes))
        if text == self.record.toPlainText():
            return
        bar = self.record.verticalScrollBar()
        at_end, place = bar.value() >= bar.maximum() - 4, bar.value()
        self.record.setPlainText(text)
        bar.setValue(bar.maximum() if at_end else place)


def _sentences(book: Book, notes: tuple[Note, ...]) -> Iterator[str]:
    """Issues are counted among the shared ones: a gap in the numbers would tell of a private one."""
    count = 0
    for note in notes:
        if note.kind is NoteKind.ISSUE:
            count += 1
            yield f"争议焦点{count}：{note.text}"
            continue
        kind = "" if note.kind in (NoteKind.STATEMENT, NoteKind.COURSE) else f"（{note.kind}）"
        known = note.terms is not None and (note.terms.payer or note.terms.payee)
        named = terms_line(book, note.terms, note.text) if known else ""
        yield f"{book.cast.by_ref(note.speaker).title}{kind}：{note.text}{f'（{named}）' if named else ''}"
