"""How the amount of a case is shared out among its mediators, exact to the fen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from mediation_desk.experts.model import CaseMediator, Role
from mediation_desk.shared.money import FEN, distribute, round_fen
from mediation_desk.shared.record import record
from mediation_desk.subsidy.rules import WHOLE, Lapsed, OnPay, Scheme

ZERO = Decimal("0.00")


@record
class Share:
    """What one mediator draws in a case, in yuan: ``base`` of the class, ``extra`` for the grade.

    ``amount`` is both together; ``note`` says why somebody draws nothing.
    """

    pool_no: str
    name: str
    role: Role
    grade: str
    base: Decimal
    extra: Decimal
    amount: Decimal
    note: str = ""


def shared_out(
    amount: Decimal, scheme: Scheme, on_pay: OnPay, mediators: Sequence[CaseMediator]
) -> tuple[Share, ...]:
    """One share for each mediator; the bases add up to ``amount``, unless the share of somebody on pay lapses."""
    paid = [one for one in mediators if not on_pay_because(one, on_pay)]
    drawing = paid if on_pay.share is Lapsed.TO_OTHERS else list(mediators)
    bases = dict(zip((one.pool_no for one in drawing), _bases(amount, scheme, drawing), strict=True))
    return tuple(_share(one, bases.get(one.pool_no, ZERO), scheme, on_pay) for one in mediators)


def on_pay_because(mediator: CaseMediator, rules: OnPay) -> str:
    """Why this mediator draws no subsidy; "" for one who does."""
    if not rules.excluded:
        return ""
    if mediator.employment in rules.employments:
        return f"{mediator.employment}，领取工资"
    word = next((word for word in rules.occupations if word in (mediator.occupation or "")), "")
    return f"职业为{mediator.occupation}，领取工资" if word else ""


def _share(one: CaseMediator, base: Decimal, scheme: Scheme, on_pay: OnPay) -> Share:
    note = on_pay_because(one, on_pay)
    grade = scheme.grade(one.grade)
    extra = ZERO
    if grade is not None and not note:
        extra = round_fen(base * (grade.factor - 1)) + grade.supplement
    return Share(
        pool_no=one.pool_no,
        name=one.name,
        role=one.role,
        grade=one.grade or "",
        base=base,
        extra=extra,
        amount=ZERO if note else base + extra,
        note=f"{note}，不发（{on_pay.source}）" if note else "",
    )


def _bases(amount: Decimal, scheme: Scheme, drawing: Sequence[CaseMediator]) -> tuple[Decimal, ...]:
    """The presiding mediator's part and equal parts for the others; what does not divide goes to the presiding one."""
    if not drawing:
        return ()
    presiding = next((place for place, one in enumerate(drawing) if one.role is Role.PRESIDING), None)
    if presiding is None or len(drawing) == 1:
        return tuple(reversed(distribute(amount, len(drawing))))  # the remainder to the first
    others = len(drawing) - 1
    each = (amount * (WHOLE - scheme.presiding) / WHOLE / others).quantize(FEN, rounding=ROUND_DOWN)
    rest = amount - each * others
    return tuple(rest if place == presiding else each for place in range(len(drawing)))
