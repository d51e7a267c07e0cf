"""What is true of one case of a mediator, as a period and a day see it; the words stand in ``indicators.toml``."""

from __future__ import annotations

from datetime import date

from mediation_desk.agreements.model import AgreementForm, Satisfaction
from mediation_desk.cases.counted import days_taken as days_taken_over
from mediation_desk.cases.vocabulary import Result
from mediation_desk.experts.model import Role
from mediation_desk.statistics.mediators.model import Handled, Obligation, Visit
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.ports import Question

_CONTENT = (Satisfaction.SATISFIED, Satisfaction.FAIRLY)


def appointed(case: Handled, asked: Question) -> bool:
    """Chosen or designated in the period."""
    return _within(case.selected_on, asked.period)


def concluded(case: Handled, asked: Question) -> bool:
    """Ended in the period and counted (§3.3 column 1)."""
    return case.counted and _within(case.concluded_on, asked.period)


def presided(case: Handled, asked: Question) -> bool:
    """Concluded, the mediator presiding."""
    return concluded(case, asked) and case.role is Role.PRESIDING


def assisted(case: Handled, asked: Question) -> bool:
    """Concluded, the mediator assisting."""
    return concluded(case, asked) and case.role is Role.ASSISTING


def running(case: Handled, asked: Question) -> bool:
    """Not ended on ``as_of``, or agreed and waiting for signatures: the same cases as the neutral order counts."""
    if case.selected_on > asked.as_of:
        return False
    if case.concluded_on is None or case.concluded_on > asked.as_of:
        return True
    return _agreed(case) and not _by(case.effective_on, asked.as_of)


def running_overdue(case: Handled, asked: Question) -> bool:
    """Running although the period is over."""
    return running(case, asked) and case.due_on is not None and case.due_on < asked.as_of


def succeeded(case: Handled, asked: Question) -> bool:
    """Concluded with an agreement, a partial one included."""
    return concluded(case, asked) and _agreed(case)


def written(case: Handled, asked: Question) -> bool:
    """Succeeded in writing."""
    return succeeded(case, asked) and case.form is AgreementForm.WRITTEN


def applied(case: Handled, asked: Question) -> bool:
    """Concluded, and the court asked by ``as_of``."""
    return concluded(case, asked) and _by(case.confirm_applied_on, asked.as_of)


def confirmed(case: Handled, asked: Question) -> bool:
    """Of those the court was asked about: found valid by ``as_of``."""
    return applied(case, asked) and _by(case.confirm_valid_on, asked.as_of)


def matured(case: Handled, asked: Question) -> bool:
    """An agreement whose last item is due, or that was fully performed before."""
    if not succeeded(case, asked):
        return False
    in_force = _by(case.effective_on, asked.as_of)
    return _by(case.performed_on, asked.as_of) or (in_force and _by(last_due_on(case), asked.as_of))


def performed(case: Handled, asked: Question) -> bool:
    """Succeeded, and everything performed by ``as_of``."""
    return succeeded(case, asked) and _by(case.performed_on, asked.as_of)


def on_time(case: Handled, asked: Question) -> bool:
    """Performed, and no item later than its day; what was forgiven by its day is no delay."""
    settled = ((item.done_on or item.waived_on, _due(item)) for item in case.obligations)
    return performed(case, asked) and all(day is not None and day <= due for day, due in settled)


def unpressed(case: Handled, asked: Question) -> bool:
    """Performed, and by then nobody had been urged on record nor the court asked to enforce."""
    done = case.performed_on
    pressed = case.pressed_on is not None and done is not None and case.pressed_on <= done
    return performed(case, asked) and not pressed


def forgiven(case: Handled, asked: Question) -> bool:
    """Performed, some of it because the creditor forgave it."""
    return performed(case, asked) and any(_by(item.waived_on, asked.as_of) for item in case.obligations)


def in_default(case: Handled, asked: Question) -> bool:
    """Succeeded, and some item is due and not performed at the end of ``as_of``."""
    return succeeded(case, asked) and any(
        _due(item) <= asked.as_of
        and not _by(item.done_on, asked.as_of)
        and not _by(item.waived_on, asked.as_of)
        for item in case.obligations
    )


def timed(case: Handled, asked: Question) -> bool:
    """Concluded, with a day of acceptance to count from."""
    return concluded(case, asked) and case.accepted_on is not None


def has_due_day(case: Handled, asked: Question) -> bool:
    """Concluded, with a mediation period."""
    return concluded(case, asked) and case.due_on is not None


def overdue(case: Handled, asked: Question) -> bool:
    """Concluded after its period."""
    return has_due_day(case, asked) and days_over(case) > 0


def to_visit(case: Handled, asked: Question) -> bool:
    """A follow-up visit is due (T-23), or was made already; withdrawn cases need none."""
    if not concluded(case, asked) or case.result is Result.WITHDRAWN:
        return False
    if _agreed(case):
        return bool(visits(case, asked)) or matured(case, asked) or in_default(case, asked)
    return bool(visits(case, asked)) or _by(case.concluded_on, asked.as_of)


def visited(case: Handled, asked: Question) -> bool:
    """Of those to visit: visited by ``as_of``."""
    return to_visit(case, asked) and bool(visits(case, asked))


def evaluated(case: Handled, asked: Question) -> bool:
    """Concluded, with an evaluation by ``as_of``."""
    return concluded(case, asked) and bool(visits(case, asked))


def visits(case: Handled, asked: Question) -> tuple[Visit, ...]:
    """Visits made by ``as_of``."""
    return tuple(visit for visit in case.visits if visit.on <= asked.as_of)


def content(visit: Visit) -> bool:
    """满意 or 基本满意."""
    return visit.satisfaction in _CONTENT


def last_due_on(case: Handled) -> date | None:
    """Day the whole agreement is to be performed; an acceleration overrides the days its clause names."""
    moved = {item.clause for item in case.obligations if item.moved_on is not None}
    days = [_due(item) for item in case.obligations]
    days += [promise.due_on for promise in case.promises if promise.clause not in moved]
    return max(days, default=None)


def days_taken(case: Handled) -> int:
    """Days after acceptance up to the end, those standing still left out; 0 where one of the two is missing."""
    pauses = ((pause.first, pause.last) for pause in case.pauses)
    return days_taken_over(case.accepted_on, case.concluded_on, pauses) or 0


def days_over(case: Handled) -> int:
    """Days the end lies after the due day; 0 or less where it kept the period."""
    if case.due_on is None or case.concluded_on is None:
        return 0
    return (case.concluded_on - case.due_on).days


def _agreed(case: Handled) -> bool:
    return case.result is not None and case.result.success


def _due(item: Obligation) -> date:
    return item.moved_on or item.due_on


def _by(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of


def _within(day: date | None, period: Period) -> bool:
    return day is not None and period.first <= day <= period.last
