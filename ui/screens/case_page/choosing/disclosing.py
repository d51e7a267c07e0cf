"""披露: the mediator's own words, with what the conflict engine found offered as sentences to insert."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from mediation_desk.experts.conflicts.model import Hit
from mediation_desk.experts.model import CaseMediator
from ui.fields.date_field import DateField
from ui.fields.text_field import NoteField
from ui.screens.case_page.choosing.service_form import ServiceForm
from ui.screens.case_page.choosing.team import USUAL
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.layout import clear, column, row
from ui.widgets.text import small


class DiscloseForm(ServiceForm):
    """Of one mediator; ``disclose.<pool number>.text`` and so on."""

    def __init__(self, page: Page, mediator: CaseMediator) -> None:
        self.code = f"disclose.{mediator.pool_no}"
        super().__init__(page, "", "披露")
        self._mediator = mediator
        self._offered: tuple[Hit, ...] = ()
        self._text = self.field("调解员向各方说的话", "text", NoteField(lines=2), required=True)
        self._on = self.field("日期", "on", DateField(), required=True)
        self._hits = column(gap=4)
        usual = link("本人称均无关系，填常用语", self._on_usual_clicked, symbol="edit")
        usual.setObjectName(f"{self.code}.usual")
        self.add(self._text)
        self.add(row(usual, None))
        self.add(self._hits)
        self.line(self._on, None)
        self.finish()

    def show_mediator(self, mediator: CaseMediator, hits: Sequence[Hit]) -> None:
        """The words on file, and what may have to be said."""
        self._mediator = mediator
        if tuple(hits) == self._offered:
            return
        self._offered = tuple(hits)
        clear(self._hits)
        for number, hit in enumerate(self._offered):
            insert = link("写进披露", partial(self._insert, hit.told), symbol="add")
            insert.setObjectName(f"{self.code}.insert.{number}")
            words = small(f"系统查到：{hit.sentence}（{hit.basis}）", Tone.SOON, wrap=True)
            line = row(words, insert)
            line.setStretch(0, 1)
            self._hits.addLayout(line)

    def subject(self, view: CaseView) -> object:
        """The appointment and the words on file."""
        return view.file.case_key, self._mediator.pool_no, self._mediator.disclosure

    def prefill(self, view: CaseView) -> None:
        """What is on file; the day it is said."""
        self._text.editor.set_value(self._mediator.disclosure)
        self._on.editor.set_value(view.today)

    def call(self) -> Callable[[], object]:
        """`DisclosureService.disclose`."""
        services, key = self.page.context.services, self.page.view.file.case_key
        pool_no, text, on = self._mediator.pool_no, self._text.editor.value(), self._on.editor.value()
        day = on or self.page.view.today
        return lambda: services.disclosures.disclose(services.actor, key, pool_no, text, day)

    def told(self) -> str:
        """Who disclosed."""
        return f"{self._mediator.name}的披露已经记下，请听取各方的意见"

    def _on_usual_clicked(self) -> None:
        self._text.editor.set_value(USUAL)
        self._text.set_error("")
        self.touch()

    def _insert(self, sentence: str) -> None:
        words = self._text.editor.value()
        if sentence not in words:
            joined = f"{words.rstrip('。')}。{sentence}" if words else sentence
            self._text.editor.set_value(joined)
            self._text.set_error("")
            self.touch()
