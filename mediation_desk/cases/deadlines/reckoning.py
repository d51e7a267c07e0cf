"""All deadlines of a case, worked out anew from its events each time they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from mediation_desk.agreements.model import NOT_APPLIED, Performance
from mediation_desk.agreements.performance import due_day
from mediation_desk.agreements.settling import refs
from mediation_desk.cases.archiving.filing import filing_deadline
from mediation_desk.cases.beside import Order
from mediation_desk.cases.checks.period import in_order, last_due_on, starts_on
from mediation_desk.cases.deadlines.counting import Counted, counted, near, put_off
from mediation_desk.cases.deadlines.events import began_on, done_on
from mediation_desk.cases.deadlines.model import Deadline, DueLine, Group
from mediation_desk.cases.deadlines.period import rule_applied
from mediation_desk.cases.deadlines.rules import DeadlineRule, Stage, Start, Whose, rule_for
from mediation_desk.cases.kept import owed
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.model import CaseFile, Extension, Suspension
from mediation_desk.cases.vocabulary import DayUnit
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.workdays import parse_period

PERIOD_CODE = "period"
URGE_CODE = "urge"
_RULES = "rules/deadlines.toml"
_PLACES = {
    Stage.CHOOSE: "choice",
    Stage.APPOINT: "choice",
    Stage.CONFIRM: "performance",
    Stage.COURT_ACCEPT: "performance",
    Stage.COURT_DECIDE: "performance",
    Stage.URGE: "performance",
    Stage.VISIT: "performance",
}


def deadlines_of(file: CaseFile) -> tuple[Deadline, ...]:
    """Met and open ones, the earliest first. Raises ``InputError`` for a faulty rule file."""
    found = [
        *_of_stages(file),
        *_period(file),
        *map(_order, _watched(file)),
        *_promises(file),
        *_urgings(file),
        *_filing(file),
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.code)))


def open_deadlines(file: CaseFile) -> tuple[Deadline, ...]:
    """Those not met yet; a case in the bin, or known from an old register only, has none."""
    if file.beside.binned is not None or state_of(file) is State.ON_LEDGER or _is_settled(file):
        return ()
    return tuple(one for one in deadlines_of(file) if one.done_on is None)


def overdue_count(found: Iterable[Deadline], on: date) -> int:
    """How many of them the desk itself is late with on that day."""
    return sum(
        one.done_on is None and one.held_from is None and one.group is Group.DUTY and one.due_on < on
        for one in found
    )


def line_of(file: CaseFile, one: Deadline, on: date) -> DueLine:
    """A deadline of this case as lists across cases show it on that day."""
    return DueLine(
        case_key=file.case_key,
        number=file.intake.number,
        title=file.title,
        party_names="、".join(party.name for party in file.parties),
        code=one.code,
        group=one.group,
        whose=one.whose,
        what=one.what,
        due_on=one.due_on,
        why=one.why,
        overrun=one.overrun,
        provisional=one.provisional,
        source=one.source,
        place=one.place,
        held=one.held_from is not None,
        overdue=overdue_count(open_deadlines(file), on),
    )


def _is_settled(file: CaseFile) -> bool:
    """Nothing can fall due any more: put away, every promise kept, no court asked. Spares the archive the count."""
    court = file.judicial_confirmation
    put_away = file.archive is not None and file.archive.archived_on is not None
    waiting = court.applied_on is not None and court.decided_on is None
    return put_away and not waiting and not owed(file)


def period_deadline(file: CaseFile) -> Deadline | None:
    """The mediation period; None before acceptance."""
    return next(_period(file), None)


def reckon(rule: DeadlineRule, start_on: date, *, done: date | None = None) -> Deadline:
    """What the rule gives for an event of that day."""
    count = counted(start_on, rule.start, rule.length, rule.unit)
    return Deadline(
        code=rule.code,
        what=rule.stage,
        group=Group.RIGHT if rule.whose is Whose.PARTIES else Group.DUTY,
        whose=rule.whose,
        start=rule.start,
        start_on=start_on,
        due_on=count.on,
        sum=(count.words,),
        article=_article(rule),
        overrun=rule.overrun,
        source=f"{_RULES}#{rule.code}",
        place=_PLACES.get(rule.stage, "overview"),
        unknown_year=count.unknown_year,
        done_on=done,
        rule=rule,
    )


def _of_stages(file: CaseFile) -> Iterator[Deadline]:
    for stage in Stage:
        rule = rule_for(file, stage) if stage is not Stage.PERIOD else None
        if (
            rule is None
            or rule.start is Start.PROMISE_DUE
            or (stage is Stage.CONFIRM and not _may_be_confirmed(file))
        ):
            continue
        began = _choice_over(file) if rule.start is Start.CHOICE_OVER else began_on(file, rule.start)
        if began is not None:
            yield reckon(rule, began, done=done_on(file, stage))


def _choice_over(file: CaseFile) -> date | None:
    rule = rule_for(file, Stage.CHOOSE)
    began = began_on(file, rule.start) if rule else None
    return reckon(rule, began).due_on if rule and began else None


def _may_be_confirmed(file: CaseFile) -> bool:
    """Nothing is left to confirm once everything is done, and the court's ruling has its own line."""
    court = file.judicial_confirmation
    if court.applied_on is not None:
        return True
    return court.deadline is not None and court.result == NOT_APPLIED and bool(owed(file))


