"""Takes steps on a case for a screen, and asks where others wrote into the same place meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from mediation_desk.cases.comparing import Choice
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.changes import Changes
from ui.screens.base import Context
from ui.screens.side_by_side import SideBySide
from ui.screens.taking import Overlapping, Taking, taken
from ui.screens.taking_back import TOUCHED, offer
from ui.widgets.message_bar import Kind

Done = Callable[[CaseFile], object]
Failed = Callable[[BaseException], bool]
Told = Callable[[CaseFile], str]


def take_steps(
    context: Context,
    owner: QWidget,
    seen: CaseFile,
    steps: Sequence[Step],
    on_done: Done,
    on_error: Failed,
    told: Told,
) -> None:
    """Take ``steps`` on ``seen``; ``told`` says what was done."""
    _run(context, owner, taken(context.services, seen, steps), steps, on_done, on_error, told)


def _run(
    context: Context,
    owner: QWidget,
    taking: Taking,
    steps: Sequence[Step],
    on_done: Done,
    on_error: Failed,
    told: Told,
) -> None:
    def done(file: CaseFile) -> None:
        on_done(file)
        met = f"；{taking.met}刚刚保存的也都在" if taking.met else ""
        context.say(f"{told(file)}{met}。", Kind.SUCCESS, offer(context, file, steps, owner))

    def failed(error: BaseException) -> bool:
        if not isinstance(error, Overlapping):
            return on_error(error)
        found = error.collision
        asked = SideBySide(found.lines, owner, by=found.by, at=found.at, refusal=found.refusal)

        def settled(choices: Mapping[str, Choice]) -> None:
            again = Taking(context.services, found.base, error.left, found.chosen(choices), found.version)
            _run(context, owner, again, steps, on_done, on_error, told)

        asked.settled.connect(settled)
        asked.rejected.connect(lambda: on_error(error))  # every word stays in the form
        asked.open()
        return True

    touched = Changes.of(*TOUCHED, case_key=taking.case_key)
    context.desk.command(taking, done, failed, touches=touched, owner=owner)
