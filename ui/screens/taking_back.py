"""撤销: what a screen offers in the message bar after a step on a case."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.undoing import WORD, may_be_undone
from mediation_desk.shared.changes import Changes, Topic
from ui.screens.base import Context
from ui.widgets.message_bar import Action, Kind

TOUCHED = (Topic.CASES, Topic.SESSIONS, Topic.DOCUMENTS, Topic.EXPERTS, Topic.STATISTICS)
"""What a step on a case may change on other screens."""


def offer(context: Context, file: CaseFile, steps: Sequence[Step], owner: QObject) -> Action | None:
    """The action that takes back ``steps``, which have led to ``file``; None where they cannot be."""
    if not all(may_be_undone(step) for step in steps):
        return None
    return Action(WORD, lambda: _take_back(context, file, len(steps), owner), takes_back=True)


def _take_back(context: Context, file: CaseFile, steps: int, owner: QObject) -> None:
    services = context.services

    def do() -> CaseFile:
        left = file
        for _step in range(steps):
            left = services.cases.take_back(services.actor, left.case_key, version=left.version)
        return left

    def done(left: CaseFile) -> None:
        context.open_case(left.case_key)  # whatever is in front by now: one wants to see what became of it
        context.say(f"已经撤销，“{left.title}”回到原来的样子。", Kind.SUCCESS)

    context.desk.command(do, done, touches=Changes.of(*TOUCHED, case_key=file.case_key), owner=owner)
