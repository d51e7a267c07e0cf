"""``Tally``: how one candidate stands after the parties have marked, and by what candidates are compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from mediation_desk.shared.record import record


@record
class Tally:
    """``ranks`` and ``struck`` follow the order of the parties; ``place_shown`` counts from 0."""

    pool_no: str
    ranks: tuple[int | None, ...]
    place_shown: int
    struck: tuple[bool, ...] = ()

    @property
    def common(self) -> bool:
        """Whether there are parties and every one of them ranked this candidate."""
        return bool(self.ranks) and None not in self.ranks

    @property
    def given(self) -> tuple[int, ...]:
        """The ranks that were given."""
        return tuple(rank for rank in self.ranks if rank is not None)


class Measure(StrEnum):
    """What the published rule may compare, by the name it has in ``rules/choice.toml``."""

    SUM = "名次之和"
    WORST = "最差名次"
    FIRSTS = "列为第一的方数"
    SHOWN = "展示顺序"

    def of(self, tally: Tally) -> int:
        """The candidate's value; smaller is better, so the count of first places is negative."""
        return _VALUES[self](tally)

    def told(self, tally: Tally) -> str:
        """The value as a sentence says it: ``4``, ``第2``, ``2方``."""
        value = abs(self.of(tally))
        return {Measure.SUM: f"{value}", Measure.FIRSTS: f"{value}方"}.get(self, f"第{value}")

    @property
    def better(self) -> str:
        """Which value goes first, in the words of the published rule."""
        return _BETTER[self]


_VALUES: Mapping[Measure, Callable[[Tally], int]] = {
    Measure.SUM: lambda tally: sum(tally.given),
    Measure.WORST: lambda tally: max(tally.given, default=0),
    Measure.FIRSTS: lambda tally: -tally.given.count(1),
    Measure.SHOWN: lambda tally: tally.place_shown + 1,
}

_BETTER = {
    Measure.SUM: "各方所排名次加起来，数小的在前",
    Measure.WORST: "看各方所排的最差名次，靠前的在前",
    Measure.FIRSTS: "看有几方排为第一，多的在前",
    Measure.SHOWN: "按展示的中立顺序",
}
