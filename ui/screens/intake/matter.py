"""What the quarrel is about: what happened, when, where, which kind, and the name of the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.cases.counter.phrases import Phrase
from mediation_desk.cases.model import Coded
from mediation_desk.cases.reception import guess, zz_fits, zz_in_order, zz_of
from mediation_desk.cases.vocabulary import Category, Difficulty
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import NoteField, TextField
from ui.screens.intake.panel import Found, Panel
from ui.screens.intake.suggest import suggested_title
from ui.screens.intake.words import Words, text
from ui.tokens import Tone
from ui.widgets.layout import boxed, column
from ui.widgets.text import small

_IN_DISPUTE = ("occurred_on", "place", "category", "category_zz", "difficulty")
_FACTS_LINES = 3


class FactsField(NoteField):
    """Enter goes on as everywhere on this screen; Alt+Enter begins a new line."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the screen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.insertPlainText("\n")
            else:
                event.ignore()
            return
        super().keyPressEvent(event)


class Matter(QWidget):
    """Kind and name follow from the words until the user says otherwise. ``kinds`` is placed by the screen."""

    edited = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.facts = FactsField("经过：谁和谁，因为什么，现在怎样。换行按 Alt+Enter", lines=_FACTS_LINES)
        self._categories: ChoiceField[Category] = ChoiceField(Category, empty="按经过建议")
        self._codes: ChoiceField[Coded] = ChoiceField((), word=_code_word, empty="随类型")
        self._title = TextField(longest=100)
        self._because = small(tone=Tone.QUIET)
        self._own_title = self._own_category = self._own_code = False
        # Connected before the panels: what the user has overruled must be known before the next suggestion.
        self._categories.edited.connect(self._on_category_chosen)
        self._codes.edited.connect(self._on_code_chosen)
        self._title.edited.connect(self._on_title_typed)
        self._story, self._when, self._kinds = self._build()
        self.kinds = boxed(column(self._kinds, self._because, gap=4))
        self.setLayout(column(self._story, self._when, None, gap=6))
        for panel in (self._story, self._when, self._kinds):
            panel.edited.connect(self.edited)

    def clear(self) -> None:
        """Nothing known yet."""
        self._own_title = self._own_category = self._own_code = False
        for panel in (self._story, self._when, self._kinds):
            with QSignalBlocker(panel):
                panel.show_words(dict.fromkeys(panel.words(), ""))
        self._kinds.show_words({"difficulty": Difficulty.ORDINARY.value})
        self._because.setText("")

    def words(self) -> dict[str, object]:
        """All of it, and which suggestions the user has overruled."""
        found = self._story.words() | self._when.words() | self._kinds.words()
        code = self._codes.value()
        return found | {
            "category_zz": code.code if code else "",
            "own_title": self._own_title,
            "own_category": self._own_category,
            "own_code": self._own_code,
        }

    def show_words(self, words: Words) -> None:
        """Show what was kept."""
        self._own_title = words.get("own_title") is True
        self._own_category = words.get("own_category") is True
        self._own_code = words.get("own_code") is True
        for panel in (self._story, self._when):
            panel.show_words(words)
        self._kinds.show_words(
            {key: words[key] for key in ("category", "difficulty", "title") if key in words}
        )
        if (category := self._categories.value()) is not None:
            self._offer_codes(category)
            kept = text(words, "category_zz")
            self._codes.set_value(next((one for one in zz_in_order(category) if one.code == kept), None))

    def found(self) -> Found:
        """Fields by place."""
        for panel in (self._story, self._when, self._kinds):
            for place, field in panel.found(""):
                yield (f"/dispute{place}" if place.removeprefix("/") in _IN_DISPUTE else place), field

    def suggest(self, words: Words) -> None:
        """Choose what the words on the whole screen point to, where the user has not chosen."""
        found = guess(self.facts.value())
        if not self._own_category:
            self._categories.set_value(found.category if found else None)
        category = self._categories.value()
        if category is not None and not self._own_code:
            self._offer_codes(category)
            fits = found is not None and found.category is category
            self._codes.set_value(found.zz if found is not None and fits else zz_of(category))
        if not self._own_title:
            self._title.set_value(suggested_title(words, category))
        fits = found is not None and found.category is category and not self._own_category
        because = "、".join(found.because) if found is not None and fits else ""
        told = f"建议：{category} / {found.zz.code}（依据：{because}），可以改。" if because and found else ""
        if (apart := self._apart()) and not told:
            told = apart
        self._because.setText(told)
        self._because.setVisible(bool(told))

    def _build(self) -> tuple[Panel, Panel, Panel]:
        story, when, kinds = Panel(), Panel(), Panel()
        story.put("facts", "什么事", self.facts, width=300, stretch=1, offers=Phrase.FACTS)
        when.put("occurred_on", "什么时候", DateField(today=self._today), width=176)
        place = TextField("地点", longest=200)
        when.put("place", "在哪里", place, width=180, stretch=1, offers=Phrase.PLACE)
        kinds.put("category", "纠纷类型", self._categories, width=196, passed_by=True)
        kinds.put("category_zz", "综治分类", self._codes, width=220, stretch=2, passed_by=True)
        kinds.put("difficulty", "难易", ChoiceField(Difficulty), width=110, passed_by=True)
        kinds.put("title", "案件名称（自动）", self._title, width=320, stretch=3, passed_by=True)
        for panel in (story, when, kinds):
            panel.name_as("intake")
        return story, when, kinds

    def category(self) -> Category | None:
        """The kind chosen or suggested."""
        return self._categories.value()

    def _apart(self) -> str:
        """A word where the two lists do not belong together; both are the clerk's to choose."""
        category, code = self._categories.value(), self._codes.value()
        if category is None or code is None or zz_fits(category, code):
            return ""
        return f"综治分类{code.code}一般不归{category}，请核对。"

    def _offer_codes(self, category: Category) -> None:
        self._codes.set_values(zz_in_order(category))

    def _on_category_chosen(self) -> None:
        self._own_category = self._categories.value() is not None
        self._own_code = False

    def _on_code_chosen(self) -> None:
        self._own_code = self._codes.value() is not None

    def _on_title_typed(self) -> None:
        self._own_title = bool(self._title.value())


def _code_word(code: Coded) -> str:
    return f"{code.code} {code.name}"
