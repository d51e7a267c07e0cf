"""撤销: the step just taken is taken back while nothing rests on it yet.

The desk remembers the steps it took itself, each with the file as it was before. That memory ends with the
program: nobody can take back yesterday's step, or what somebody else has built on. What was written into the
diary and the audit trail stays; numbers given out stay in their series, voided.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from datetime import datetime
from threading import Lock

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.ports import STALE, CaseWork
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.transitions import CHOOSE, SEAT, Transition
from mediation_desk.shared.errors import RuleError, StaleError
from mediation_desk.shared.record import record

WORD = "撤销"
_MOST_CASES, _MOST_STEPS = 50, 20
"""What is remembered: more than anybody takes back, little enough to lie in memory."""

NOTHING = (
    "没有可以撤销的一步：本案最后的改动是别人办的、选择调解员时办的，或者是上次打开程序时办的。请用“更正”。"
)
CHOSEN = "选定、披露和回避记着各方的表态，不能撤销；请另选一轮，或者更换调解员。"
CHOOSING = "各方正在选择调解员，不能撤销；请先中止这一轮。"
PRINTED = "这一步之后已经印过文书，不能撤销；请用“更正”，或者另办一步。"


@record
class TakenStep:
    """A step taken here: who took it, what it said, the version it made, and the file ``before`` it."""

    account: str
    permission: Permission
    transition: Transition
    sentence: str
    version: int
    at: datetime
    before: CaseFile


def may_be_undone(step: Step) -> bool:
    """Whether 撤销 is offered after ``step``: what the parties said while choosing is not unsaid."""
    return step.transition not in (CHOOSE, SEAT)


class TakenSteps:
    """The steps of this program's life, by case; safe to share between threads."""

    def __init__(self) -> None:
        self._steps: OrderedDict[str, list[TakenStep]] = OrderedDict()
        self._lock = Lock()

    def remember(self, key: str, step: TakenStep) -> None:
        """Put a step that has been stored on top."""
        with self._lock:
            kept = self._steps.setdefault(key, [])
            kept.append(step)
            del kept[:-_MOST_STEPS]
            self._steps.move_to_end(key)
            while len(self._steps) > _MOST_CASES:
                self._steps.popitem(last=False)

    def newest(self, key: str) -> TakenStep | None:
        """The step taken last, None when none is remembered."""
        with self._lock:
            kept = self._steps.get(key)
            return kept[-1] if kept else None

    def forget_newest(self, key: str, version: int) -> None:
        """The newest was taken back, which made ``version``: the step before it has now led to that version."""
        with self._lock:
            kept = self._steps.get(key)
            if not kept:
                return
            gone = kept.pop()
            if kept and kept[-1].version == gone.before.version:
                kept[-1] = replace(kept[-1], version=version)


def demand_undoable(
    work: CaseWork, actor: Actor, file: CaseFile, last: TakenStep | None, version: int
) -> TakenStep:
    """The step that may be taken back. Raises ``StaleError`` or ``RuleError`` saying why not."""
    if file.version != version:
        raise StaleError(STALE)
    if last is None or last.version != file.version or last.account != actor.account:
        raise RuleError(NOTHING)
    actor.require(last.permission)
    if last.transition in (CHOOSE, SEAT):
        raise RuleError(CHOSEN)
    if any(ballot.is_open for ballot in work.choosing.ballots(file.case_key)):
        raise RuleError(CHOOSING)
    if any(paper.at >= last.at for paper in work.cases.papers(file.case_key)):
        raise RuleError(PRINTED)
    return last
