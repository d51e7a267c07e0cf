"""Recorder, assisting mediators and disclosure: what both ways of naming a mediator ask for."""

from __future__ import annotations

from mediation_desk.experts.model import Recorder
from ui.fields.choice_field import ChoiceField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.view import CaseView
from ui.widgets.buttons import link
from ui.widgets.layout import boxed, row

USUAL = "经披露，与各方当事人及代理人均无亲属或者利害关系"


class TeamFields:
    """``line`` holds the fields that go side by side; the disclosure has a line of its own."""

    def __init__(self, form: StepForm) -> None:
        recorder: ChoiceField[Recorder] = ChoiceField((), word=lambda one: one.name, empty="未定")
        assisting: ChoiceField[str] = ChoiceField((), word=self._name, empty="不需要")
        self._names: dict[str, str] = {}
        self._recorder = form.field("记录员", "recorder", recorder)
        self._assisting = form.field("另外指派协助调解员", "assisting", assisting)
        self.disclosure: Field[TextField] = form.field(
            "调解员的披露（问过本人再写，也可以选定以后写）", "disclosure", TextField()
        )
        # A statement of the mediator's own: the usual words stand ready, but nobody makes it by not looking.
        usual = link("本人称均无关系，填常用语", self._on_usual_clicked, symbol="edit")
        usual.setObjectName(f"{form.code}.disclosure_usual")
        self.told = boxed(row(self.disclosure, usual, gap=12))
        self.line = (self._recorder, self._assisting)

    def offer(self, view: CaseView) -> None:
        """Recorders and mediators as they are known now."""
        known = (view.file.recorder,) if view.file.recorder else ()
        others = (one for one in view.centre.recorders if one not in known)
        self._recorder.editor.set_values((*known, *others))
        names = {entry.card.pool_no: entry.card.name for entry in view.pool}
        if names != self._names:  # a pool of thousands is not put into the list at every reading
            self._names = names
            self._assisting.editor.set_values(tuple(names))

    def prefill(self, view: CaseView) -> None:
        """The recorder of the case or the centre's first."""
        first = next(iter(view.centre.recorders), None)
        self._recorder.editor.set_value(view.file.recorder or first)
        self._assisting.editor.setCurrentIndex(0)
        self.disclosure.editor.set_value("")

    def recorder_chosen(self) -> Recorder | None:
        """Who writes the record."""
        return self._recorder.editor.value()

    def assisting_numbers(self) -> tuple[str, ...]:
        """Who assists beside those the parties chose."""
        chosen = self._assisting.editor.value()
        return (chosen,) if chosen else ()

    def disclosure_text(self) -> str:
        """What the mediator disclosed."""
        return self.disclosure.editor.value()

    def _on_usual_clicked(self) -> None:
        self.disclosure.editor.set_value(USUAL)
        self.disclosure.set_error("")

    def _name(self, pool_no: str) -> str:
        return self._names.get(pool_no, pool_no)
