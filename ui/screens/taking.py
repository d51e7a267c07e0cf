"""Taking steps on a case as it was just seen; what a screen hands to the worker."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from mediation_desk.cases.colliding import Collision, Settlement
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import StaleError
from ui.services import Services

_TRIES = 3
"""How often others may save between comparing and saving, where nothing overlaps, before a person looks at it."""


class Overlapping(StaleError):
    """What I wrote and what others saved meanwhile meet in one place; ``left`` are the steps not yet taken."""

    def __init__(self, collision: Collision, left: tuple[Step, ...]) -> None:
        super().__init__(collision.refusal or "另一位工作人员刚刚也改了同一处。")
        self.collision = collision
        self.left = left


class Taking:
    """Takes ``steps`` in order; each has an operation id of its own, so that a retry does nothing twice.

    The first is made on ``seen``, with ``onto`` on the version that was compared. Where others saved meanwhile, what
    does not overlap is put together; ``met`` then names them. Raises ``Overlapping`` where somebody has to choose.
    """

    def __init__(
        self,
        services: Services,
        seen: CaseFile,
        steps: Sequence[Step],
        onto: Settlement | None = None,
        version: int | None = None,
    ) -> None:
        self._services, self._seen = services, seen
        self._numbered = tuple((step, uuid4().hex) for step in steps)
        self._onto, self._version = onto, version
        self.met = ""

    @property
    def case_key(self) -> str:
        """Which case it is about."""
        return self._seen.case_key

    def __call__(self) -> CaseFile:
        """The case after the last step."""
        file, onto, version = self._seen, self._onto, self._version
        for place in range(len(self._numbered)):
            file = self._take(place, file, onto, file.version if version is None else version)
            onto = version = None
        return file

    def _take(self, place: int, seen: CaseFile, onto: Settlement | None, version: int) -> CaseFile:
        cases, actor = self._services.cases, self._services.actor
        step, operation = self._numbered[place]
        base = onto.base if onto is not None else seen
        for tried in range(_TRIES + 1):
            try:
                return cases.perform(
                    actor, base.case_key, step, version=version, operation_id=operation, onto=onto
                )
            except StaleError:
                collision = cases.compare(actor, base, step)
                if collision.open or collision.refusal or tried == _TRIES:
                    left = tuple(one for one, _operation in self._numbered[place:])
                    raise Overlapping(collision, left) from None
                onto, version = collision.chosen({}), collision.version
                self.met = collision.by if collision.by != actor.display_name else ""
        raise AssertionError("unreachable")


def taken(services: Services, seen: CaseFile, steps: Sequence[Step]) -> Taking:
    """What a screen hands to the worker."""
    return Taking(services, seen, steps)
