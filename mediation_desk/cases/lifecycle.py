"""Where a case stands: read from what is on file, declared in one place (domain.md §4.1)."""

from __future__ import annotations

from enum import StrEnum

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Decision, Result


class State(StrEnum):
    """States of §4.1; confirmation by the court runs beside them and has its own record."""

    REGISTERED = "已登记"
    NOT_ACCEPTED = "不予受理"
    ACCEPTED = "已受理"
    SELECTING = "选择调解员"
    PREPARING = "告知与调查"
    MEDIATING = "调解中"
    AGREED_UNSIGNED = "达成待签署"
    EFFECTIVE = "协议生效"
    PERFORMING = "履行中"
    PERFORMED = "履行完毕"
    FAILED = "调解不成"
    TERMINATED = "终止"
    WITHDRAWN = "撤回"
    ARCHIVED = "归档"


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


OPEN = frozenset(
    (
        State.REGISTERED,
        State.ACCEPTED,
        State.SELECTING,
        State.PREPARING,
        State.MEDIATING,
        State.AGREED_UNSIGNED,
    )
)
IN_ROOM = frozenset((State.PREPARING, State.MEDIATING))
AGREED = frozenset((State.AGREED_UNSIGNED, State.EFFECTIVE, State.PERFORMING, State.PERFORMED))
IN_FORCE = frozenset((State.EFFECTIVE, State.PERFORMING, State.PERFORMED))
UNSUCCESSFUL = frozenset((State.NOT_ACCEPTED, State.FAILED, State.TERMINATED, State.WITHDRAWN))

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
    if file.ending is not None:
        return _ENDED[file.ending.kind]
    if file.agreement is not None and file.outcome is not None:
        return _after_agreement(file)
    if file.intake.decision is not Decision.ACCEPTED:
        return State.REGISTERED
    if file.sessions:
        return State.MEDIATING
    if file.presiding is not None:
        return State.PREPARING
    return State.SELECTING if file.selection is not None else State.ACCEPTED


def _after_agreement(file: CaseFile) -> State:
    if file.effective_on is None:
        return State.AGREED_UNSIGNED
    if not file.performance:
        return State.EFFECTIVE
    return State.PERFORMING if any(row.done_on is None for row in file.performance) else State.PERFORMED


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
