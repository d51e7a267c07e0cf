"""Taking steps on a case as it was just seen; what a screen hands to the worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import uuid4

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Step
from ui.services import Services


def taken(services: Services, seen: CaseFile, steps: Sequence[Step]) -> Callable[[], CaseFile]:
    """Takes ``steps`` in order; each has an operation id of its own, so that a retry does nothing twice."""
    numbered = [(step, uuid4().hex) for step in steps]

    def do() -> CaseFile:
        file = seen
        for step, operation in numbered:
            file = services.cases.perform(
                services.actor, file.case_key, step, version=file.version, operation_id=operation
            )
        return file

    return do
