"""议事板: issues and offers left, what is said in the middle with a line always ready, opening and record right."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from mediation_desk.hearings.board.notes import Note
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import DeskError, RuleError
from ui.screens.base import Context, Screen
from ui.screens.board.asking import Asking
from ui.screens.board.book import Book
from ui.screens.board.composer import Composer
from ui.screens.board.deed_row import DeedRow
from ui.screens.board.deeds import Deeds
from ui.screens.board.keeping import KeptLine, LineKeeping, from_words, key_of
from ui.screens.board.lists import IssueList, NoteList
from ui.screens.board.reading import BoardPlace, BoardReading
from ui.screens.board.sending import BoardSending
from ui.screens.board.side import BoardSide
from ui.screens.case_page.next_step import ordinal
from ui.screens.case_page.words import day
from ui.second.faces import Face
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, link
from ui.widgets.layout import boxed, column, row
from ui.widgets.plain import PlainLabel
from ui.widgets.segments import Segments
from ui.widgets.text import heading

_LEFT, _TIGHT, _LOW = 264, 640, 520


class BoardScreen(Screen):
    """Opened with ``key#session``. The line being typed keeps the focus whatever happens around it."""

    code = "board"
    caption = "议事板"
    topics = frozenset((Topic.CASES, Topic.SESSIONS))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._key, self._session_no = "", 0
        self.book: Book | None = None
        self._place: BoardPlace | None = None
        self._which = PlainLabel(role="quiet")
        self._closed = PlainLabel(tone=Tone.SOON, wrap=True)
        self._closed.setObjectName("board.closed")
        self.notes = NoteList(self)
        self.issues = IssueList(self)
        self.composer = Composer(self, self)
        self.asking = Asking(self)
        self.side = BoardSide(self)
        self.sending = BoardSending(context, self)
        self._deeds = Deeds(self.asking, self.composer, self.sending, self._calls)
        self._keeping = LineKeeping(context, self._lines, self)
        others = {
            "board.previous": lambda: self.notes.step(-1),
            "board.next": lambda: self.notes.step(1),
            "board.private": self.composer.next_talk,
            "board.opening": self._do_opening,
        }
        self.deed_row = DeedRow(self, context.preferences, self.do, others)
        self.views = Segments("看", (("notes", "内容", ""), ("issues", "焦点和方案", "")), self)
        self._room = button("开场", self._show_opening, symbol="session")
        self._room.setObjectName("board.room")
        self._record = button("成记录", self._on_record, symbol="paper")
        self._record.setObjectName("board.to_record")
        self._parties = button("给各方看", lambda: self.context.show_second(*self.second()))
        self._parties.setObjectName("board.second")
        self._lay_out()
        self._wire()
        self.composer.editor.give_way_to(self.deed_row.sequences())
        self.first = self.composer.editor
        self.setEnabled(False)

    # Screen

    def open(self, argument: str) -> None:
        """Begin, or go on, with this session."""
        key, _hash, number = argument.partition("#")
        session_no = int(number) if number.isdigit() else 1
        if (key, session_no) != (self._key, self._session_no):
            self._leave()
            self._key, self._session_no, self.book = key, session_no, None
            self._place = BoardPlace(self.context.services, key, session_no)
            self.setEnabled(False)
        self._stale = True

    def refresh(self) -> None:
        """Read the case and the whole board."""
        place = self._place
        if place is not None:
            key = self._draft_key(place)
            self.context.desk.query(lambda: place.read(key), self._show, owner=self)

    def notice(self, changes: Changes) -> None:
        """Only what concerns this case is read again."""
        if changes.case_key in (None, self._key):
            super().notice(changes)

    def pane(self) -> tuple[str, QWidget] | None:
        """Opening and record, in the side pane."""
        return "开场和记录", self.side

    def where(self) -> str:
        """The session."""
        return f"{self._key}#{self._session_no}" if self._key else ""

    def about(self) -> str:
        """The session."""
        return self.where()

    def second(self) -> tuple[str, Face]:
        """What the parties are shown: issues and accepted offers."""
        return self._key, Face.ISSUES

    def primary_action(self) -> None:
        """Ctrl+Enter stores the line too, or does what is being asked."""
        if self.asking.isVisible():
            self.asking.submit()
        else:
            self.composer.submit()

    def may_leave(self) -> bool:
        """Leaving loses nothing."""
        self._leave()
        return True

    def chosen(self) -> Note | None:
        """The line deeds are about: the chosen one, or the last of this session."""
        note = self.notes.chosen()
        return note if note is not None or self.book is None else self.book.last_own()

    def do(self, code: str) -> None:
        """A deed by its key."""
        book, note = self.book, self.chosen()
        if book is None:
            return
        if note is None:
            self.composer.say("板上还没有可以这样办的内容。")
            return
        self._deeds.do(code, book, note)

    def showEvent(self, event: QShowEvent) -> None:
        """News are asked for while the board is seen."""
        super().showEvent(event)
        self.sending.set_listening(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.sending.set_listening(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window either the lines or the issues are seen; a low one leaves out the legend."""
        super().resizeEvent(event)
        self._settle_room()

    # Inside

    def _show(self, found: BoardReading) -> None:
        again = self.book is not None and self.book.why_closed == found.why_closed
        if again and self.book is not None and self.book.file.version == found.file.version:
            self.sending.take_news(found.board)
            return
        kept = self.composer.lines()
        fresh = self.book is None
        book = self.book = Book(found.file, found.session, found.why_closed)
        book.revision = found.board.revision
        book.take_room(found.board.opened, found.board.present)
        book.take(found.board.notes)
        if self._place is not None:
            self.sending.begin(self._place, book)
        self.notes.show_book(book)
        self.issues.show_book(book)
        self.side.show_session(book, found.items)
        self.composer.show_book(book)
        session = found.session
        when = f"{day(session.date)} {session.start:%H:%M}　{session.place}"
        self._which.setText(f"{ordinal(session.no)}调解　{when}　{found.file.title}")
        self.set_sensitive(found.file.beside.lock is not None)
        self._closed.setText(f"只能看：{found.why_closed}")
        self._closed.setVisible(bool(found.why_closed))
        self.composer.setVisible(not found.why_closed or bool(kept))
        self.setEnabled(True)
        self._show_room()
        self._settle_deeds()
        if fresh:
            self._begin_keeping(found)
            self.composer.editor.setFocus()
        for line in kept if not fresh else ():
            self.composer.put_back(line)

    def _begin_keeping(self, found: BoardReading) -> None:
        place = self._place
        if place is None:
            return
        if found.draft is not None and not found.why_closed:
            known = {note.key for note in found.board.notes}
            kept = from_words(found.draft.content, known.__contains__)
            for line in kept:
                self.composer.put_back(line)
            if kept:
                self.context.say("上次没写完的一行还在，接着写就行。")
        self._keeping.begin(self._draft_key(place), found=found.draft is not None)

    def _draft_key(self, place: BoardPlace) -> str:
        return key_of(place.key, place.session_no, self.context.preferences.desk_id)

    def _leave(self) -> None:
        if self.book is not None:
            self._keeping.keep()

    def _lines(self) -> tuple[KeptLine, ...]:
        return (*self.composer.lines(), *self.sending.on_the_way.values())

    def _calls(self) -> BoardPlace:
        if self._place is None:
            raise RuntimeError("no board has been opened")
        return self._place

    def _on_entered(self, note: Note, base: Note | None, raw: str) -> None:
        if base is None:
            self.notes.pick_none()
            self.sending.write(note, raw)
            self.notes.scrollToBottom()
        else:
            self.sending.rewrite(base, note, raw)
        self._keeping.touched()

    def _on_edited(self) -> None:
        self.issues.mark(self.composer.standing.issue)
        self._keeping.touched()

    def _on_arrived(self, fresh: tuple[Note, ...]) -> None:
        self.notes.follow(fresh)
        if fresh and self.book is not None:
            self.issues.follow(self.book)
            self.composer.settle()
            self.side.grow()
            self._settle_deeds()

    def _on_refused(self, error: BaseException, line: KeptLine | None) -> None:
        if self.asking.on_refused(error):
            return
        if line is not None:
            self.composer.put_back(line)
        if isinstance(error, DeskError):
            rule = getattr(error, "rule", "")
            told = f"{error.message}（{rule}）" if rule and rule not in error.message else error.message
            if isinstance(error, RuleError):  # perhaps the session was recorded at another desk
                self.bring_up_to_date(force=True)
            self.composer.say(told)

    def _on_asking(self) -> None:
        self._settle_room()
        self._settle_deeds()

    def _on_done(self) -> None:
        self.asking.close_up()
        self.composer.editor.setFocus()

    def _on_taken_up(self) -> None:
        if self.book is not None and (note := self.book.last_own()) is not None:
            self.notes.pick(note.no)
            self._deeds.do("board.edit", self.book, note)

    def _on_issue_picked(self, issue: int | None) -> None:
        self.composer.stand_on(None if self.composer.standing.issue == issue else issue)

    def _on_dropped(self, no: int, issue: object) -> None:
        book = self.book
        if book is not None and (note := book.notes.get(no)) is not None:
            # After the drag has ended: the list it came from is still busy with it.
            wanted = issue if isinstance(issue, int) else None
            QTimer.singleShot(0, self, lambda: self._deeds.move(book, note, wanted))

    def _do_opening(self) -> None:
        if self.side.opening.do_next():
            self._show_opening()
            self.composer.editor.setFocus()

    def _show_opening(self) -> None:
        self.side.show_page("room")
        self.context.show_pane(self.side, "开场和记录")

    def _show_room(self) -> None:
        self.side.show_room()
        done, of = self.side.opening.count()
        self._room.set_caption(f"开场 {done}/{of}" if done < of else "开场已办完")

    def _on_note_menu(self, at: QPoint) -> None:
        index = self.notes.indexAt(at)
        if index.isValid():
            self.notes.setCurrentIndex(index)
            menu = QMenu(self)
            menu.addActions(self.deed_row.fitting())
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.notes.viewport().mapToGlobal(at))

    def _settle_deeds(self) -> None:
        note = self.notes.chosen()
        self.deed_row.show_for(self.book, note if self.asking.isHidden() else None)

    def _settle_room(self) -> None:
        px = theme().px
        tight = self.width() < px(_TIGHT)
        self.views.setVisible(tight)
        only_issues = tight and self.views.buttons["issues"].isChecked()
        self._left.setVisible(not tight or only_issues)
        self._middle.setVisible(not only_issues)
        self._left.setMaximumWidth(16_777_215 if tight else px(_LEFT))
        self._left.setMinimumWidth(0 if tight else px(_LEFT))
        self._left_title.setVisible(not tight)
        self._which.setVisible(not tight and self.height() >= px(_LOW))
        self._back.setVisible(not tight)
        self.composer.set_low(self.height() < px(_LOW) or tight or not self.asking.isHidden())

    def _lay_out(self) -> None:
        px = theme().px
        self._closed.hide()
        self._left_title = heading("争议焦点和方案")
        self._left = boxed(column(self._left_title, self.issues, gap=6))
        middle = column(self.notes, self.deed_row, self.asking, self.composer, gap=6)
        middle.setStretch(0, 1)
        self._middle = boxed(middle)
        self.views.choose("notes")
        self.body.setSpacing(px(6))
        self.body.addWidget(self._which)
        self.body.addWidget(self._closed)
        body = row(self._left, self._middle, gap=12)
        body.setStretch(1, 1)
        self.body.addLayout(body, 1)
        self.top.addWidget(self.views)
        self.top.addWidget(self._room)
        self.top.addWidget(self._parties)
        self.top.addWidget(self._record)
        self._back = link("回案件页", lambda: self.context.open_case(self._key, "sessions"), symbol="cases")
        self._back.setObjectName("board.back")
        self.top.addWidget(self._back)

    def _on_record(self) -> None:
        """The record is made on the case page, where it is read back and frozen."""
        if self.may_leave():
            self.context.open_case(self._key, "sessions.record")

    def _wire(self) -> None:
        self.composer.entered.connect(self._on_entered)
        self.composer.edited.connect(self._on_edited)
        self.composer.editor.taken_up.connect(self._on_taken_up)
        self.asking.shown.connect(self._on_asking)
        self.asking.closed.connect(self._on_asking)
        self.asking.closed.connect(self.composer.editor.setFocus)
        self.sending.arrived.connect(self._on_arrived)
        self.sending.room.connect(self._show_room)
        self.sending.refused.connect(self._on_refused)
        self.sending.done.connect(self._on_done)
        self.sending.stored.connect(self._keeping.touched)
        self.issues.issue.connect(self._on_issue_picked)
        self.issues.offer.connect(self.notes.pick)
        self.issues.clicked.connect(lambda _index: self.composer.editor.setFocus())
        self.issues.dropped.connect(self._on_dropped)
        self.notes.customContextMenuRequested.connect(self._on_note_menu)
        self.notes.picked.connect(self._settle_deeds)
        self.views.chosen.connect(lambda _code: self._settle_room())
        self.side.opening.noted.connect(
            lambda code, answer, done: self.sending.note_room(
                lambda: self._calls().open(code, answer, done=done)
            )
        )
        self.side.attendance.attended.connect(
            lambda ref, how: self.sending.note_room(lambda: self._calls().attend(ref, how))
        )
