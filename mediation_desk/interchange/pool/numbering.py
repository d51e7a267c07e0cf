"""Numbers for people who come without one: the next after the highest of their letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.rules import PoolRules


class NumberGiver:
    """Gives each number once, and none that is ``taken``."""

    def __init__(self, taken: Iterable[str], rules: PoolRules) -> None:
        self._taken = set(taken)
        self._rules = rules
        self._highest: Counter[str] = Counter()
        for number in self._taken:
            if number[1:].isdecimal():
                self._highest[number[0]] = max(self._highest[number[0]], int(number[1:]))

    def give(self, mediator: Mediator) -> str:
        """The next free number with the letter of the mediator's first track: M07 after M06."""
        letters = (kind.prefix for kind in self._rules.numbers if kind.track in mediator.tracks[:1])
        letter = next(letters, self._rules.numbers[0].prefix)
        self._highest[letter] += 1
        return f"{letter}{self._highest[letter]:02d}"