def _period(file: CaseFile) -> Iterator[Deadline]:
    first, last = starts_on(file.intake, file.court_referral), last_due_on(file)
    length = parse_period(file.intake.mediation_due_rule or "")
    if first is None or last is None or length is None:
        return
    rule, standstill = rule_applied(file), file.beside.standstill
    unit = DayUnit.WORKING_DAYS if length.working else DayUnit.DAYS
    start = _start(file, first, rule)
    count = counted(first, start, length.days, unit)
    steps = [count, *(_moved(change) for change in in_order(file))]
    yield Deadline(
        code=rule.code if rule else PERIOD_CODE,
        what=Stage.PERIOD,
        start=start,
        start_on=first,
        due_on=last,
        sum=tuple(step.words for step in steps),
        article=_article_on_file(file, rule),
        overrun=rule.overrun if rule else "",
        source=f"{_RULES}#{rule.code}" if rule else "case",
        unknown_year=next((step.unknown_year for step in reversed(steps) if step.unknown_year), 0),
        held_from=standstill.from_on if standstill else None,
        done_on=done_on(file, Stage.PERIOD),
        rule=rule,
    )


def _start(file: CaseFile, first: date, rule: DeadlineRule | None) -> Start:
    if file.court_referral is not None:
        return Start.SIGNED_FOR
    if rule is not None and rule.start is Start.RECEIVED:
        return Start.RECEIVED
    return Start.ACCEPTED if first == file.intake.accepted_on else Start.RECEIVED


def _moved(change: Suspension | Extension) -> Counted:
    if isinstance(change, Suspension):
        span = f"（{near(change.from_on, change.due_before)}至{near(change.to, change.due_before)}）"
        cause = f"{change.cause}中止{span}"
        return put_off(change.due_before, change.days_excluded, change.unit, cause, "顺延")
    cause = f"{near(change.agreed_on, change.due_before)}各方同意延长"
    return put_off(change.due_before, change.days, change.unit, cause, "延")


def _article_on_file(file: CaseFile, rule: DeadlineRule | None) -> str:
    """The article the file quotes; the rule's own where the file quotes none."""
    quoted = (file.intake.mediation_due_rule or "").partition("（")[2].removesuffix("）")
    if rule is None or "条" in quoted:
        return quoted
    return _article(rule) if quoted in ("", rule.basis) else quoted


