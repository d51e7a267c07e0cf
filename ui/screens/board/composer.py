"""Where a line is made: the editor, what its marks mean so far, and what else could be typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from mediation_desk.cases.board.typed_line import (
    MARK_OF,
    SPEAKER,
    read_line,
    with_kind,
    word_being_typed,
    written,
)
from mediation_desk.cases.board.understanding import Meaning, Standing, first_speaker, understand
from mediation_desk.hearings.board.notes import Note, NoteKind, Wall
from ui.fields.offering import Offering
from ui.screens.board.book import Book
from ui.screens.board.chips import KINDS, Chips, compact, kind_words
from ui.screens.board.hints import Hints
from ui.screens.board.keeping import KeptLine
from ui.screens.board.line_editor import LineEditor
from ui.screens.board.prompting import Offers, offers_for
from ui.theme import theme
from ui.widgets.buttons import button, link
from ui.widgets.layout import column, row
from ui.widgets.wrapping import WrappingRow


class Composer(QFrame):
    """``entered(note, base, raw)``: a line to store, ``base`` the one it changes or None, ``raw`` what was typed.

    ``edited`` on every change. Whatever is done by mouse, the focus stays in the line.
    """

    entered = Signal(object, object, str)
    edited = Signal()

    def __init__(self, ground: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("board.composer")
        self._book: Book | None = None
        self.standing = Standing(speaker="")
        self.key = uuid4().hex
        """Under which the line being typed will be stored: known before, so that a crash stores no line twice."""
        self.base: Note | None = None
        self._raw_of_key = ""
        self._aside: tuple[str, Standing] | None = None
        self._parked: list[KeptLine] = []
        self._offers: Offers = ()
        self.editor = LineEditor(self)
        self._chips = Chips(self)
        self._hints = Hints(self)
        self._store = button("存一行  Enter", self.submit)
        self._store.setObjectName("board.store")
        self._store.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._offering = Offering(ground)
        self._offering.taken.connect(self._on_offer_taken)
        self._legend = self._make_legend()
        self._lay_out()
        self.editor.edited.connect(self._on_edited)
        self.editor.cleaned.connect(self.say)
        self.editor.entered.connect(self.submit)
        self.editor.left.connect(self.let_go)
        self._chips.speaker.connect(self._on_speaker_picked)
        self._chips.kind.connect(self._on_kind_picked)
        self._chips.issue.connect(self.stand_on)
        self._chips.talk.connect(self.talk_with)

    # What the screen tells

    def show_book(self, book: Book) -> None:
        """Another board: who speaks first."""
        self._book = book
        self.base = self._aside = None
        self._parked.clear()
        self.key, self._raw_of_key = uuid4().hex, ""
        self.standing = Standing(speaker=first_speaker(book.cast))
        self.editor.set_value("")
        self.settle()

    def settle(self) -> None:
        """The board has changed: what is typed may mean something else."""
        self._understand()

    def say(self, sentence: str) -> None:
        """One sentence beneath the line."""
        self._hints.say(sentence)

    def take_up(self, note: Note) -> None:
        """Change a line that stands; what was being typed comes back afterwards."""
        if self._book is None:
            return
        if self._aside is None:
            self._aside = (self.editor.toPlainText(), self.standing)
        terms = note.terms
        names = (self._book.names(terms.payer), self._book.names(terms.payee)) if terms else ("", "")
        payer, payee = (one.replace("、", "+") for one in names)
        self.base = note
        self.standing = Standing(speaker=note.speaker, issue=note.issue, wall=note.wall, side=note.side)
        self._put(written(note.kind, note.text, terms, payer=payer, payee=payee))

    def let_go(self) -> None:
        """Esc: the line that stands stays as it was."""
        self.say("")
        if self.base is not None:
            self._back_to_before()

    def put_back(self, line: KeptLine) -> None:
        """Words that were not stored come back; while others are being typed they wait until those are entered."""
        if self.raw().strip() or self.base is not None:
            self._parked.append(line)
            return
        book = self._book
        base = book.notes.get(line.editing) if book is not None else None
        if base is not None and base.counts:
            self.take_up(base)
        self.standing = line.standing if line.standing.speaker else self.standing
        self.key, self._raw_of_key = line.key or self.key, line.raw
        self._put(line.raw)

    def lines(self) -> tuple[KeptLine, ...]:
        """What is typed and not entered: the line at hand, the one it took the place of, those that wait."""
        base, raw = self.base, self.raw()
        now = KeptLine(raw, self.standing, self.key if base is None else "", base.no if base else 0)
        aside = (KeptLine(*self._aside),) if self._aside is not None else ()
        return tuple(one for one in (now, *aside, *self._parked) if one.raw.strip())

    def stand_on(self, issue: object) -> None:
        """The next lines go under issue number ``issue``; None for none."""
        self.standing = replace(self.standing, issue=issue if isinstance(issue, int) else None)
        self._understand()
        self.edited.emit()

    def talk_with(self, side: object) -> None:
        """Begin a private talk with party ``side``; None ends it."""
        book = self._book
        if book is None:
            return
        if not isinstance(side, str):
            self.standing = replace(self.standing, wall=Wall.JOINT, side=None)
        else:
            speaker = self.standing.speaker
            if book.cast.by_ref(speaker).side not in (None, side):
                speaker = side
            self.standing = replace(self.standing, wall=Wall.SIDE, side=side, speaker=speaker)
        self._understand()
        self.edited.emit()

    def next_talk(self) -> None:
        """Each party in turn, then all together again."""
        if self._book is not None:
            sides: list[str | None] = [party.ref for party in self._book.file.parties]
            place = sides.index(self.standing.side) + 1 if self.standing.side in sides else 0
            self.talk_with(sides[place] if place < len(sides) else None)

    def begin_offer(self, note: Note) -> None:
        """A counter-offer to ``note``: the issue and the mark are there, the sum is to be typed."""
        self.standing = replace(self.standing, issue=note.issue)
        self._put(MARK_OF[NoteKind.OFFER])

    def submit(self) -> None:
        """Store what is typed, or say what is wrong with it."""
        self._offering.close()
        meaning = self._understand()
        if meaning is None:
            return
        if meaning.problem:
            self.say(meaning.problem)
            return
        base, raw = self.base, self.raw()
        if base is not None and not meaning.text:
            self.say("这一行还没有字；不要它，先按 Esc，再划去。")
            return
        if base is not None:
            self._back_to_before()
            self.entered.emit(meaning.over(base), base, raw)
        else:
            self.standing = meaning.standing
            note = self._new_note(meaning, raw) if meaning.text else None
            self._put("")
            if note is not None:
                self.entered.emit(note, None, raw)
        if self._parked and not self.raw():
            self.put_back(self._parked.pop(0))
            self.say("这一行上次没有存上，核对以后再按 Enter。")

    def set_low(self, low: bool) -> None:
        """In a low window the legend makes room; the marks stay in Ctrl+/."""
        self._legend.setVisible(not low)
        self._store.setVisible(not low)
        self.editor.set_rows(1 if low else 2)

    def raw(self) -> str:
        """What stands in the editor."""
        return self.editor.toPlainText()

    # Inside

    def _put(self, raw: str) -> None:
        self.say("")
        self.editor.set_value(raw)
        cursor = self.editor.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.editor.setTextCursor(cursor)
        self._understand()
        self.edited.emit()

    def _back_to_before(self) -> None:
        raw, self.standing = self._aside or ("", self.standing)
        self.base = self._aside = None
        self._put(raw)

    def _on_edited(self) -> None:
        self.say("")
        self._understand()
        self._offer()
        self.edited.emit()

    def _new_note(self, meaning: Meaning, raw: str) -> Note:
        session_no = self._book.session.no if self._book is not None else 0
        if self._raw_of_key and raw != self._raw_of_key:  # other words than were sent under it: another line
            self.key = uuid4().hex
        key, self.key, self._raw_of_key = self.key, uuid4().hex, ""
        return meaning.note(key, session_no, datetime.now().astimezone())

    def _understand(self) -> Meaning | None:
        book = self._book
        if book is None:
            return None
        line = read_line(self.editor.toPlainText(), book.session.date)
        found = understand(line, self.standing, book.scene())
        self._chips.show_meaning(book, found)
        self.editor.set_private(found.wall is not Wall.JOINT)
        self._hints.show_meaning(book, found, self.base)
        return found

    def _offer(self) -> None:
        if (book := self._book) is not None:
            cursor = self.editor.textCursor().position()
            self._offers = offers_for(book, self.editor.toPlainText(), cursor)
            if self._offers:  # beside the editor where it is now, not where it was a letter ago
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            self._offering.offer(self.editor, [shown for shown, _line in self._offers])

    def _on_offer_taken(self, place: int) -> None:
        if place < len(self._offers):
            self._put(self._offers[place][1])
            self.editor.setFocus()

    def _on_kind_picked(self, kind: object) -> None:
        if isinstance(kind, NoteKind):
            self._put(with_kind(self.editor.toPlainText(), kind))

    def _on_speaker_picked(self, ref: str) -> None:
        """Another speaker by mouse; an ``@`` in the line would contradict it."""
        raw = self.editor.toPlainText()
        word = word_being_typed(raw, raw.find(SPEAKER) + 1) if SPEAKER in raw else None
        if word is not None:
            raw = raw[: word[1] - 1] + raw[word[2] :].lstrip()
        self.standing = replace(self.standing, speaker=ref)
        self._put(raw)

    def _make_legend(self) -> WrappingRow:
        line = WrappingRow(gap=0, line_gap=0, parent=self)
        line.setObjectName("board.legend")
        for kind in KINDS[1:]:
            made = link(kind_words(kind), partial(self._on_kind_picked, kind))
            line.add(compact(made, Qt.FocusPolicy.NoFocus))
        return line

    def _lay_out(self) -> None:
        body = column(gap=4)
        body.addWidget(self._chips)
        body.addLayout(row(self.editor, self._store, gap=8))
        body.addWidget(self._hints)
        body.addWidget(self._legend)
        body.setContentsMargins(theme().px(2), 0, theme().px(2), 0)
        self.setLayout(body)
