"""What stops or prolongs the clock of an invented case, and what else lies beside its file."""

from __future__ import annotations

from mediation_desk.cases.beside import Beside, Standstill
from mediation_desk.cases.model import Extension, Suspension
from mediation_desk.cases.vocabulary import DayUnit, SuspensionCause
from mediation_desk.practice import days
from mediation_desk.practice.dice import Dice
from mediation_desk.practice.dispatch import assigned, orders
from mediation_desk.practice.plan import EXTENSION_DAYS, Plan

NOTHING = Beside()
_APPRAISAL = "各方同意委托鉴定，鉴定期间不计入调解期限。"


def beside(plan: Plan, dice: Dice, sender: str | None) -> Beside:
    """Orders given, and the suspension that still runs."""
    given = orders(plan, dice, sender) or assigned(plan, dice)
    if not (plan.is_accepted and plan.stands_still) or plan.pause is None:
        return given or NOTHING
    still = Standstill(
        cause=SuspensionCause.APPRAISAL,
        reason=_APPRAISAL,
        notice_on=plan.pause.first,
        from_on=plan.pause.first,
        unit=plan.pause.unit,
    )
    return Beside(standstill=still, orders=given.orders if given else ())


def suspensions(plan: Plan) -> tuple[Suspension, ...]:
    """The appraisal that is over by the day."""
    pause = plan.pause
    if pause is None or not plan.past(pause.last):
        return ()
    return (
        Suspension(
            no=1,
            cause=SuspensionCause.APPRAISAL,
            reason=_APPRAISAL,
            notice_on=pause.first,
            from_on=pause.first,
            to=pause.last,
            unit=pause.unit,
            days_excluded=pause.excluded,
            due_before=pause.due_before,
            due_after=pause.due_after,
        ),
    )


def extensions(plan: Plan, refs: tuple[str, ...]) -> tuple[Extension, ...]:
    """The longer period all agreed to, once they have."""
    if plan.extended is None or not plan.past(plan.extended):
        return ()
    return (
        Extension(
            no=1,
            agreed_on=plan.extended,
            consent=refs,
            reason="各方愿意继续协商",
            days=EXTENSION_DAYS,
            unit=DayUnit.DAYS,
            due_before=plan.due,
            due_after=days.end_of(plan.due, EXTENSION_DAYS, DayUnit.DAYS),
        ),
    )
