"""Sums shared out so that the parts always equal the whole, to the fen; pure functions, amounts in yuan.

Shares by weight follow the largest remainder: everybody gets the whole fen below the exact share, and the fen
that are left go one each to those with the largest fractions, the earlier one first among equals.
Instalments are rounded half up; the last one takes what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.money import FEN, distribute, figures, round_fen
from mediation_desk.shared.record import record

BY_WEIGHT = "按比例分到分，余下的分从尾数最大的依次各加一分（最大余数法），合计不变"
BY_PARTS = "每期四舍五入到分，最后一期为余数，合计不变"
ALL_PERCENT = Decimal(100)

Weight = Decimal | Fraction | int


@record
class SetOff:
    """Two debts against each other: ``used`` of each is gone, ``rest`` of the larger one is left to pay."""

    used: Decimal
    rest: Decimal


def by_weights(total: Decimal, weights: Sequence[Weight]) -> tuple[Decimal, ...]:
    """``total`` shared out in proportion to ``weights`` (areas, claims, 6:3:1); the parts add up to it.

    Raises ``InputError`` for a negative weight or when all are zero.
    """
    exact = [Fraction(weight) for weight in weights]
    if not exact or any(weight < 0 for weight in exact) or not sum(exact):
        raise InputError("比例应当不小于零，且不全为零。", field="shares")
    fen = int(total / FEN)
    whole = sum(exact)
    raw = [fen * weight / whole for weight in exact]
    parts = [int(part) for part in raw]
    order = sorted(range(len(raw)), key=lambda place: (parts[place] - raw[place], place))
    for place in order[: fen - sum(parts)]:
        parts[place] += 1
    return tuple(part * FEN for part in parts)


def equally(total: Decimal, count: int) -> tuple[Decimal, ...]:
    """``total`` in ``count`` parts that differ by one fen at most."""
    if count < 1:
        raise InputError("人数至少为一。", field="shares")
    return by_weights(total, (1,) * count)


def instalments(total: Decimal, count: int) -> tuple[Decimal, ...]:
    """``total`` in ``count`` even instalments, the last taking the remainder."""
    return distribute(total, count)


def by_percent(total: Decimal, percents: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """``total`` by ``percents`` that add up to 100; all but the last rounded half up, the last takes the rest.

    Where rounding up would leave the last one less than nothing, all but the last are rounded down.
    Raises ``InputError`` when the percents do not add up.
    """
    if not percents or any(one < 0 for one in percents) or sum(percents) != ALL_PERCENT:
        raise InputError(f"各期比例合计应为100%，现在是{sum(percents, Decimal()):f}%。", field="parts")
    parts = [round_fen(total * one / 100) for one in percents[:-1]]
    if sum(parts, Decimal()) > total:
        parts = [(total * one / 100).quantize(FEN, rounding=ROUND_FLOOR) for one in percents[:-1]]
    return (*parts, total - sum(parts, Decimal()))


def set_off(owed: Decimal, against: Decimal, used: Decimal | None = None) -> SetOff:
    """What is left of ``owed`` when ``used`` (all that can be, unless given) of ``against`` is set off.

    Raises ``InputError`` when more is set off than either side owes.
    """
    most = min(owed, against)
    wanted = most if used is None else used
    if wanted < 0 or wanted > most:
        sentence = f"抵销的{figures(wanted)}元超过了可以抵销的{figures(most)}元。"
        raise InputError(sentence, field="set_off_amount")
    return SetOff(used=wanted, rest=owed - wanted)


def annex_by_columns(rows: Sequence[Decimal], columns: Sequence[Decimal]) -> tuple[tuple[Decimal, ...], ...]:
    """Each row's sum over the instalments so that rows and columns both add up exactly.

    Every cell is the proportional part, whole fen down, and one fen more where it is needed. Raises
    ``InputError`` when rows and columns have different totals.
    """
    owed, due = [int(row / FEN) for row in rows], [int(column / FEN) for column in columns]
    total = sum(owed)
    if total != sum(due):
        sums = f"{figures(sum(rows, Decimal()))}元与各期合计{figures(sum(columns, Decimal()))}元"
        raise InputError(f"各成员合计{sums}不符。", field="annex")
    cells = [[row * column // total if total else 0 for column in due] for row in owed]
    left = [column - sum(line[place] for line in cells) for place, column in enumerate(due)]
    for row, line in zip(owed, cells, strict=True):
        # the columns that still lack most come first: so the last rows always find a place (Gale, Ryser)
        for place in sorted(range(len(due)), key=lambda place: (-left[place], place))[: row - sum(line)]:
            line[place] += 1
            left[place] -= 1
    return tuple(tuple(cell * FEN for cell in line) for line in cells)


def annex_by_rows(rows: Sequence[Decimal], percents: Sequence[Decimal]) -> tuple[tuple[Decimal, ...], ...]:
    """Each row's sum in instalments by ``percents``; the columns are then what the clause says of each instalment."""
    return tuple(by_percent(row, percents) for row in rows)


def column_sums(annex: Sequence[Sequence[Decimal]]) -> tuple[Decimal, ...]:
    """What all members together get or pay with each instalment."""
    return tuple(sum(column, Decimal("0.00")) for column in zip(*annex, strict=True))
