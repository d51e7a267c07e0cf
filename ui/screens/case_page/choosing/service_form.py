"""An inline form whose button asks a service for something that is no step of the case file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mediation_desk.cases.steps.step import Step
from ui.screens.case_page.form import StepForm


class ServiceForm(StepForm):
    """Subclasses say what to do in `call` and what was done in `told`. ``goes_on``: the next step gets the focus."""

    goes_on = False

    def call(self) -> Callable[[], object]:
        """What the worker does, from the fields as they stand. Raises ``InputError`` naming a field."""
        raise NotImplementedError

    def told(self) -> str:
        """One sentence without a full stop about what was done."""
        return ""

    def steps(self) -> Sequence[Step]:
        """None: the service takes them."""
        return ()

    def send(self) -> None:
        """Ask the service."""
        do, sentence = self.call(), self.told()
        self.submit_button.set_busy(True)
        self.page.call(
            do,
            self._on_done,
            self._on_failed,
            lambda _result: f"{sentence}。" if sentence else "",
            goes_on=self.goes_on,
        )