def _article(rule: DeadlineRule) -> str:
    return f"{rule.article}，待按当地核对" if rule.verify else rule.article


def _watched(file: CaseFile) -> Iterator[Order]:
    return (one for one in file.beside.orders if one.due_on and (one.is_open or one.replied_on))


def _order(order: Order) -> Deadline:
    due = order.due_on or order.given_on
    return Deadline(
        code=f"order.{order.no}",
        what=f"{order.kind}：{order.to}",
        start=order.kind,
        start_on=order.given_on,
        due_on=due,
        sum=(f"{cn_date(order.given_on)}{order.kind}{order.to}，限{near(due, order.given_on)}前办结",),
        overrun="发督办单",
        source=f"orders/{order.no}",
        done_on=order.replied_on,
    )


def _promises(file: CaseFile) -> Iterator[Deadline]:
    """Payments and acts; their days do not roll over rest days, they stay as the parties wrote them (§1.5)."""
    began = file.effective_on
    if began is None:
        return
    monthly = {one.clause for one in file.recurring}
    told: set[tuple[int, int | None, date]] = set()
    for row in owed(file):
        part = (row.clause, row.instalment, due_day(row))
        if part not in told:  # what two people still owe of one instalment falls due once
            told.add(part)
            yield replace(_promise(row, began), monthly=row.clause in monthly)


def _urgings(file: CaseFile) -> Iterator[Deadline]:
    """Each debtor is to be urged for the first thing he was not urged for since it was due (T-19)."""
    rule = rule_for(file, Stage.URGE)
    if rule is None or file.effective_on is None:
        return
    told: set[str] = set()
    for row in sorted(owed(file), key=due_day):
        debtors = set(refs(row.payer)) - told
        due = due_day(row)
        urged = {one.of for one in file.beside.urgings if one.on > due}
        if debtors - urged:
            told |= debtors
            part = f"第{row.instalment}期" if row.instalment else ""
            yield replace(
                reckon(rule, due),
                code=f"{URGE_CODE}.{row.clause}.{row.instalment or 0}",
                what=f"{Stage.URGE}：第{row.clause}条{part}",
                group=Group.PROMISE,
            )


def _filing(file: CaseFile) -> Iterator[Deadline]:
    found = filing_deadline(file)
    if found is not None:
        yield found


def is_premature(code: str, due_on: date, today: date) -> bool:
    """Whether the line asks to urge somebody whose day has not passed yet, so that no list shows it."""
    return code.startswith(f"{URGE_CODE}.") and due_on > today


def near_months(found: Iterable[Deadline], today: date) -> tuple[Deadline, ...]:
    """``found`` as one case shows it: of payments month by month the overdue ones and the next one to come."""
    kept: list[Deadline] = []
    ahead: set[str] = set()
    for one in found:
        clause = one.code.rpartition(".")[0]
        monthly = one.monthly and one.due_on > today
        if not (monthly and clause in ahead) and not is_premature(one.code, one.due_on, today):
            kept.append(one)
        if monthly:
            ahead.add(clause)
    return tuple(kept)


def _promise(row: Performance, began: date) -> Deadline:
    part = f"第{row.instalment}期" if row.instalment else ""
    due = due_day(row)
    words = f"协议第{row.clause}条{part}写明{cn_date(row.due_on)}"
    if due != row.due_on:
        words += f"，前期没有按时履行，提前到{near(due, row.due_on)}"
    return Deadline(
        code=f"clause.{row.clause}.{row.instalment or 0}",
        what=f"履行第{row.clause}条{part}",
        group=Group.PROMISE,
        whose=Whose.PARTIES,
        start=Start.IN_FORCE,
        start_on=began,
        due_on=due,
        sum=(f"{words}，逢休息日不顺延",),
        overrun="督促履行；仍不履行的，告知可以起诉或者申请执行",
        source=f"agreement/{row.clause}",
        place="performance",
    )
