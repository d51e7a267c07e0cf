"""What the centre should be told about a mediator before it becomes a fault: terms, papers, hours, limits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from mediation_desk.experts.mediator import Mediator, Standing
from mediation_desk.experts.rules import PoolRules, TrainingRule, pool_rules
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.track import Track


def notices(
    mediator: Mediator, on: date, *, running: int = 0, rules: PoolRules | None = None
) -> tuple[str, ...]:
    """What is to be noticed about ``mediator`` on this day, weightiest first."""
    rules = rules or pool_rules()
    if mediator.standing is Standing.LEFT:
        return (f"已离任，仍有{running}件在办",) if running else ()
    return (
        *_standing(mediator, on),
        *_term(mediator, on, rules.warn.term),
        *_load(mediator, running),
        *_grades(mediator, on, rules.warn.grade),
        *_credentials(mediator, on, rules.warn.credential),
        *_training(mediator, on, rules.training),
        *_slots(mediator, on),
    )


def hours_of(mediator: Mediator, year: int) -> Decimal:
    """Class hours of training in a calendar year, those before the start not counted."""
    return sum(
        (one.hours for one in mediator.trainings if one.on.year == year and not one.before_start), Decimal()
    )


def _standing(mediator: Mediator, on: date) -> Iterator[str]:
    if mediator.standing is Standing.SUSPENDED:
        since = f"自{cn_date(mediator.standing_on)}起" if mediator.standing_on else ""
        yield f"{since}暂停调解工作"
    leave = mediator.on_leave(on)
    if leave is not None:
        yield f"请假至{cn_date(leave.to)}"


def _term(mediator: Mediator, on: date, warn: int) -> Iterator[str]:
    if mediator.term_from is not None and on < mediator.term_from:
        yield f"聘期自{cn_date(mediator.term_from)}起，尚未开始"
    yield from _ending("聘期", mediator.term_to, on, warn)


def _load(mediator: Mediator, running: int) -> Iterator[str]:
    if mediator.case_limit is not None and running >= mediator.case_limit:
        yield f"在办{running}件，已到上限{mediator.case_limit}件"


def _grades(mediator: Mediator, on: date, warn: int) -> Iterator[str]:
    """Only the grade that counts is watched: one that a newer grade has replaced may run out in peace."""
    grade = mediator.grade_on(on)
    if grade is not None:
        yield from _ending(f"等级“{grade.level}”", grade.expires_on, on, warn)
    elif mediator.grades:
        last = max(mediator.grades, key=lambda one: one.expires_on or date.max)
        yield from _ending(f"等级“{last.level}”", last.expires_on, on, warn)


def _credentials(mediator: Mediator, on: date, warn: int) -> Iterator[str]:
    """A renewed certificate is the one of its kind that ends last."""
    newest: dict[str, date] = {}
    for one in mediator.credentials:
        newest[one.kind] = max(newest.get(one.kind, date.min), one.expires_on or date.max)
    for kind, ends in newest.items():
        yield from _ending(kind, ends, on, warn)


def _training(mediator: Mediator, on: date, rule: TrainingRule) -> Iterator[str]:
    if Track.PEOPLES not in mediator.tracks:
        return
    begun = mediator.started_on
    if begun is not None and on - timedelta(days=rule.before_start_within) <= begun:
        before = sum((one.hours for one in mediator.trainings if one.before_start), Decimal())
        if before < rule.before_start:
            yield f"岗前培训{_plain(before)}学时，应有{rule.before_start}学时"
    done = hours_of(mediator, on.year)
    if on.month >= rule.yearly_from_month and done < rule.yearly:
        yield f"今年培训{_plain(done)}学时，还差{_plain(rule.yearly - done)}学时"


def _slots(mediator: Mediator, on: date) -> Iterator[str]:
    """Somebody who only offers single slots is never free again once they have passed."""
    if mediator.slots and not mediator.duties and all(slot.on < on for slot in mediator.slots):
        yield "可预约时段都已过去"


def _ending(what: str, ends: date | None, on: date, warn: int) -> Iterator[str]:
    if ends is None or ends == date.max:
        return
    left = (ends - on).days
    if left < 0:
        yield f"{what}已于{cn_date(ends)}到期"
    elif left == 0:
        yield f"{what}今天到期"
    elif left <= warn:
        yield f"{what}还有{left}天到期"


def _plain(hours: Decimal) -> str:
    return f"{hours.normalize():f}"
