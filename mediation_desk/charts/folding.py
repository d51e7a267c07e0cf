"""Too many to draw: the largest stay, the others become 其余 with their number, and open together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from mediation_desk.charts.model import Amount, Group, Together, Value
from mediation_desk.charts.rates import rate


def rest_name(count: int) -> str:
    """What the row of those folded is called."""
    return f"其余{count}个"


def together(values: Sequence[Value]) -> Value:
    """Their sum; of rates, the rate of all their cases. None where nothing is known of any."""
    target = joined(value.target for value in values)
    if any(value.whole is not None for value in values):
        return rate(
            sum(value.part or 0 for value in values), sum(value.whole or 0 for value in values), target
        )
    known: list[Amount] = [value.amount for value in values if value.amount is not None]
    if not known:
        return Value(amount=None, target=target)
    return Value(amount=sum(known[1:], start=known[0]), target=target)


def joined(targets: Iterable[Hashable]) -> Hashable:
    """One target for several; None where none has one."""
    kept: list[Hashable] = []
    for target in targets:
        if isinstance(target, Together):
            kept.extend(target.targets)
        elif target is not None:
            kept.append(target)
    return Together(targets=tuple(kept)) if kept else None


def weight(group: Group) -> float:
    """What the largest are chosen by."""
    return sum(float(value.amount) for value in group.values if value.amount is not None)


def largest(weights: Sequence[float], most: int) -> tuple[list[int], list[int]]:
    """Places of the ``most - 1`` largest in the order given, and of the others; all where they are few enough."""
    if len(weights) <= max(most, 1):
        return list(range(len(weights))), []
    order = sorted(range(len(weights)), key=lambda place: (-weights[place], place))
    kept = set(order[: max(most - 1, 1)])
    return sorted(kept), [place for place in range(len(weights)) if place not in kept]


def folded(
    groups: Sequence[Group], most: int, *, ranked: bool, additive: bool
) -> tuple[tuple[Group, ...], int]:
    """The groups to draw, and how many had to be left out without a sum."""
    kept, rest = largest([weight(group) for group in groups], most)
    shown = [groups[place] for place in kept]
    if ranked:
        shown.sort(key=lambda group: -weight(group))
    if not rest:
        return tuple(shown), 0
    if not additive:
        return tuple(shown), len(rest)
    columns = zip(*(groups[place].values for place in rest), strict=True)
    return (*shown, Group(name=rest_name(len(rest)), values=tuple(map(together, columns)))), 0
