"""The agreement of an invented case, its signatures, what was paid, and the court's confirmation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from mediation_desk.agreements.model import (
    CONFIRMED,
    Agreement,
    AgreementForm,
    Clause,
    ClauseKind,
    Confirmation,
    Instalment,
    OralRecord,
    Performance,
    Signature,
)
from mediation_desk.agreements.obligations import obligations
from mediation_desk.agreements.wording import clause_text
from mediation_desk.cases.vocabulary import BodyType
from mediation_desk.parties.model import Party, PartyKind
from mediation_desk.practice import days
from mediation_desk.practice.dice import Dice, Weighted
from mediation_desk.practice.hearing import Hearing
from mediation_desk.practice.material import centre
from mediation_desk.practice.plan import Plan
from mediation_desk.practice.sides import Sides, yuan
from mediation_desk.shared.money import distribute
from mediation_desk.shared.track import Track

DEFAULT = "任何一方逾期付款的，自逾期之日起按未付款项每日万分之二支付违约金。"
WAIVER = "上述义务履行完毕后，各方就本次纠纷再无其他争议。"
PENDING = Confirmation()
NO_AGREEMENT = Confirmation(result="不适用（未达成协议）")
ORAL = Confirmation(result="不适用（口头协议）")

_METHODS = {
    PartyKind.PERSON: "签名并按指印",
    PartyKind.COMPANY: "法定代表人签名并加盖公章",
    PartyKind.SOLE_TRADER: "经营者签名并加盖印章",
    PartyKind.GROUP: "代表人签名并按指印",
}
_SEALS = {BodyType.AGENCY: "行政机关印章", BodyType.COURT: "人民法院印章"}
_PARTS = Weighted(((1, 68), (2, 16), (3, 10), (6, 4), (12, 2)))
_RULINGS = Weighted(
    (
        (CONFIRMED, 92),
        ("裁定驳回申请（协议内容不明确）", 4),
        ("裁定不予受理（不属于受理范围）", 2),
        ("撤回申请", 2),
    )
)
_EVIDENCE = ("转账回单", "收条", "现场交付记录")


@dataclass(slots=True, frozen=True)
class Settlement:
    """What follows from an agreement; without one all of it is empty."""

    agreement: Agreement | None = None
    performance: tuple[Performance, ...] = ()
    confirmation: Confirmation = PENDING
    effective: date | None = None


def settle(
    plan: Plan, dice: Dice, sides: Sides, hearing: Hearing, number: str | None, amount: Decimal
) -> Settlement:
    """The agreement over ``amount`` and what has become of it so far."""
    if not plan.is_agreed:
        return Settlement(confirmation=NO_AGREEMENT if plan.is_ended else PENDING)
    names = {party.ref: party.name for party in sides.parties}
    oral = amount <= 3_000 and not sides.members and plan.track is not Track.JUDICIAL and dice.chance(0.4)
    effective = plan.ended if oral else plan.sealed
    clauses = _clauses(plan, dice, sides, names, amount, effective)
    if oral:
        agreement = _oral(plan, hearing, clauses, sides.parties)
    else:
        agreement = _written(plan, hearing, clauses, sides.parties, number)
    if not plan.past(effective):
        return Settlement(agreement=agreement)
    rows = tuple([_performed(plan, dice, row, effective) for row in obligations(clauses)])
    confirmation = ORAL if oral else _confirmation(plan, dice, effective)
    return Settlement(agreement, rows, confirmation, effective)


def _clauses(
    plan: Plan, dice: Dice, sides: Sides, names: Mapping[str, str], amount: Decimal, effective: date
) -> tuple[Clause, ...]:
    story, said = plan.story, {"a": names["A1"], "b": names["B1"]}
    clauses = [Clause(no=1, kind=ClauseKind.CONFIRM, text=story.confirm.format_map(said))]
    if amount:
        for payer, share in _shares(sides, amount):
            clauses.append(_payment(plan, dice, len(clauses) + 1, payer, share, sides, names, effective))
        if dice.chance(0.4):
            clauses.append(Clause(no=len(clauses) + 1, kind=ClauseKind.DEFAULT, text=DEFAULT))
    due = days.later(effective, dice.between(5, 30)) if amount and dice.chance(0.5) else None
    act = story.act.format_map(said)
    clauses.append(
        Clause(no=len(clauses) + 1, kind=ClauseKind.ACT, text=act, payer="B1" if due else None, due_on=due)
    )
    clauses.append(Clause(no=len(clauses) + 1, kind=ClauseKind.WAIVE, text=WAIVER))
    return tuple(clauses)


def _shares(sides: Sides, amount: Decimal) -> list[tuple[str, Decimal]]:
    """Who pays how much: an insurer seven tenths, otherwise all respondents in equal parts."""
    payers = [party.ref for party in sides.parties if party.ref[0] == "B"]
    if sides.parties[-1].ref == "C1":
        insured = (amount * 7 / 10).quantize(Decimal("0.01"))
        return [("C1", insured), ("B1", amount - insured)]
    return list(zip(payers, distribute(amount, len(payers)), strict=True))


def _payment(
    plan: Plan,
    dice: Dice,
    no: int,
    payer: str,
    amount: Decimal,
    sides: Sides,
    names: Mapping[str, str],
    effective: date,
) -> Clause:
    parts = sides.parts if sides.members else _parts(dice, amount)
    at_once = len(parts) == 1 and dice.chance(0.15)
    first = effective if at_once else days.later(plan.sealed, dice.between(5, 40))
    instalments = tuple(
        [
            Instalment(no=place + 1, due_on=days.later(first, 30 * place), amount=part)
            for place, part in enumerate(parts)
        ]
    )
    clause = Clause(
        no=no,
        kind=ClauseKind.PAY,
        text="",
        payer=payer,
        payee="A1",
        amount=amount,
        due_on=first if len(parts) == 1 else None,
        instalments=instalments if len(parts) > 1 else (),
    )
    manner = "现金" if at_once else "银行转账"
    return replace(
        clause, text=clause_text(clause, names.__getitem__, purpose=plan.story.purpose, manner=manner)
    )


def _parts(dice: Dice, amount: Decimal) -> tuple[Decimal, ...]:
    number = _PARTS.pick(dice) if amount >= 2_000 else 1
    return _distributed(amount, number) if number > 1 else (amount,)


@lru_cache(maxsize=50_000)
def _distributed(amount: Decimal, number: int) -> tuple[Decimal, ...]:
    return distribute(amount, number)


def _written(
    plan: Plan, hearing: Hearing, clauses: tuple[Clause, ...], parties: tuple[Party, ...], number: str | None
) -> Agreement:
    """Signed by everybody on the day it was reached; the seal may follow."""
    on = plan.ended
    signed = [Signature(ref=party.ref, method=_method(party), on=on) for party in parties]
    staff = [mediator.pool_no for mediator in hearing.mediators]
    if hearing.recorder is not None:
        staff.append(hearing.recorder.pool_no)
    signed += [Signature(ref=ref, method="签名", on=on) for ref in staff]
    if plan.past(plan.sealed):
        seal = _SEALS.get(plan.body.type, "人民调解委员会印章")
        signed.append(Signature(ref="ORG", method=seal, on=plan.sealed))
    elif plan.sealed > plan.ended:
        del signed[len(parties) - 1]  # somebody has not come to sign yet
    copies = sum([len(party.representatives) or 1 for party in parties]) + 1
    return Agreement(number=number, copies=copies, clauses=clauses, signatures=tuple(signed))


def _method(party: Party) -> str:
    return "代理人签名并加盖公章" if party.agents else _METHODS[party.kind]


def _oral(plan: Plan, hearing: Hearing, clauses: tuple[Clause, ...], parties: tuple[Party, ...]) -> Agreement:
    by = hearing.recorder.pool_no if hearing.recorder else hearing.mediators[0].pool_no
    entry = OralRecord(
        registered_on=plan.ended, recorded_by=by, confirmed_by=tuple([party.ref for party in parties])
    )
    return Agreement(form=AgreementForm.ORAL, clauses=clauses, oral_record=entry)


def _performed(plan: Plan, dice: Dice, row: Performance, effective: date) -> Performance:
    """Most people pay in time, some late, some never."""
    luck = dice.roll()
    if row.due_on == effective:
        done = effective
    elif luck < 0.65:
        done = max(days.later(row.due_on, -dice.between(0, 5)), effective)
    elif luck < 0.78:
        done = row.due_on
    elif luck < 0.94:
        done = days.later(row.due_on, dice.between(1, 30))
    else:
        return row
    if not plan.past(done):
        return row
    return Performance(
        clause=row.clause,
        instalment=row.instalment,
        payer=row.payer,
        payee=row.payee,
        due_on=row.due_on,
        done_on=done,
        amount=row.amount,
        evidence=dice.pick(_EVIDENCE) if row.amount is not None else "现场查看照片",
    )


def _confirmation(plan: Plan, dice: Dice, effective: date) -> Confirmation:
    deadline = days.last_day_to_confirm(effective)
    applied = min(days.office_day(days.later(effective, dice.between(1, 20))), deadline)
    if not (dice.chance(0.18) and plan.past(applied)):
        return Confirmation(advised=True, deadline=deadline)
    decided = days.office_day(days.later(applied, dice.between(3, 12)))
    ruled = plan.past(decided)
    case = Confirmation(
        advised=True,
        applied_on=applied,
        deadline=deadline,
        court=centre().court,
        case_no=f"（{applied.year}）临0101诉前调确{dice.between(1, 999)}号",
    )
    if not ruled:
        return case
    return replace(case, decided_on=decided, result=_RULINGS.pick(dice))


def amount_of(plan: Plan, dice: Dice) -> Decimal:
    """What the parties settle on: many small sums, few large ones; now and then nothing but an apology."""
    if dice.chance(0.06):
        return Decimal("0.00")
    story = plan.story
    sum_ = story.low * (story.high / story.low) ** dice.roll()
    if sum_ > 1_000 and dice.chance(0.1):
        return yuan(int(sum_)) + Decimal(dice.between(1, 99)) / 100
    step = 10 if sum_ < 1_000 else 100
    return yuan(max(step, int(sum_) // step * step))
