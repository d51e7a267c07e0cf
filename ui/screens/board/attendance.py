"""谁在场: each person and how, kept while the session goes on; guests and members can be added by name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from mediation_desk.cases.board.cast import NEW_GUEST
from mediation_desk.cases.board.speakers import Part, Speaker
from ui.fields.choice_field import ChoiceField
from ui.fields.text_field import TextField
from ui.screens.board.book import Book
from ui.theme import theme
from ui.widgets.buttons import link
from ui.widgets.layout import boxed, column, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import heading, small

ABSENT, THERE = "未到场", "到场"
_OWN = ("", THERE, "远程视频", ABSENT)
_PARTY = ("", THERE, "代理人到场", "远程视频", ABSENT)


class AttendanceList(QWidget):
    """``attended(ref, how)``."""

    attended = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._book: Book | None = None
        self._shown: tuple[str, ...] = ()
        self._fields: dict[str, ChoiceField[str]] = {}
        self._head = small("")
        everybody = link("都到场", self._all_there)
        everybody.setObjectName("attendance.all")
        everybody.setProperty("compact", "true")
        everybody.setAccessibleName("还没有记的都记为到场")
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setVerticalSpacing(theme().px(4))
        self._grid.setHorizontalSpacing(theme().px(8))
        self._name = TextField("还有谁：姓名，Enter 加上", longest=30)
        self._name.setObjectName("attendance.name")
        self._name.setAccessibleName("再加一个到场的人")
        self._name.installEventFilter(self)
        self.setLayout(
            column(row(heading("谁在场"), self._head, None, everybody), boxed(self._grid), self._name, gap=6)
        )
        self._everybody = everybody

    def show_book(self, book: Book) -> None:
        """People of the case, guests and members that came, each with how."""
        self._book = book
        refs = tuple(one.ref for one in self._people(book))
        if refs != self._shown:
            self._build(book)
        for ref, field in self._fields.items():
            field.set_value(book.present[ref].how if ref in book.present else "")
        there = [one for one in book.present.values() if one.how and one.how != ABSENT]
        self._head.setText(f"{len(there)}人" if there else "还没有记")
        closed = bool(book.why_closed)
        for one in (self._everybody, self._name, *self._fields.values()):
            one.setEnabled(not closed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter adds the person."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._add()
            return True
        return super().eventFilter(watched, event)

    def _people(self, book: Book) -> list[Speaker]:
        parts = (Part.MEDIATOR, Part.RECORDER)
        found = [one for one in book.cast.people if one.part not in parts]
        known = {one.ref for one in found}
        found += [book.cast.by_ref(ref) for ref in book.present if ref not in known]
        return [one for one in found if one.part not in parts]

    def _build(self, book: Book) -> None:
        for place in reversed(range(self._grid.count())):
            widget = self._grid.takeAt(place).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._fields.clear()
        people = self._people(book)
        for line, one in enumerate(people):
            field = ChoiceField(
                _PARTY if one.part is Part.PARTY else _OWN, word=lambda how: how or "（未记）"
            )
            field.setObjectName(f"attendance.{one.ref}")
            field.setAccessibleName(f"{one.title}怎样到场")
            field.edited.connect(
                lambda ref=one.ref, field=field: self.attended.emit(ref, field.value() or "")
            )
            self._fields[one.ref] = field
            self._grid.addWidget(PlainLabel(one.title), line, 0)
            self._grid.addWidget(field, line, 1, Qt.AlignmentFlag.AlignRight)
        self._shown = tuple(one.ref for one in people)

    def _all_there(self) -> None:
        book = self._book
        if book is not None:
            for ref in self._fields:
                if ref not in book.present or not book.present[ref].how:
                    self.attended.emit(ref, THERE)

    def _add(self) -> None:
        book, name = self._book, self._name.value()
        if book is None or not name:
            return
        found = book.cast.find(name)
        one = found[0] if len(found) == 1 else book.cast.find(NEW_GUEST[0] + name)[0]
        self._name.set_value("")
        self.attended.emit(one.ref, THERE)
