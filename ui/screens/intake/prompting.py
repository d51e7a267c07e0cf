"""Offers what fits while somebody types: people met before, addresses and phrases used here."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from mediation_desk.cases.counter.people import Acquaintance, By
from mediation_desk.cases.counter.phrases import Phrase
from mediation_desk.cases.vocabulary import Category
from mediation_desk.parties.model import age_on
from ui.fields.offering import Offering
from ui.screens.base import Context
from ui.screens.intake.panel import OFFERS

_WATCHED = "offersWatched"
_SETTLE_MS = 120
_TAIL = 4
_SENTENCE = re.compile(r"[^。；，！？\n]*\Z")
_SHORTEST_FACTS = 2


class Prompter(QObject):
    """Watches the editors below ``sheet`` that carry :data:`OFFERS`. ``met(editor, person)`` when one is taken."""

    met = Signal(object, object)

    def __init__(
        self, context: Context, sheet: QWidget, category: Callable[[], Category | None], ground: QWidget
    ) -> None:
        super().__init__(sheet)
        self._context, self._sheet, self._category = context, sheet, category
        self._editor: QWidget | None = None
        self._people: tuple[Acquaintance, ...] = ()
        self._phrases: tuple[str, ...] = ()
        self.offering = Offering(ground)
        self.offering.taken.connect(self._on_taken)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Rows come and go: an editor is watched from the first time somebody goes there."""
        if now is None or not now.property(OFFERS) or now.property(_WATCHED):
            return
        if self._sheet.isAncestorOf(now):
            self._watch(now)

    def _watch(self, editor: QWidget) -> None:
        editor.setProperty(_WATCHED, True)
        editor.installEventFilter(self)
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(lambda _text: self._on_typed(editor))
        elif isinstance(editor, QPlainTextEdit):
            editor.textChanged.connect(lambda: self._on_typed(editor))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What was asked for an editor that is left is not wanted any more."""
        if event.type() == QEvent.Type.FocusOut and watched is self._editor:
            self._settle.stop()
            self._editor = None
        return False

    def _on_typed(self, editor: QWidget) -> None:
        if editor.hasFocus():
            self.offering.close()
            self._editor = editor
            self._settle.start()

    def _ask(self) -> None:
        editor = self._editor
        if editor is None:
            return
        what, typed = _wanted(editor), _typed(editor)
        services, category = self._context.services, self._category()
        if isinstance(what, By):
            self._context.desk.query(
                lambda: services.counter.recognise(services.actor, typed, what),
                lambda people: self._offer_people(editor, typed, people),
                owner=self,
                slot="offers",
            )
        elif isinstance(what, Phrase):
            self._context.desk.query(
                lambda: services.counter.complete(services.actor, what, typed, category),
                lambda phrases: self._offer_phrases(editor, typed, phrases),
                owner=self,
                slot="offers",
            )

    def _offer_people(self, editor: QWidget, typed: str, people: tuple[Acquaintance, ...]) -> None:
        if editor is self._editor and typed == _typed(editor):
            self._people, self._phrases = people, ()
            self.offering.offer(editor, [self._line(person) for person in people])

    def _offer_phrases(self, editor: QWidget, typed: str, phrases: tuple[str, ...]) -> None:
        if editor is self._editor and typed == _typed(editor):
            self._people, self._phrases = (), phrases
            self.offering.offer(editor, phrases)

    def _on_taken(self, place: int) -> None:
        editor, self._editor = self._editor, None
        if editor is None:
            return
        if self._people:
            self._recall(editor, self._people[place])
        elif isinstance(editor, QLineEdit):
            editor.setText(self._phrases[place])
            editor.textEdited.emit(self._phrases[place])
        elif isinstance(editor, QPlainTextEdit):
            _complete(editor, self._phrases[place])

    def _recall(self, editor: QWidget, person: Acquaintance) -> None:
        """A list tells little; what is written into the sheet is whole."""
        services, what, typed = self._context.services, _wanted(editor), _typed(editor)
        if services.actor.in_full or not isinstance(what, By):
            self.met.emit(editor, person)
            return
        self._context.desk.command(
            lambda: services.counter.recall(services.actor, typed, what, person),
            lambda whole: self.met.emit(editor, whole),
            owner=self,
        )

    def _line(self, person: Acquaintance) -> str:
        today = self._context.services.cases.local_today
        known = [person.name]
        if person.birth_date is not None:
            known.append(f"{age_on(person.birth_date, today)}岁")
        if person.id_no:
            known.append(f"证件尾号{person.id_no[-_TAIL:]}")
        elif person.phone:
            known.append(f"电话尾号{person.phone[-_TAIL:]}")
        known.append(f"来过{person.times}次，{capacity_words(person)}")
        return "　".join(known)


def capacity_words(person: Acquaintance) -> str:
    """``申请人``, ``被申请人的代理人``."""
    side = person.side.value if person.side else ""
    if person.capacity.value == "当事人":
        return side or "当事人"
    return f"{side}的{person.capacity}" if side else person.capacity.value


def _wanted(editor: QWidget) -> By | Phrase | None:
    """Qt keeps the property as plain text."""
    kept = str(editor.property(OFFERS) or "")
    kinds: tuple[By | Phrase, ...] = (*By, *Phrase)
    return next((one for one in kinds if one.value == kept), None)


def _typed(editor: QWidget) -> str:
    if isinstance(editor, QPlainTextEdit):
        found = _SENTENCE.search(editor.toPlainText())
        begun = found[0].lstrip() if found and editor.textCursor().atEnd() else ""
        return begun if len(begun) >= _SHORTEST_FACTS else "\0"
    return editor.text().strip() if isinstance(editor, QLineEdit) else ""


def _complete(editor: QPlainTextEdit, phrase: str) -> None:
    """Put ``phrase`` in place of the sentence begun."""
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(_typed(editor)))
    cursor.insertText(phrase)
