"""Which cases somebody may see, in marks that stand beside each case in the database."""

from __future__ import annotations

from mediation_desk.shared.record import record


def body_mark(name: str) -> str:
    """Stands beside the cases of this body, and those it has an order for."""
    return f"body:{name}"


def card_mark(pool_no: str) -> str:
    """Stands beside the cases this mediator of the pool presides over or assists in."""
    return f"card:{pool_no}"


def person_mark(name: str) -> str:
    """Stands beside the cases in which a member of staff of this name registers, records or is responsible."""
    return f"person:{name}"


def named_mark(account: str) -> str:
    """Stands beside a locked case for each account that may see it."""
    return f"named:{account}"


@record
class Sight:
    """What an actor may see: cases with one of the ``marks``, or all where ``marks`` is None.

    A locked case asks for one of the ``named`` marks instead, unless ``locked`` cases are seen as others are.
    """

    marks: frozenset[str] | None
    named: frozenset[str] = frozenset()
    locked: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing is hidden."""
        return self.marks is None and self.locked

    def sees(self, marks: frozenset[str], *, locked: bool) -> bool:
        """Whether a case with these ``marks`` beside it is seen."""
        if locked and not self.locked:
            return not self.named.isdisjoint(marks)
        return self.marks is None or not self.marks.isdisjoint(marks)


NOTHING = Sight(marks=frozenset())
EVERYTHING = Sight(marks=None, locked=True)
