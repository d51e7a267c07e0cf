"""The sheet the counter fills: how it came, who, what, what is wanted, and what asks for care."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from mediation_desk.cases.centre import Centre
from mediation_desk.cases.counter.alike import Alike
from mediation_desk.cases.counter.alike import Matter as Compared
from mediation_desk.cases.counter.people import Acquaintance
from mediation_desk.cases.counter.screening import screened
from mediation_desk.cases.registering import Register
from ui.fields.text_field import NoteField, TextField
from ui.screens.intake.answer import AnswerPanel
from ui.screens.intake.assemble import assemble
from ui.screens.intake.cares import Cares
from ui.screens.intake.claims import Claims
from ui.screens.intake.head import Head
from ui.screens.intake.matter import Matter
from ui.screens.intake.panel import Found, Panel
from ui.screens.intake.parties import Parties
from ui.screens.intake.party import PartyRow, known_words
from ui.screens.intake.remembered import Remembered
from ui.screens.intake.suggest import matter, seen
from ui.screens.intake.words import Words, part, parts, text
from ui.theme import theme
from ui.widgets.layout import boxed, column, scrolling
from ui.widgets.wrapping import WrappingRow

_MATTER_WIDTH, _CLAIMS_WIDTH = 560, 360


class Sheet(QWidget):
    """``edited`` after each change by the user, when suggestions and warnings have followed it."""

    edited = Signal()
    taken_out = Signal(str, object)
    """The name of a row that was removed, and how to put it back."""

    def __init__(self, centre: Centre, today: Callable[[], date]) -> None:
        super().__init__()
        self._centre, self._today = centre, today
        self._quiet = True
        self.head = Head(centre, today)
        self.parties = Parties(today)
        self.matter = Matter(today)
        self.claims = Claims(today)
        self.cares = Cares(today)
        self.answer = AnswerPanel()
        self.answer.hide()
        self.remembered = Remembered(self)
        self._related: tuple[Words, ...] = ()
        self.visit: int | None = None
        self._area = self._lay_out()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self._area)
        for panel in self._panels():
            panel.edited.connect(self._on_edited)
        for rows in (self.parties, self.claims):
            rows.taken_out.connect(self.taken_out)

    def words(self) -> dict[str, object]:
        """Everything typed and chosen."""
        found = self.head.words() | self.matter.words() | self.answer.words()
        found |= {"parties": self.parties.words(), "claims": self.claims.words(), "risks": self.cares.words()}
        if self._related:
            found["related"] = [dict(link) for link in self._related]
        if self.visit is not None:
            found["visit"] = str(self.visit)
        return found

    def clear(self) -> None:
        """A blank sheet for the next visitor."""
        self._quiet = True
        self._related, self.visit = (), None
        self.answer.hide()
        for panel in self._panels():
            panel.clear()
        self._quiet = False
        self.clear_errors()
        self.follow()
        self._area.verticalScrollBar().setValue(0)

    def show_words(self, words: Words) -> None:
        """Show what was kept."""
        self._quiet = True
        self.head.show_words(words)
        self.parties.show_words(parts(words, "parties"))
        self.claims.follow(self._names())
        self.claims.show_words(parts(words, "claims"))
        self.matter.show_words(words)
        self.cares.show_words(part(words, "risks"))
        self.answer.show_words(words)
        self._related = parts(words, "related")
        visit = text(words, "visit")
        self.visit = int(visit) if visit.isdecimal() else None
        self._quiet = False
        self.follow()

    def read(self) -> tuple[Register, dict[str, str]]:
        """The registration and what is wrong with it by place, in reading order."""
        command, problems = assemble(self.words(), self._centre, self._today())
        places = {place: number for number, (place, _field) in enumerate(self._found())}
        for place, field in self._found():
            if isinstance(field.editor, TextField | NoteField) and (sentence := field.editor.problem()):
                problems[place] = sentence
        ordered = sorted(problems, key=lambda place: places.get(place, len(places)))
        return command, {place: problems[place] for place in ordered}

    def follow(self) -> None:
        """Suggestions and warnings follow what has been typed."""
        self.parties.follow()
        self.claims.follow(self._names())
        words = self.words()
        with QSignalBlocker(self.matter):
            self.matter.suggest(words)
        self.cares.suggest(screened(seen(words, self.matter.category(), self._today())))

    def compared(self) -> Compared:
        """Who and what is looked for among earlier cases."""
        return matter(self.words(), self.matter.category())

    def links(self) -> dict[str, str]:
        """Relation by key of the cases this one is linked to."""
        return {text(link, "case_key"): text(link, "relation") for link in self._related}

    def link(self, one: Alike, *, wanted: bool) -> None:
        """Link this case to an earlier one, or not any more."""
        others = tuple(link for link in self._related if text(link, "case_key") != one.case.case_key)
        same = [{"name": name, "same_as": there} for name, there in one.same]
        link: Words = {"case_key": one.case.case_key, "relation": one.relation.value, "same": same}
        self._related = (*others, link) if wanted else others
        self.edited.emit()

    def accept(self, editor: QWidget, person: Acquaintance) -> None:
        """Somebody met before was taken from the list at ``editor``: fill that row."""
        above: QWidget | None = editor
        panel: Panel | None = None
        while above is not None and not isinstance(above, PartyRow):
            panel = above if isinstance(above, Panel) else panel
            above = above.parentWidget()
        if isinstance(above, PartyRow) and above.is_main(editor):
            above.take(person)
        elif panel is not None:
            panel.take(known_words(person))

    def first_editor(self) -> QWidget:
        """Where typing begins."""
        return self.parties.first_editor()

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll to ``widget``."""
        self._area.ensureWidgetVisible(widget, 0, theme().px(48))

    def show_problems(self, problems: dict[str, str]) -> tuple[str, ...]:
        """Show each sentence at its place and go to the first; returns the sentences that have no place here."""
        homeless: list[str] = []
        first: QWidget | None = None
        for place, sentence in problems.items():
            in_table = self.parties.reveal(place)
            field = next((one for where, one in self._found() if where == place), None)
            if field is not None:
                field.set_error(sentence)
                first = first or field.editor
            elif not in_table:
                homeless.append(sentence)
        if first is not None:
            first.setFocus()
            self.bring_into_sight(first)
        return tuple(homeless)

    def clear_errors(self) -> None:
        """Take all sentences away."""
        for _place, field in self._found():
            field.set_error("")

    def _found(self) -> Found:
        for panel in self._panels():
            yield from panel.found()

    def _panels(self) -> Iterator[Head | Parties | Matter | Claims | Cares | AnswerPanel]:
        yield from (self.head, self.parties, self.matter, self.claims, self.cares, self.answer)

    def _names(self) -> tuple[str, ...]:
        return tuple(row.name() for row in self.parties.rows() if row.name())

    def _on_edited(self) -> None:
        if not self._quiet:
            self.follow()
            self.edited.emit()

    def _lay_out(self) -> QScrollArea:
        matter = WrappingRow(gap=20, line_gap=12)
        matter.add(self.matter, _MATTER_WIDTH, 3)
        matter.add(self.claims, _CLAIMS_WIDTH, 2)
        sections = (
            _section(self.head),
            _section(self.parties),
            _section(matter, self.matter.kinds),
            _section(self.cares),
            self.answer,
        )
        area = scrolling(boxed(column(*sections, None, gap=10)), name="登记内容")
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area


def _section(*contents: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("card", "true")
    inner = column(*contents, gap=8)
    pad = theme().px(14)
    inner.setContentsMargins(pad, theme().px(10), pad, theme().px(10))
    frame.setLayout(inner)
    return frame
