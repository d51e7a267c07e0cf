"""The figures of one mediator, from his cases and the indicators of the centre."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from mediation_desk.cases.vocabulary import Category
from mediation_desk.statistics.figures import rate
from mediation_desk.statistics.mediators import facts
from mediation_desk.statistics.mediators.indicators import Indicator, Kinds, indicators
from mediation_desk.statistics.mediators.measures import MEASURES, Found
from mediation_desk.statistics.mediators.model import Handled, MediatorFigure
from mediation_desk.statistics.ports import Question

NOTHING = "—"
_TENTH = Decimal("0.1")


def figures(cases: tuple[Handled, ...], asked: Question) -> tuple[MediatorFigure, ...]:
    """Every listed indicator, then one count per kind of dispute concluded. Raises ``InputError`` for faulty rules."""
    rules = indicators()
    listed = (_figure(one, MEASURES[one.code].take(cases, asked), rules.few) for one in rules.listed)
    return (*listed, *_by_kind(rules.kinds, cases, asked))


def _figure(one: Indicator, found: Found, few: int) -> MediatorFigure:
    is_count = one.unit == "件"
    is_few = not is_count and 0 < found.whole < few
    value = Decimal(found.part) if is_count else None if is_few else _value(one, found)
    return MediatorFigure(
        code=one.code,
        group=one.group,
        name=one.name,
        definition=one.definition,
        text=_text(one, found, value, is_few=is_few),
        numerator=found.numerator,
        denominator=found.denominator,
        value=value,
        unit=one.unit,
        part=found.part,
        whole=found.whole,
        few=is_few,
        counts="" if is_count or not found.whole else _counts(one, found),
        numerator_name=one.numerator,
        denominator_name=one.denominator,
        notes=found.notes,
    )


def _value(one: Indicator, found: Found) -> Decimal | None:
    if one.unit == "%":
        return rate(found.part, found.whole)
    if not found.whole:
        return None
    return (Decimal(found.part) / found.whole).quantize(_TENTH, rounding=ROUND_HALF_UP)


def _text(one: Indicator, found: Found, value: Decimal | None, *, is_few: bool) -> str:
    if is_few:
        return _counts(one, found)
    if value is None:
        return NOTHING
    return f"{value}%" if one.unit == "%" else f"{value} {one.unit}"


def _counts(one: Indicator, found: Found) -> str:
    """``3 件中 2 件``; of days, ``3 件共 45 天``."""
    if one.unit == "%":
        return f"{found.whole} {one.counted}中 {found.part} {one.counted[:1]}"
    return f"{found.whole} {one.counted}共 {found.part} {one.unit}"


def _by_kind(kinds: Kinds, cases: Iterable[Handled], asked: Question) -> Iterable[MediatorFigure]:
    keys: dict[Category, list[str]] = {}
    for case in cases:
        if facts.concluded(case, asked):
            keys.setdefault(case.category, []).append(case.case_key)
    for kind in Category:
        if kind in keys:
            one = Indicator(
                code=kind_code(kind),
                group=kinds.group,
                name=kind.value,
                unit="件",
                definition=kinds.definition.replace("{kind}", kind.value),
            )
            number = len(keys[kind])
            yield _figure(one, Found(numerator=tuple(keys[kind]), part=number, whole=0), 0)


def kind_code(kind: Category) -> str:
    """Code of the count of one kind, e.g. ``kind_neighbour``."""
    return f"kind_{kind.name.lower()}"
