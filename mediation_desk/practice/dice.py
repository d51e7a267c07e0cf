"""Chance that can be repeated: the same seed draws the same centre."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Dice:
    """Draws from one seeded source; a million cases draw some forty million times, so each draw is cheap."""

    def __init__(self, seed: int) -> None:
        self.roll = Random(seed).random  # noqa: S311  # nothing here is secret

    def pick(self, items: Sequence[T]) -> T:
        """One of ``items``, each as likely."""
        return items[int(self.roll() * len(items))]

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self.roll() * (high - low + 1))

    def chance(self, probability: float) -> bool:
        """True as often as ``probability`` says."""
        return self.roll() < probability


class Weighted(Generic[T]):
    """Items some of which are likelier than others."""

    def __init__(self, weights: Sequence[tuple[T, float]]) -> None:
        self._items = [item for item, _ in weights]
        self._bounds = list(accumulate(weight for _, weight in weights))

    def pick(self, dice: Dice) -> T:
        """One of the items."""
        return self._items[bisect(self._bounds, dice.roll() * self._bounds[-1], hi=len(self._items) - 1)]
