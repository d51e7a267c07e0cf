"""Where a case stands: read from what is on file (domain.md §4.1)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mediation_desk.agreements.performance import due_day
from mediation_desk.cases.kept import owed
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Decision, Result


class State(StrEnum):
    """States of §4.1; a consultation is no case, and confirmation by the court has its own record beside them.

    ON_LEDGER is none of them: an old register says the case is over, and there is nothing on file to show how.
    """

    REGISTERED = "已登记"
    ROUTED = "已分流"
    NOT_ACCEPTED = "不予受理"
    ACCEPTED = "已受理"
    SELECTING = "选择调解员"
    PREPARING = "告知与调查"
    MEDIATING = "调解中"
    SUSPENDED = "中止"
    AGREED_UNSIGNED = "达成待签署"
    EFFECTIVE = "协议生效"
    PERFORMING = "履行中"
    BREACHED = "未履行"
    PERFORMED = "履行完毕"
    FAILED = "调解不成"
    TERMINATED = "终止"
    WITHDRAWN = "撤回"
    FOLLOWED_UP = "回访"
    CLOSED = "结案"
    ARCHIVED = "归档"
    ON_LEDGER = "台账旧案"


class Stage(StrEnum):
    """The eight steps of the line through a case, as the case page shows them."""

    REGISTER = "登记"
    ACCEPT = "受理"
    CHOOSE = "选定"
    MEDIATE = "调解"
    AGREE = "协议"
    PERFORM = "履行"
    FOLLOW_UP = "回访"
    ARCHIVE = "归档"


UNDECIDED = frozenset((State.REGISTERED, State.ROUTED))
UNDER_WAY = frozenset((State.ACCEPTED, State.SELECTING, State.PREPARING, State.MEDIATING))
OPEN = UNDECIDED | UNDER_WAY | {State.SUSPENDED, State.AGREED_UNSIGNED}
IN_ROOM = frozenset((State.PREPARING, State.MEDIATING))
IN_FORCE = frozenset((State.EFFECTIVE, State.PERFORMING, State.BREACHED, State.PERFORMED))
AGREED = IN_FORCE | {State.AGREED_UNSIGNED}
UNSUCCESSFUL = frozenset((State.NOT_ACCEPTED, State.FAILED, State.TERMINATED, State.WITHDRAWN))
PUT_ASIDE = frozenset((State.FOLLOWED_UP, State.CLOSED, State.ARCHIVED))
"""Work is over; promises may still be open, and what is done about them goes on (§4.2)."""

_ENDED = {
    Result.NOT_ACCEPTED: State.NOT_ACCEPTED,
    Result.FAILED: State.FAILED,
    Result.TERMINATED: State.TERMINATED,
    Result.WITHDRAWN: State.WITHDRAWN,
}


def state_of(file: CaseFile) -> State:
    """The state that follows from what is on file; it does not depend on the day one asks."""
    if file.archive is not None and file.archive.archived_on is not None:
        return State.ARCHIVED
    if file.beside.closing is not None:
        return State.CLOSED
    if file.ending is not None:
        return State.FOLLOWED_UP if file.followups else _ENDED[file.ending.kind]
    if file.agreement is not None and file.outcome is not None:
        return _after_agreement(file)
    if file.intake.decision is not Decision.ACCEPTED:
        return _undecided(file)
    return State.SUSPENDED if file.beside.standstill is not None else _under_way(file)


def state_on(file: CaseFile, on: date) -> State:
    """The same as seen on that day: a promise is broken the day after it was due (T-19)."""
    state = state_of(file)
    return State.BREACHED if state is State.PERFORMING and overdue(file, on) else state


def overdue(file: CaseFile, on: date) -> bool:
    """Whether something promised was due before ``on`` and is neither done nor forgiven."""
    return any(due_day(row) < on for row in owed(file))


def _undecided(file: CaseFile) -> State:
    if file.beside.ledger is not None and file.beside.ledger.closed:
        return State.ON_LEDGER
    return State.ROUTED if file.beside.moving_order is not None else State.REGISTERED


def _under_way(file: CaseFile) -> State:
    if file.sessions:
        return State.MEDIATING
    if file.presiding is not None:
        return State.PREPARING
    return State.SELECTING if file.selection is not None else State.ACCEPTED


def _after_agreement(file: CaseFile) -> State:
    if file.effective_on is None:
        return State.AGREED_UNSIGNED
    if owed(file):
        return State.PERFORMING
    if file.followups:
        return State.FOLLOWED_UP
    return State.PERFORMED if file.performance else State.EFFECTIVE


def stages_done(file: CaseFile) -> tuple[Stage, ...]:
    """Which of the eight steps lie behind this case."""
    accepted = file.intake.decision is Decision.ACCEPTED
    closed = file.archive is not None and file.archive.archived_on is not None
    performed = bool(file.performance) or closed
    done = {
        Stage.REGISTER: True,
        Stage.ACCEPT: accepted,
        Stage.CHOOSE: file.presiding is not None,
        Stage.MEDIATE: accepted and file.outcome is not None and bool(file.sessions),
        Stage.AGREE: file.effective_on is not None,
        Stage.PERFORM: file.effective_on is not None
        and _after_agreement(file) is not State.PERFORMING
        and performed,
        Stage.FOLLOW_UP: bool(file.followups),
        Stage.ARCHIVE: closed,
    }
    return tuple(stage for stage in Stage if done[stage])
