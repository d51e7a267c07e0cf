"""What one party has marked so far, and how a tap changes it. Knows neither Qt nor storage."""

from __future__ import annotations

from dataclasses import dataclass

from mediation_desk.experts.choice.ballot import Mark


@dataclass(frozen=True, slots=True)
class Choice:
    """Pool numbers: ``ranks`` best first, ``strikes`` those not wanted. Nobody stands in both."""

    ranks: tuple[str, ...] = ()
    strikes: tuple[str, ...] = ()

    @classmethod
    def of(cls, mark: Mark | None) -> Choice:
        """What was stored before, for instance before the power went."""
        return cls(mark.ranks, mark.strikes) if mark is not None else cls()

    def place(self, pool_no: str) -> int | None:
        """1 for the first choice; None for somebody not ranked."""
        return self.ranks.index(pool_no) + 1 if pool_no in self.ranks else None

    def tapped(self, pool_no: str) -> Choice:
        """Rank next, or take off the list again; those behind move up."""
        if pool_no in self.ranks:
            return self.without(pool_no)
        return Choice((*self.ranks, pool_no), _less(self.strikes, pool_no))

    def struck(self, pool_no: str) -> Choice:
        """Strike, or no longer."""
        if pool_no in self.strikes:
            return self.without(pool_no)
        return Choice(_less(self.ranks, pool_no), (*self.strikes, pool_no))

    def placed(self, pool_no: str, place: int) -> Choice:
        """Rank at ``place``, as near to it as the list is long; who was there moves back."""
        others = _less(self.ranks, pool_no)
        at = max(place, 1) - 1
        return Choice((*others[:at], pool_no, *others[at:]), _less(self.strikes, pool_no))

    def moved(self, pool_no: str, step: int) -> Choice:
        """One place forward (-1) or back (+1)."""
        place = self.place(pool_no)
        return self if place is None else self.placed(pool_no, place + step)

    def without(self, pool_no: str) -> Choice:
        """Say nothing about this one."""
        return Choice(_less(self.ranks, pool_no), _less(self.strikes, pool_no))


def _less(numbers: tuple[str, ...], pool_no: str) -> tuple[str, ...]:
    return tuple(one for one in numbers if one != pool_no)
